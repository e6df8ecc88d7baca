import type { RefusalTable } from "../kinds.ts"

/** Import of units and people: what is wrong with the file or with one of its lines. */
export const IMPORT = {
  IMPORT_UNREADABLE: {
    source: "internal",
    kind: "invalid",
    zh: "無法讀取此檔：須為 CSV（UTF-8 或 Big5）或 ODS，且每列欄數一致；請由試算表程式另存後再匯入，資料未變更。",
    en: "This file cannot be read: it must be CSV (UTF-8 or Big5) or ODS. Save it anew from a spreadsheet program; nothing was changed.",
  },
  IMPORT_HEADER_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "第一列須有下列欄名：單位檔為「{units}」，人員檔為「{people}」；順序不拘，其他欄不予採用。",
    en: "The first row must name these columns: for units “{units}”, for people “{people}”, in any order; others are ignored.",
  },
  IMPORT_CHARACTER_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "此列含無法辨識之字碼 {code}（造字或非 Big5 字），請將檔案改存為 UTF-8 後再匯入。",
    en: "This row holds the code {code}, which Big5 does not define. Save the file as UTF-8 and import it again.",
  },
  IMPORT_CELL_WRONG: {
    source: "internal",
    kind: "invalid",
    zh: "「{column}」未填或格式不符，請更正此格。",
    en: "“{column}” is empty or not of its form. Correct this cell.",
  },
  IMPORT_UNIT_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "查無單位代碼「{code}」，請更正，或先匯入該單位。",
    en: "There is no unit {code}. Correct it, or import that unit first.",
  },
  IMPORT_ROLE_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "「職務」須為下列之一，數項以頓號相連：{roles}。",
    en: "A post is one of these, several joined by “、”: {roles}.",
  },
  IMPORT_KIND_UNKNOWN: {
    source: "internal",
    kind: "invalid",
    zh: "「單位類別」須為下列之一：{kinds}。",
    en: "A unit's kind is one of these: {kinds}.",
  },
  IMPORT_KIND_FIXED: {
    source: "internal",
    kind: "invalid",
    zh: "既有單位之類別不得變更，請改回原類別；確須變更者，請另立新單位並裁撤原單位。",
    en: "The kind of a unit that stands does not change. Restore it, or create another unit and end this one.",
  },
  IMPORT_ROW_TWICE: {
    source: "internal",
    kind: "invalid",
    zh: "此列與第 {line} 列重複，請刪除其一。",
    en: "This row repeats row {line}. Delete one of them.",
  },
  IMPORT_PERSON_DIFFERS: {
    source: "internal",
    kind: "invalid",
    zh: "此列與第 {line} 列為同一人（員工編號或電子郵件相同），但登載事項不同，請改為一致。",
    en: "This row and row {line} are one person by staff number or e-mail, yet say different things. Make them agree.",
  },
  IMPORT_HAS_ERRORS: {
    source: "internal",
    kind: "invalid",
    zh: "檔案尚有錯誤，未匯入任何資料；請依所列各列更正後重新選擇檔案。",
    en: "The file has errors, so nothing of it was imported. Correct the rows listed and choose it again.",
  },
  IMPORT_CHANGED: {
    source: "internal",
    kind: "conflict",
    zh: "檔案或名冊於預覽後已有變更，未匯入任何資料；請核對重新列出之變更後再匯入。",
    en: "The file or the roster has changed since the preview, and nothing was imported. Check the changes shown anew.",
  },
} as const satisfies RefusalTable
