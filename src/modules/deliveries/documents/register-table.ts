import { shortRocDate } from "../../../kernel/roc-date.ts"
import type { Column, Table } from "../../../platform/documents/spreadsheet.ts"
import { printRow, REGISTER_COLUMNS } from "./printed-row.ts"
import type { Officer, RegisterBook, RegisterRow, StampView } from "./shapes.ts"

const KINDS: Readonly<Record<string, Column["kind"]>> = {
  資料筆數: "count",
  機器計數: "count",
  提供機關通知時間: "moment",
  下載時間: "moment",
  銷毀日期: "date",
}

const ANNEX = ["提供機關", "檔名", "SHA-256", "下載時間", "機器計數", "權責人員核章", "作廢", "補登及更正"]

/** 登記簿 for ODS and CSV: 編號, the ten columns of 5-5c in order, then the annex; void rows stay. */
export function registerTable(book: RegisterBook): Table {
  const headers = ["編號", ...REGISTER_COLUMNS, ...ANNEX]
  return {
    name: `${book.unit}${book.rocYear}年度登記簿`,
    columns: headers.map((header) => ({ header, kind: KINDS[header] ?? "text" })),
    rows: book.rows.map(cellsOf),
  }
}

function cellsOf(row: RegisterRow): (string | number | null)[] {
  const { voided, notes } = printRow(row)
  const itHandler = row.itHandler && `${officerText(row.itHandler)}${row.voided === null ? "（待核章）" : ""}`
  return [
    row.number,
    row.noticedAt,
    row.declaredRecords,
    row.purpose,
    row.documentNumber,
    row.handler && officerText(row.handler),
    row.obtainedBy,
    stampText(row.itStamp) ?? itHandler,
    row.comparison,
    stampText(row.closingStamp),
    row.destroyedOn,
    row.provider,
    row.fileName,
    row.sha256,
    row.downloadedAt,
    row.countedRecords,
    stampText(row.releaseStamp),
    voided,
    notes.map((note) => `${note.label}：${note.text}`).join("\n") || null,
  ]
}

function stampText(stamp: StampView | null): string | null {
  if (stamp === null) return null
  const deputy = stamp.isDeputy ? "（代理）" : ""
  return `${officerText(stamp)}${deputy} ${shortRocDate(stamp.on)}`
}

function officerText({ office, title, name }: Officer): string {
  return `${office}${title} ${name}`
}
