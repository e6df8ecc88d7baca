import type { RefusalTable } from "./kinds.ts"

/** Files on their way in, and one taken in the place of another: 機關內部控制 around 6-1b. */
export const TRANSFERS = {
  UPLOAD_OFFSET_WRONG: {
    source: "internal",
    kind: "conflict",
    zh: "續傳位置不符，伺服器已收 {received} 位元組，請由該處續傳；已收部分均保留。",
    en: "The upload must go on at byte {received}. What came so far is kept.",
  },
  UPLOAD_OTHER_FILE: {
    source: "internal",
    kind: "conflict",
    zh: "所選檔案與先前上傳中斷之檔案不同：該檔共 {announced} 位元組，已收 {received} 位元組，均保留。請選擇同一檔案續傳；如改傳此檔，請勾選重新上傳，已收部分即予銷毀。",
    en: "This is not the file whose upload broke off: that one has {announced} bytes, of which {received} came and are kept. Choose the same file to go on, or begin anew, which destroys what came.",
  },
  UPLOAD_BEYOND_ANNOUNCED: {
    source: "internal",
    kind: "invalid",
    zh: "此段內容未載明長度，或超出開始上傳時所告知之 {announced} 位元組，未予收受；已收部分均保留。請選擇同一檔案續傳，或重新上傳。",
    en: "This part states no length or goes beyond the {announced} bytes announced, so it was not taken. What came before is kept; go on with the same file or begin anew.",
  },
  UPLOAD_INCOMPLETE: {
    source: "internal",
    kind: "conflict",
    zh: "檔案尚未收齊：已收 {received} 位元組，應有 {announced} 位元組。已收部分均保留，請選擇同一檔案續傳。",
    en: "The file is not complete: {received} of {announced} bytes came. They are kept; go on with the same file.",
  },
  SET_ASIDE_NEEDS_REASON: {
    source: "internal",
    kind: "invalid",
    zh: "另行取檔須敘明原檔不予採用之理由；原檔仍予保留，資料未變更。",
    en: "Say why the file is not used before another is fetched. The file is kept and nothing was changed.",
  },
  FILE_IS_REGISTERED: {
    source: "internal",
    kind: "conflict",
    zh: "此檔案已填具登記表（{number}），資料未變更；請先由業務單位承辦人敘明理由作廢該登記，再由資訊室另行取檔。",
    en: "Register entry {number} stands on this file and nothing was changed. The handler voids the entry first, with a reason; then another file can be fetched.",
  },
  TRANSFER_SUPERSEDED: {
    source: "internal",
    kind: "conflict",
    zh: "此次傳輸已由新的傳輸取代，其內容未列為本案檔案；請重新載入畫面，以目前之傳輸辦理。",
    en: "A newer transfer took the place of this one, so its content is not this delivery's file. Reload and go on with the current one.",
  },
  LAPSE_NEEDS_REASON: {
    source: "internal",
    kind: "invalid",
    zh: "撤回或逾期未取須敘明理由；本件留存，不得再下載。",
    en: "Say why the file was withdrawn or can no longer be fetched. The item stays, and nothing can be downloaded for it.",
  },
} as const satisfies RefusalTable
