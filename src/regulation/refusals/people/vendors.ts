import type { RefusalTable } from "../kinds.ts"

/** 委外廠商、保密措施. */
export const VENDORS = {
  TAX_ID_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "統一編號不正確，未予登錄；請核對後重新輸入。",
    en: "The tax id is not valid and nothing was recorded. Check it and enter it again.",
  },
  TAX_ID_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "此統一編號之廠商已登錄；資料未變更。",
    en: "A vendor with this tax id is recorded already; nothing was changed.",
  },
  CONTRACT_PERIOD_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "契約迄日不得早於起日；複委託契約之期間不得逾原契約。",
    en: "A contract ends on or after its first day, and a sub-contract lies within the contract above it.",
  },
  MAIN_CONTRACT_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "複委託之原契約須為同一使用單位與其他廠商之契約。",
    en: "A sub-contract lies under a contract of the same unit with another vendor.",
  },
  AGREEMENT_PERIOD_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "保密措施之效期須在契約期間（{from}至{to}）內，且迄日不得早於起日或今日。",
    en: "The agreement lies within the contract ({from} to {to}) and ends neither before it begins nor before today.",
  },
  AGREEMENT_SCOPE_WRONG: {
    source: { duty: "5-8a" },
    kind: "invalid",
    zh: "保密措施之範圍須載明使用單位得設之承辦職務至少一項。",
    en: "The agreement names at least one handling post that the using unit has.",
  },
  AGREEMENT_BY_ANOTHER: {
    source: "internal",
    kind: "forbidden",
    zh: "保密措施須由登錄人以外之使用單位主管確認後生效；請由另一人確認。",
    en: "The using unit's head, who is not whoever recorded it, confirms the agreement before it is in force.",
  },
  AGREEMENT_OVER: {
    source: { duty: "5-8a" },
    kind: "conflict",
    zh: "此保密措施之效期已過，不得再生效或展延；請另行簽訂。",
    en: "The agreement's time is over, so that it can neither come into force nor be extended. Sign another.",
  },
  MAIN_AGREEMENT_MISSING: {
    source: { duty: "5-8a" },
    kind: "conflict",
    zh: "原契約廠商之保密措施於此期間未全程生效，複委託廠商之保密措施不得生效。",
    en: "The agreement with the vendor above does not cover this time, so that the sub-contractor's cannot be in force.",
  },
  SIGNED_IN_FUTURE: {
    source: "internal",
    kind: "invalid",
    zh: "文件之簽署日期不得晚於今日；請更正日期。",
    en: "The document is dated in the future. Correct the date.",
  },
  SIGNED_PAPER_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "查無您所保存之此掃描檔；請由登錄之本人重新上傳。",
    en: "You have kept no such scan. Whoever records the document uploads it.",
  },
  SIGNED_PAPER_USED: {
    source: "internal",
    kind: "conflict",
    zh: "此掃描檔已用於另一文件，一份文件僅得證明一事；請上傳本文件之掃描檔。",
    en: "This scan proves something else already. Upload the scan of this document.",
  },
  VENDOR_PERSON_WRONG: {
    source: { duty: "5-8a" },
    kind: "invalid",
    zh: "此人非本保密措施之廠商人員，不得列入。",
    en: "This person is not of the vendor that signed the agreement.",
  },
  VENDOR_PERSON_SERVES: {
    source: "internal",
    kind: "conflict",
    zh: "此人已列於本單位尚未終止之保密措施，請先自該案移除或辦理展延。",
    en: "This person serves by an agreement of the unit that has not ended. Take them off it first, or extend it.",
  },
  VENDOR_PERSON_ABSENT: {
    source: "internal",
    kind: "conflict",
    zh: "此人未列於本保密措施，或已移除。",
    en: "This person is not on the agreement, or was taken off.",
  },
  CHECK_DATE_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "查核日期不得晚於今日，亦不得早於保密措施起日。",
    en: "A check is dated neither in the future nor before the agreement began.",
  },
} as const satisfies RefusalTable
