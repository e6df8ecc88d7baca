import type { RefusalTable } from "./kinds.ts"

/** Notices, to-dos, deadlines and the office calendar. */
export const NOTICES = {
  PAPER_NOTICE_IN_FUTURE: {
    source: "internal",
    kind: "invalid",
    zh: "書面通知之日期不得晚於今日；資料未變更，請更正日期。",
    en: "The date of the paper notice lies in the future. Nothing was changed; correct the date.",
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
} as const satisfies RefusalTable
