import type { RefusalTable } from "../kinds.ts"

/** Programs that drive the roster by SCIM. */
export const SCIM = {
  SCIM_TOKEN_NOT_VALID: {
    source: "internal",
    kind: "unauthenticated",
    zh: "介接權杖無效、已逾期或已廢止，請向系統管理者申請新的權杖；資料未變更。",
    en: "The bearer token is not valid, has expired or was revoked. Ask the administrator for a new one; nothing was changed.",
  },
  SCIM_GROUP_FIXED: {
    source: { duty: "2-1" },
    kind: "forbidden",
    zh: "群組即單位之職務，隨單位設立或裁撤，不得由介接程式新增、更名或刪除；資料未變更。",
    en: "A group is a post of a unit and comes and goes with the unit; a program does not add, rename or delete one. Nothing was changed.",
  },
  SCIM_CLIENT_NAME_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "此介接程式名稱已使用過，為利辨識軌跡紀錄，請改用其他名稱。",
    en: "A client has or had this name. Choose another, so that the ledger tells them apart.",
  },
  SCIM_CLIENT_EXPIRY_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "權杖有效期限須為今日以後、一年以內；期滿前請另行建立新權杖。",
    en: "A token is valid until a day from today on, at most a year ahead. Create a new one before it ends.",
  },
  SCIM_CLIENT_REVOKED: {
    source: "internal",
    kind: "conflict",
    zh: "此權杖已經廢止。",
    en: "This token was revoked already.",
  },
} as const satisfies RefusalTable
