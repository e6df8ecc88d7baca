import { stringify } from "csv-stringify/sync"
import { OdsDocument, type OdsCellValue } from "odf-kit/ods"
import { epochMs, type Instant } from "../../kernel/time.ts"

/** `text` string · `count` whole number · `date` CivilDate · `moment` Instant, written in Asia/Taipei. */
export type ColumnKind = "text" | "count" | "date" | "moment"

export interface Column {
  /** Chinese header. */
  readonly header: string
  readonly kind: ColumnKind
  readonly widthCm?: number
}

export interface Table {
  /** Name of the sheet, such as 登記簿115. */
  readonly name: string
  readonly columns: readonly Column[]
  /** Cells in the order of the columns, of the column's kind; `null` is empty. */
  readonly rows: readonly (readonly (string | number | null)[])[]
}

const TAIPEI_OFFSET_MS = 8 * 3_600_000
const HEADER = { bold: true, backgroundColor: "#EAEAEA", border: "0.5pt solid #000000", wrap: true } as const
const BODY = { border: "0.5pt solid #000000", wrap: true, verticalAlign: "top" } as const

/** OpenDocument spreadsheet: numbers, dates and times are typed, text is never a formula. */
export function toOds(table: Table, createdAt: Instant): Promise<Uint8Array> {
  const title = printable(table.name)
  const document = new OdsDocument().setMetadata({ title, creationDate: new Date(epochMs(createdAt)) })
  const sheet = document.addSheet(title).freezeRows(1)
  const headers = table.columns.map((column) => printable(column.header))
  sheet.addRow(headers, HEADER)
  for (const row of table.rows) sheet.addRow(cellsOf(table, row, odsCell), BODY)
  table.columns.forEach((column, index) => sheet.setColumnWidth(index, `${column.widthCm ?? 3.5}cm`))
  return document.save()
}

/** CSV that spreadsheet programs read as text: UTF-8 with BOM, CRLF, quoted text, no cell starts a formula. */
export function toCsv(table: Table): string {
  const headers = table.columns.map((column) => csvText(column.header))
  const rows = table.rows.map((row) => cellsOf(table, row, csvCell))
  return stringify([headers, ...rows], { bom: true, record_delimiter: "\r\n", quoted_string: true })
}

type Cell = string | number | null

function cellsOf<T>(table: Table, row: readonly Cell[], write: (kind: ColumnKind, cell: Cell) => T): T[] {
  if (row.length !== table.columns.length)
    throw new Error(`A row of ${table.name} has ${row.length} cells for ${table.columns.length} columns`)
  return table.columns.map((column, index) => write(column.kind, row[index] ?? null))
}

function odsCell(kind: ColumnKind, cell: Cell): OdsCellValue {
  if (cell === null) return null
  if (kind === "count") return { value: Number(cell), type: "float", numberFormat: "integer" }
  if (kind === "text") return { value: printable(String(cell)).replaceAll(/\r\n?|\n/gu, "↵"), type: "string" }
  return { value: civilTime(kind, String(cell)), type: "date" }
}

function csvCell(kind: ColumnKind, cell: Cell): Cell {
  if (cell === null || kind === "count") return cell
  if (kind === "text") return csvText(String(cell))
  const [date = "", time = ""] = civilTime(kind, String(cell)).toISOString().split("T")
  return kind === "date" ? date : `${date} ${time.slice(0, 8)}`
}

/** A date whose UTC fields are the civil date and time in Taipei. */
function civilTime(kind: "date" | "moment", value: string): Date {
  return new Date(Date.parse(value) + (kind === "moment" ? TAIPEI_OFFSET_MS : 0))
}

/** Text with an apostrophe before whatever a spreadsheet program would take for a formula (OWASP CSV injection). */
function csvText(text: string): string {
  const shown = printable(text)
  return /^\s*[-=+@＝＋－＠]|^[\t\r\n]/u.test(shown) ? `'${shown}` : shown
}

/** Characters that XML 1.0 forbids, control characters and lone surrogates among them, are shown by their code. */
function printable(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")
    return `〔U+${code}〕`
  })
}
