import { encodeBig5 } from "./big5.ts"
import type { SyntheticPerson } from "./people.ts"

/** The shapes in which civil-affairs offices hand over files. */
export const FORMATS = ["utf8-csv", "utf8-bom-csv", "big5-csv", "big5-fixed", "big5-fixed-lines"] as const
export type Format = (typeof FORMATS)[number]

/** Columns of a fixed-length record with their widths in bytes, padded with spaces on the right. */
export const FIXED_COLUMNS = [
  { name: "idNumber", zh: "統一編號", width: 10 },
  { name: "name", zh: "姓名", width: 20 },
  { name: "birthDate", zh: "出生日期", width: 7 },
  { name: "district", zh: "行政區", width: 6 },
  { name: "address", zh: "住址", width: 57 },
] as const
/** Bytes of a fixed-length record, without the line end. */
export const FIXED_LENGTH = FIXED_COLUMNS.reduce((sum, column) => sum + column.width, 0)

/** What the provider calls them in its mails, in words the agency enters. */
export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  "utf8-csv": "分隔欄位文字（CSV）、UTF-8、逗號分隔",
  "utf8-bom-csv": "分隔欄位文字（CSV）、UTF-8（有 BOM）、逗號分隔",
  "big5-csv": "分隔欄位文字（CSV）、Big5、逗號分隔",
  "big5-fixed": `定長資料、Big5、每筆 ${FIXED_LENGTH} 位元組、無換行`,
  "big5-fixed-lines": `定長資料、Big5、每筆 ${FIXED_LENGTH} 位元組、有換行`,
}

const CSV_HEADER = "統一編號,姓名,出生日期,行政區,住址,備註"
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

export interface Writer {
  /** What stands before the first record: byte order mark and header line. */
  readonly head: Buffer
  readonly record: (person: SyntheticPerson) => Buffer
}

/** How `format` writes records. `lineEnd` is that of text and of `big5-fixed-lines`; `big5-fixed` has none. */
export function writerOf(format: Format, lineEnd: "\n" | "\r\n", header: boolean): Writer {
  const headLine = header ? CSV_HEADER + lineEnd : ""
  switch (format) {
    case "utf8-csv":
      return { head: Buffer.from(headLine), record: (p) => Buffer.from(csvLine(p, lineEnd)) }
    case "utf8-bom-csv":
      return {
        head: Buffer.concat([BOM, Buffer.from(headLine)]),
        record: (p) => Buffer.from(csvLine(p, lineEnd)),
      }
    case "big5-csv":
      return { head: encodeBig5(headLine), record: (p) => encodeBig5(csvLine(p, lineEnd)) }
    case "big5-fixed":
      return { head: Buffer.alloc(0), record: (p) => fixedRecord(p, "") }
    case "big5-fixed-lines":
      return { head: Buffer.alloc(0), record: (p) => fixedRecord(p, lineEnd) }
  }
}

function csvLine(p: SyntheticPerson, lineEnd: string): string {
  const remark = /[",\n]/.test(p.remark) ? `"${p.remark.replaceAll('"', '""')}"` : p.remark
  return `${p.idNumber},${p.name},${p.birthDate},${p.district},${p.address},${remark}${lineEnd}`
}

function fixedRecord(p: SyntheticPerson, lineEnd: string): Buffer {
  const record = Buffer.alloc(FIXED_LENGTH + lineEnd.length, 0x20)
  let at = 0
  for (const { name, width } of FIXED_COLUMNS) {
    const value = encodeBig5(p[name])
    if (value.length > width) throw new Error(`${name} is longer than its ${width} bytes`)
    value.copy(record, at)
    at += width
  }
  record.write(lineEnd, at)
  return record
}
