import { isUtf8 } from "node:buffer"
import { TextWriter, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js"
import { parse } from "csv-parse/sync"
import { readOds } from "odf-kit/ods-reader"
import type { Refusal } from "../../../kernel/decision.ts"
import { decodeBig5 } from "../../../platform/text/big5.ts"
import { refuse } from "../../../regulation/rule.ts"

/** What is wrong, and in which line of the file, from 1; `null`: the file as a whole. */
export interface LineError {
  readonly line: number | null
  readonly refusal: Refusal
}

/** A line of the file; cells in the order of the header, without spaces around them. */
export interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

export interface ReadTable {
  readonly header: readonly string[]
  readonly lines: readonly Line[]
  readonly errors: readonly LineError[]
}

const ZIP = "PK\u0003\u0004"
/** What a roster of ten thousand people needs many times over; a file that unpacks to more is none. */
const UNPACKED_LIMIT = 50_000_000
/** More columns than any spreadsheet program has; the reader would make a cell of each. */
const ENDLESS = /number-columns-repeated\s*=\s*["']\s*\d{6,}/u

/** Reads CSV (UTF-8 with or without BOM, or Big5) or the first sheet of an ODS. What cannot be read is an error. */
export async function readTable(bytes: Buffer): Promise<ReadTable> {
  const unreadable = (line: number | null) => wrong([{ line, refusal: refuse("IMPORT_UNREADABLE") }])
  try {
    return bytes.toString("latin1", 0, 4) === ZIP ? tableOf(await odsLines(bytes)) : readCsv(bytes)
  } catch (error) {
    const lines = error instanceof Error && "lines" in error ? Number(error.lines) : Number.NaN
    return unreadable(Number.isInteger(lines) ? lines : null)
  }
}

function wrong(errors: readonly LineError[]): ReadTable {
  return { header: [], lines: [], errors }
}

function readCsv(bytes: Buffer): ReadTable {
  const { text, errors } = decode(bytes)
  if (errors.length > 0) return wrong(errors)
  const records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  const lines = records as unknown as {
    readonly record: readonly string[]
    readonly info: { lines: number }
  }[]
  return tableOf(lines.map(({ record, info }) => ({ line: info.lines, cells: record.map(textOf) })))
}

function decode(bytes: Buffer): { readonly text: string; readonly errors: readonly LineError[] } {
  if (isUtf8(bytes)) return { text: bytes.toString("utf8"), errors: [] }
  const errors: LineError[] = []
  let text = ""
  for (const part of decodeBig5(bytes)) {
    if (typeof part === "string") text += part
    else
      errors.push({
        line: text.split("\n").length,
        refusal: refuse("IMPORT_CHARACTER_UNKNOWN", { code: part.code }),
      })
  }
  return { text, errors }
}

async function odsLines(bytes: Buffer): Promise<Line[]> {
  const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries()
  const unpacked = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (unpacked > UNPACKED_LIMIT) throw new Error("unpacks to too much")
  const content = entries.find(({ filename }) => filename === "content.xml")
  if (content?.directory !== false || ENDLESS.test(await content.getData(new TextWriter())))
    throw new Error("no spreadsheet")
  const [sheet] = readOds(bytes).sheets
  const lines = (sheet?.rows ?? []).map(({ index, cells }) => {
    const texts = new Map(
      cells.map(({ colIndex, value, displayText }) => [colIndex, displayText ?? String(value ?? "")]),
    )
    const width = Math.max(-1, ...texts.keys()) + 1
    return { line: index + 1, cells: Array.from({ length: width }, (_, n) => textOf(texts.get(n) ?? "")) }
  })
  return lines.filter(({ cells }) => cells.some((cell) => cell !== ""))
}

/** Our own exports put an apostrophe before what a spreadsheet program would take for a formula. */
function textOf(cell: string): string {
  return cell.replace(/^'(?=\s*[-=+@＝＋－＠])/u, "").trim()
}

function tableOf([header, ...lines]: readonly Line[]): ReadTable {
  return { header: header?.cells ?? [], lines, errors: [] }
}
