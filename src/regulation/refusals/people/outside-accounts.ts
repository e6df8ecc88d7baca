import type { RefusalTable } from "../kinds.ts"

/** Accounts in providers' own systems (外部帳號). */
export const OUTSIDE_ACCOUNTS = {
  OUTSIDE_ACCOUNT_TAKEN: {
    source: { duty: "5-3c" },
    kind: "conflict",
    zh: "此系統之同一帳號已登錄於他人，一帳號以一人使用為限，不得轉借；原持有人之帳號註銷後始得再登錄。",
    en: "This account of the system is recorded for somebody already. It is one person's and not lent; record it again once it was cancelled.",
  },
  OUTSIDE_PASSWORD_UNDATED: {
    source: { duty: "5-3a" },
    kind: "invalid",
    zh: "以密碼登入之帳號，須登錄密碼最近一次變更日期。",
    en: "An account with a password needs the day on which that was last changed.",
  },
  OUTSIDE_EVIDENCE_MISSING: {
    source: { duty: "5-3a" },
    kind: "invalid",
    zh: "不以密碼登入之帳號，須載明以何項佐證代替密碼之定期更新。",
    en: "An account without a password needs a statement of what stands for the regular change of one.",
  },
  OUTSIDE_HOLDER_NOT_OF_UNIT: {
    source: "internal",
    kind: "invalid",
    zh: "持有人於該單位並無現職，未予登錄；請另選單位或持有人。",
    en: "The holder has no post in that unit now, so nothing was recorded. Choose another unit or holder.",
  },
  OUTSIDE_DATES_DISORDERED: {
    source: "internal",
    kind: "invalid",
    zh: "日期不得早於前一次登錄之日期（{date}），請更正。",
    en: "The day lies before the one recorded earlier ({date}). Correct it.",
  },
} as const satisfies RefusalTable
