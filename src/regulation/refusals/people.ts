import type { RefusalTable } from "./kinds.ts"

/** People, units and accounts. */
export const PEOPLE = {
  UNIT_CODE_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "單位代碼已為其他單位使用，請改用其他代碼；資料未變更。",
    en: "Another unit has this code. Choose another; nothing was changed.",
  },
  UNIT_NEEDS_PARENT: {
    source: "internal",
    kind: "invalid",
    zh: "機關本身為最上層，其餘單位均須隸屬於本局或其所屬單位。",
    en: "The agency is the root; every other unit belongs below it.",
  },
  ROLE_NOT_OF_UNIT: {
    source: "internal",
    kind: "invalid",
    zh: "所選單位不設此項職務，請另選單位或職務。",
    en: "The chosen unit has no such post. Choose another unit or post.",
  },
  POSTS_EXCLUDE_EACH_OTHER: {
    source: "internal",
    kind: "invalid",
    zh: "系統管理者不得兼任其他職務；政風人員不得兼任經手戶役政資料之職務；資訊稽核小組成員除資訊室承辦人外，亦同。",
    en: "An administrator holds no other post; an ethics officer holds none that handles household data, nor does an auditor, but for an IT handler.",
  },
  EMAIL_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "此電子郵件信箱已登錄於其他人員。",
    en: "Another person has this e-mail address.",
  },
  STAFF_NUMBER_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "此員工編號已登錄於其他人員；資料未變更。",
    en: "Another person has this staff number; nothing was changed.",
  },
  UNIT_ENDED: {
    source: { duty: "2-1" },
    kind: "invalid",
    zh: "所選單位已裁撤，不得再派任人員；請另選單位。",
    en: "The chosen unit has ended, so that nobody can be posted there. Choose another.",
  },
  POSTS_CHANGE_AHEAD: {
    source: "internal",
    kind: "invalid",
    zh: "權限之異動自即時或將來之日起生效，不得回溯；生效日已過者請登錄為即時生效並載明原生效日。",
    en: "Posts change at once or from a day to come, never for days gone by. Record a late change as of now and state the day of its order.",
  },
  POST_NOT_HELD: {
    source: "internal",
    kind: "conflict",
    zh: "此人於該時點並無所列職務；請重新載入後再辦理。",
    en: "The person does not hold that post then. Reload and try again.",
  },
  POST_HELD_ALREADY: {
    source: "internal",
    kind: "conflict",
    zh: "此人已有所列職務；資料未變更。",
    en: "The person holds that post already; nothing was changed.",
  },
  POSTS_NOT_BY_ONESELF: {
    source: "internal",
    kind: "forbidden",
    zh: "不得變更自己之職務，請由其他系統管理者辦理。",
    en: "Nobody changes their own posts. Another administrator does it.",
  },
  VENDOR_PERSON: {
    source: { duty: "5-8a" },
    kind: "conflict",
    zh: "此人為委外廠商人員，其職務依保密措施之效期取得及終止，請至「委外廠商」辦理。",
    en: "This person is a vendor's. Their posts begin and end with the confidentiality agreement; go to the vendors' page.",
  },
  DEPUTY_IS_ANOTHER: {
    source: "internal",
    kind: "invalid",
    zh: "職務代理人須為同單位之其他現職人員，主管得由其他單位主管代理，系統管理者不得代理；被代理人須為該單位現職人員。",
    en: "A deputy is somebody else serving in the same unit, or for a head another head, and no administrator; the person represented serves in this unit.",
  },
  DEPUTY_NOT_BY_ONESELF: {
    source: "internal",
    kind: "forbidden",
    zh: "不得指定自己為他人之職務代理人，請由單位主管或其他系統管理者登錄。",
    en: "Nobody records themselves as a deputy. The unit's head or another administrator does it.",
  },
  DEPUTY_PERIOD_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "代理期間不得早於今日，且迄日不得早於起日；已經過之期間不得補登代理。",
    en: "A deputyship starts today or later and ends on or after its first day; none is recorded for days gone by.",
  },
  DEPUTY_ALREADY_STANDS: {
    source: "internal",
    kind: "conflict",
    zh: "此人於該期間已為其職務代理人，請先終止原代理或改選期間。",
    en: "This person is the deputy in that period already. End that first or choose other days.",
  },
  DEPUTY_ENDED: {
    source: "internal",
    kind: "conflict",
    zh: "此項代理已經終止。",
    en: "This deputyship has ended already.",
  },
  LOGIN_NAME_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "此帳號名稱已有人使用，請改用其他名稱。",
    en: "Another account has this name.",
  },
  PERSON_HAS_ACCOUNT: {
    source: "internal",
    kind: "conflict",
    zh: "此人員已有帳號，每人以一個帳號為限；忘記密碼請重發連結。",
    en: "This person has an account already, and one is all anybody has. If the password is forgotten, issue a new link.",
  },
  ACCOUNT_DISABLED: {
    source: "internal",
    kind: "conflict",
    zh: "此帳號已停用；須先恢復使用。",
    en: "This account is disabled. Enable it first.",
  },
  LAST_ADMINISTRATOR: {
    source: "internal",
    kind: "conflict",
    zh: "此為唯一可登入之系統管理者帳號，不得停用；請先建立另一位系統管理者並設定密碼。",
    en: "Nobody else can sign in as an administrator, so this account cannot be disabled. Set up another administrator first.",
  },
  SIGN_IN_FAILED: {
    source: "internal",
    kind: "unauthenticated",
    zh: "帳號或密碼不正確，或帳號已暫停使用。連續五次錯誤將鎖定十五分鐘。",
    en: "The account or password is wrong, or the account is suspended. Five failures lock it for fifteen minutes.",
  },
  LINK_NOT_VALID: {
    source: "internal",
    kind: "conflict",
    zh: "此連結無效、已使用或已逾期，請向系統管理者索取新的連結。",
    en: "This link is not valid, was used or has expired. Ask the administrator for a new one.",
  },
} as const satisfies RefusalTable
