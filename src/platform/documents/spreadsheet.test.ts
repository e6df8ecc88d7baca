import { BlobReader, TextWriter, ZipReader } from "@zip.js/zip.js"
import { fc, test } from "@fast-check/vitest"
import { parse } from "csv-parse/sync"
import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import type { Instant } from "../../kernel/time.ts"
import { toCsv, toOds, type Table } from "./spreadsheet.ts"

const NOW = "2026-11-23T01:00:00.000Z" as Instant

function aTable(rows: Table["rows"]): Table {
  return {
    name: "登記簿115",
    columns: [
      { header: "使用目的", kind: "text" },
      { header: "資料筆數", kind: "count" },
      { header: "銷毀日期", kind: "date" },
      { header: "提供機關通知時間", kind: "moment" },
    ],
    rows,
  }
}

async function partOf(ods: Uint8Array, name: string): Promise<string> {
  const zip = new ZipReader(new BlobReader(new Blob([Uint8Array.from(ods)])))
  const entry = (await zip.getEntries()).find((e) => e.filename === name)
  if (entry?.directory !== false) throw new Error(`no ${name}`)
  return entry.getData(new TextWriter())
}

/** Throws unless a real XML parser (expat) accepts the text. */
function parseXml(xml: string): void {
  execFileSync("python3", ["-c", "import sys,xml.dom.minidom as m;m.parse(sys.stdin.buffer)"], { input: xml })
}

describe("5-5c 登記簿匯出 ODS", () => {
  it("types numbers, dates and times and keeps the Chinese headers in order", async () => {
    const ods = await toOds(aTable([["吳𠮷<堃>&", 12345, "2026-12-31", NOW]]), NOW)
    const xml = await partOf(ods, "content.xml")
    parseXml(xml)
    expect(await partOf(ods, "mimetype")).toBe("application/vnd.oasis.opendocument.spreadsheet")
    expect(xml).toMatch(/使用目的[^]*資料筆數[^]*銷毀日期[^]*提供機關通知時間/u)
    expect(xml).toContain("吳𠮷&lt;堃&gt;&amp;")
    expect(xml).toContain('office:value="12345"')
    expect(xml).toContain('office:date-value="2026-12-31"')
    expect(xml).toContain('office:date-value="2026-11-23T09:00:00"')
  })

  it("stays well-formed and shows what XML forbids by its code", async () => {
    const xml = await partOf(
      await toOds(aTable([["a\u0001b\uD842c\uFFFE\nd", 1, null, null]]), NOW),
      "content.xml",
    )
    parseXml(xml)
    expect(xml).toContain("a〔U+0001〕b〔U+D842〕c〔U+FFFE〕↵d")
  })

  it("never makes a formula of text", async () => {
    const xml = await partOf(await toOds(aTable([["=1+1", 1, null, null]]), NOW), "content.xml")
    expect(xml).not.toContain("table:formula")
    expect(xml).toContain("=1+1")
  })
})

const readCsv = (csv: string) => parse(csv, { bom: true, record_delimiter: "\r\n" })

describe("5-5c 登記簿匯出 CSV", () => {
  it("begins with a BOM, ends lines with CRLF and writes civil time", () => {
    const csv = toCsv(aTable([["目的", 12345, "2026-12-31", NOW]]))
    expect(csv.startsWith("\uFEFF")).toBe(true)
    expect(csv.split("\r\n")).toHaveLength(3)
    expect(readCsv(csv)[1]).toEqual(["目的", "12345", "2026-12-31", "2026-11-23 09:00:00"])
  })

  it.for(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＠A"])(
    "disarms a cell that starts like a formula: %j",
    (text) => expect(readCsv(toCsv(aTable([[text, 1, null, null]])))[1]?.[0]).toBe(`'${text}`),
  )

  it("leaves a negative number a number", () => {
    expect(readCsv(toCsv(aTable([["目的", -5, null, null]])))[1]?.[1]).toBe("-5")
  })

  it("refuses a row of another width", () => {
    expect(() => toCsv(aTable([["目的"]]))).toThrow(/1 cells for 4 columns/u)
  })

  test.prop([fc.string({ unit: "grapheme" })])("every text reads back, armed or not", (text) => {
    const cell = readCsv(toCsv(aTable([[text, 1, null, null]])))[1]?.[0]
    expect([text, `'${text}`]).toContain(cell)
    expect(cell).not.toMatch(/^[=+\-@\t\r\n]/u)
  })
})
