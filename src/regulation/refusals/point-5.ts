import type { RefusalTable } from "./kinds.ts"

/** Point 5, item 5: the appointed custodian, the project and the register. */
export const POINT_5 = {
  CUSTODIAN_MISSING: {
    source: { duty: "5-5a" },
    kind: "conflict",
    zh: "本專案尚未指定專人，不得收受資料；請由業務單位主管指定專人及其代理人。",
    en: "The project has no appointed custodian, so no data may be received. The unit's head appoints one, with a deputy.",
  },
  CUSTODIAN_NOT_IN_UNIT: {
    source: "internal",
    kind: "invalid",
    zh: "專人及其代理人應為本單位現職人員，請另行指定。",
    en: "The custodian and the deputy must currently serve in this unit. Appoint someone else.",
  },
  CUSTODIAN_IS_DEPUTY: {
    source: "internal",
    kind: "invalid",
    zh: "專人與其代理人不得為同一人，請另行指定代理人。",
    en: "The custodian and the deputy must be two people. Appoint another deputy.",
  },
  PROJECT_MISSING: {
    source: { duty: "5-5b" },
    kind: "conflict",
    zh: "尚未成立專案，不得收受資料；請先建立專案並載明提供機關、使用目的及依據公文文號。",
    en: "There is no project, so no data may be received. Set one up with its provider, purpose and legal document first.",
  },
  PROJECT_INCOMPLETE: {
    source: { duty: "5-5b" },
    kind: "invalid",
    zh: "專案資料不完整，缺少：{field}。",
    en: "The project is not complete; missing: {field}.",
  },
  REGISTER_COLUMN_MISSING: {
    source: { duty: "5-5c" },
    kind: "conflict",
    zh: "登記表「{column}」欄尚未填載，補齊後始得進行下一步；已填內容均已保留。",
    en: "The register's column “{column}” is empty. Fill it before the next step; what you filled in is kept.",
  },
  REGISTER_ENTRY_EXISTS: {
    source: "internal",
    kind: "conflict",
    zh: "本資料檔已登記於 {number}，不得重複登記；如有錯誤請更正或作廢原登記。",
    en: "This file is already registered as {number}. Correct or void that entry instead of adding another.",
  },
  VOID_NEEDS_REASON: {
    source: "internal",
    kind: "invalid",
    zh: "作廢須敘明理由；原登記保留並加刪除線，編號不再使用。",
    en: "Voiding needs a reason. The entry stays, struck through, and its number is not used again.",
  },
  CANNOT_VOID_RELEASED: {
    source: "internal",
    kind: "conflict",
    zh: "資料已提供，登記不得作廢；內容有誤請以更正辦理。",
    en: "The data was released, so the entry cannot be voided. Record a correction instead.",
  },
  REGISTER_IT_HANDLER_WRONG: {
    source: { duty: "5-5c" },
    kind: "invalid",
    zh: "「資訊室承辦人」欄須為資訊室現職承辦人，請另行選擇；登記表未變更。",
    en: "Column 7 names a handler now serving in the IT office. Choose one; the form is unchanged.",
  },
  CORRECTION_NEEDS_REASON: {
    source: "internal",
    kind: "invalid",
    zh: "更正須敘明理由；更正前之內容均予保留。",
    en: "A correction needs a reason. The earlier version is kept.",
  },
  CORRECTION_UNCONFIRMED: {
    source: "internal",
    kind: "conflict",
    zh: "尚有更正待資訊室承辦人及權責人員確認，請俟確認後再行辦理。",
    en: "A correction still waits for both stampers to confirm it.",
  },
  RELEASE_TO_HANDLER_ONLY: {
    source: { duty: "5-5c" },
    kind: "conflict",
    zh: "資料僅得提供予登記表所載業務單位承辦人或其登錄在案之職務代理人。",
    en: "Data may be released only to the handler named in the register, or that person's recorded deputy.",
  },
  EVENT_IN_FUTURE: {
    source: "internal",
    kind: "invalid",
    zh: "「{field}」之事實發生時間晚於現在，請更正。",
    en: "The time at which “{field}” happened lies in the future. Correct it.",
  },
  CORRECTION_CHANGES_NOTHING: {
    source: "internal",
    kind: "invalid",
    zh: "更正後內容與現行登記相同，未予提出；請查明應更正之欄位。",
    en: "The correction says what the entry says already, so it was not proposed.",
  },
  CORRECTION_IS_OWN: {
    source: "internal",
    kind: "forbidden",
    zh: "不得確認或退回本人提出之更正；請由其他核章人辦理，或由本人撤回。",
    en: "Nobody confirms or rejects a correction of their own; another stamper does, or you withdraw it.",
  },
  CORRECTION_CONFIRMED: {
    source: "internal",
    kind: "conflict",
    zh: "此欄之更正已確認，尚待另一核章人確認。",
    en: "This place has confirmed the correction already; it waits for the other.",
  },
  CORRECTION_BY_ANOTHER: {
    source: "internal",
    kind: "forbidden",
    zh: "更正由提出人撤回；您非提出人，請洽提出人撤回，或由核章人敘明理由退回。",
    en: "Only its proposer withdraws a correction; otherwise a stamper rejects it with a reason.",
  },
  REGISTER_HANDLER_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "業務單位承辦人欄須為本單位承辦人，且不得為本表核章之人。",
    en: "Column 5 names a handler of this unit who did not stamp this form.",
  },
  EVENT_OUT_OF_ORDER: {
    source: "internal",
    kind: "invalid",
    zh: "「{field}」之事實發生時間早於「{before}」，請查明後更正。",
    en: "“{field}” is dated before “{before}”. Check and correct it.",
  },
} as const satisfies RefusalTable
