import type { RefusalTable } from "./kinds.ts"

/** Controls of our own (機關內部控制) that every module shares. */
export const GENERAL = {
  NOT_SIGNED_IN: {
    source: "internal",
    kind: "unauthenticated",
    zh: "尚未登入或登入已逾時，請重新登入；已輸入的內容會保留。",
    en: "You are not signed in, or the session ended. Sign in again; what you typed is kept.",
  },
  NOT_PERMITTED: {
    source: "internal",
    kind: "forbidden",
    zh: "您的職務無權執行此項作業。",
    en: "Your post does not permit this.",
  },
  NOT_FOUND: {
    source: "internal",
    kind: "missing",
    zh: "查無此項資料，或您無權檢視。",
    en: "There is no such item, or it is not yours to see.",
  },
  INVALID_INPUT: {
    source: "internal",
    kind: "invalid",
    zh: "輸入內容有誤：{field}。資料未變更，請更正後重送。",
    en: "The input is not valid: {field}. Nothing was changed; correct it and send again.",
  },
  NOT_IN_THIS_STATE: {
    source: "internal",
    kind: "conflict",
    zh: "本件目前的進度不適用此項作業；請重新載入，查看下一步由何人辦理。",
    en: "This cannot be done at the present stage. Reload to see what comes next, and who does it.",
  },
  BODY_TOO_LARGE: {
    source: "internal",
    kind: "too-large",
    zh: "送出的內容超過大小上限，資料未變更。",
    en: "The request is larger than allowed. Nothing was changed.",
  },
  TOO_MANY_REQUESTS: {
    source: "internal",
    kind: "too-many",
    zh: "要求過於頻繁，請稍候再試。",
    en: "Too many requests. Wait a little and try again.",
  },
  CROSS_SITE_REQUEST: {
    source: "internal",
    kind: "forbidden",
    zh: "要求並非由本系統畫面送出，已拒絕。",
    en: "The request did not come from this program's own pages.",
  },
  LEDGER_UNAVAILABLE: {
    source: "internal",
    kind: "unavailable",
    zh: "軌跡紀錄暫時無法寫入，依規定不得提供資料；未變更任何資料，請稍後再試。",
    en: "The ledger cannot be written, so nothing may be disclosed. Nothing was changed; try again later.",
  },
  INTERNAL_ERROR: {
    source: "internal",
    kind: "unavailable",
    zh: "系統發生錯誤，資料未變更。請將錯誤代碼 {id} 告知系統管理者。",
    en: "Something went wrong and nothing was changed. Tell the administrator the error id {id}.",
  },
  RECORD_MISMATCH: {
    source: "internal",
    kind: "conflict",
    zh: "本件資料與軌跡紀錄所載不符，可能未經程式而遭變更；未辦理，資料維持現狀。請即通知政風室及系統管理者查明，由備份還原後再辦理。",
    en: "These data are not as the ledger recorded them; they may have been changed behind the program's back. Nothing was done. Tell the ethics office and the administrator; restore them from a backup first.",
  },
} as const satisfies RefusalTable
