import type { RefusalTable } from "./kinds.ts"

/** Notices, to-dos, deadlines and the office calendar. */
export const NOTICES = {
  PAPER_NOTICE_IN_FUTURE: {
    source: "internal",
    kind: "invalid",
    zh: "書面通知之日期不得晚於今日；資料未變更，請更正日期。",
    en: "The date of the paper notice lies in the future. Nothing was changed; correct the date.",
  },
  PAPER_RECEIVER_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "簽收人須為{office}之人員，且不得為發出通知之本人；尚未完成通知，請重新選擇。",
    en: "Who signs for the paper notice is a person of {office} and not its sender. Notice is not given yet; choose again.",
  },
  SCAN_TYPE_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "掃描檔須為 PDF、JPEG、PNG 或 TIFF；此檔內容並非上列格式，未予保存，請重新掃描。",
    en: "A scan is a PDF, JPEG, PNG or TIFF. This file is none of them by its content and was not kept; scan again.",
  },
  SCAN_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "查無您所保存之此掃描檔，尚未完成通知；請由登錄通知之本人重新上傳。",
    en: "You have kept no such scan, so notice is not given yet. Whoever records the notice uploads its scan.",
  },
  SCAN_USED: {
    source: "internal",
    kind: "conflict",
    zh: "此掃描檔已用於另一通知，一份簽收單僅得證明一次通知；請上傳本次通知之掃描檔。",
    en: "This scan proves another notice already. Upload the scan of this one.",
  },
  INBOX_ITEM_DONE: {
    source: "internal",
    kind: "conflict",
    zh: "此待辦事項已處理完畢，無須重複辦理。",
    en: "This item is already done.",
  },
  CALENDAR_FILE_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "辦公日曆表第 {line} 行有誤，檔案未匯入，現行日曆不變：{reason}（共 {count} 處）。",
    en: "Line {line} of the office calendar is wrong; nothing was imported and the calendar in force stays: {reason} ({count} in all).",
  },
  CALENDAR_ALREADY_IMPORTED: {
    source: "internal",
    kind: "conflict",
    zh: "此檔案與現行 {version} 版辦公日曆表內容相同，無須重複匯入。",
    en: "This file says the same as edition {version} of the office calendar in force; there is nothing to import.",
  },
  PROVIDER_MAIL_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "查無由您保存之提供機關郵件原始檔，請重新放入該郵件後再登錄；已填內容仍保留。",
    en: "No mail of the provider was kept by you under this id. Add the mail again; what you filled in is kept.",
  },
} as const satisfies RefusalTable
