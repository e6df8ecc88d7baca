import type { RefusalTable } from "./kinds.ts"

/** Point 4: what household data is, and the ways it may be obtained. */
export const POINT_4 = {
  PROVIDER_UNKNOWN: {
    source: { duty: "4-1" },
    kind: "invalid",
    zh: "提供機關限各縣市民政局（處）及內政部，請先建立提供機關資料再登錄。",
    en: "Household data comes from a civil affairs bureau or the Ministry of the Interior. Record the provider first.",
  },
  PROVIDER_CODE_TAKEN: {
    source: "internal",
    kind: "conflict",
    zh: "提供機關代碼已有人使用，請改用其他代碼；資料未變更。",
    en: "Another provider has this code. Choose another; nothing was changed.",
  },
  LINKAGE_NOT_APPROVED: {
    source: { duty: "4-2a" },
    kind: "conflict",
    zh: "本連結作業尚未完成申請程序，不得取得資料；請補登核准公文文號及日期。",
    en: "The linkage's application is not complete, so no data may be obtained. Record the approval's number and date.",
  },
  LINKAGE_NOT_TESTED: {
    source: { duty: "4-2b" },
    kind: "conflict",
    zh: "本連結作業尚未經連結測試通過，不得取得資料；請補登測試報告編號及日期。",
    en: "The linkage has not passed its connection test, so no data may be obtained. Record the test report's number and date.",
  },
  LINKAGE_NOT_ACTIVE: {
    source: { duty: "4-2a" },
    kind: "conflict",
    zh: "本連結作業未啟用、已停止或不在核准期間內，不得取得資料。",
    en: "The linkage is not active, was stopped or is outside its approved period, so no data may be obtained.",
  },
  MODE_NOT_ALLOWED: {
    source: { duty: "4-2c" },
    kind: "invalid",
    zh: "取得方式僅限線上查詢、檔案傳輸及磁性媒體交換，並以本連結作業核准者為限；「{mode}」不在其列。",
    en: "Data may be obtained only by online query, file transfer or media exchange, and only as this linkage allows; “{mode}” is not among them.",
  },
} as const satisfies RefusalTable
