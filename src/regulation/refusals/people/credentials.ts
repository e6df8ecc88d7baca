import type { RefusalTable } from "../kinds.ts"

const ANNEX_10 = { statute: "資通安全責任等級分級辦法附表十" } as const

/** Passwords, second factors and sessions. */
export const CREDENTIALS = {
  PASSWORD_TOO_SHORT: {
    source: "internal",
    kind: "invalid",
    zh: "密碼至少需 {min} 個字元。",
    en: "A password needs at least {min} characters.",
  },
  PASSWORD_TOO_SIMPLE: {
    source: ANNEX_10,
    kind: "invalid",
    zh: "密碼須含英文小寫、英文大寫、數字、其他字元中之至少 {classes} 種。",
    en: "Of lower case, upper case, digits and other characters a password needs at least {classes} kinds.",
  },
  PASSWORD_NAMES_YOU: {
    source: "internal",
    kind: "invalid",
    zh: "密碼不得包含帳號、姓名、電子郵件名稱或員工編號。",
    en: "A password must not contain the account, the name, the mailbox or the staff number.",
  },
  PASSWORD_TOO_COMMON: {
    source: "internal",
    kind: "invalid",
    zh: "此密碼屬常見密碼（含前後加註數字或符號者），極易猜中，請另行設定。",
    en: "This is one of the most common passwords, perhaps with digits or signs around it. Choose another.",
  },
  PASSWORD_USED_BEFORE: {
    source: ANNEX_10,
    kind: "invalid",
    zh: "不得使用最近 {history} 次用過之密碼。",
    en: "The last {history} passwords are not taken again.",
  },
  PASSWORD_RENEWAL_DUE: {
    source: { duty: "5-3a" },
    kind: "forbidden",
    zh: "密碼已逾更新期限，請先更新密碼，始得使用其他功能。",
    en: "The term of the password is over. Renew it before you do anything else.",
  },
  PASSWORD_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "目前密碼不正確，密碼未變更；連續錯誤達上限者帳號將鎖定。",
    en: "The present password is not right; nothing was changed. Several failures in a row lock the account.",
  },
  CHANGED_MEANWHILE: {
    source: "internal",
    kind: "conflict",
    zh: "帳號於辦理期間另有變更，密碼未變更，請重新辦理。",
    en: "The account was changed meanwhile, so that nothing was set. Please try again.",
  },
  SESSION_REPLACED: {
    source: { duty: "5-3b" },
    kind: "unauthenticated",
    zh: "您的帳號已於 {at} 由 {address} 另行登入，本工作階段隨即結束。如非您本人，請立即變更密碼並通知政風室。",
    en: "Your account was signed in from {address} at {at}, which ended this session. If that was not you, change your password and tell the ethics office.",
  },
  SESSION_ENDED_BY_PASSWORD: {
    source: "internal",
    kind: "unauthenticated",
    zh: "密碼已於 {at} 變更，先前之登入均已結束，請以新密碼登入。",
    en: "The password was changed at {at}, which ended earlier sessions. Sign in with the new one.",
  },
  SESSION_ENDED_BY_OWNER: {
    source: "internal",
    kind: "unauthenticated",
    zh: "您已於 {at} 自其他裝置結束本工作階段。",
    en: "You ended this session from another device at {at}.",
  },
  SESSION_ENDED_BY_CHANGE: {
    source: { duty: "5-4b" },
    kind: "unauthenticated",
    zh: "您的職務已異動，先前之登入均已結束，請重新登入。",
    en: "Your posts have changed, which ended earlier sessions. Sign in again.",
  },
  ACCESS_ENDED: {
    source: { duty: "5-4b" },
    kind: "unauthenticated",
    zh: "您目前未任任何職務，權限已終止，不得登入；本次嘗試已留存紀錄。",
    en: "You hold no post here any more, so that your access has ended. This attempt was recorded.",
  },
} as const satisfies RefusalTable
