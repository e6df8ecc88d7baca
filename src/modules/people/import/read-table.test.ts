import { fc, test } from "@fast-check/vitest"
import { TextReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js"
import { expect, test as plain } from "vitest"
import type { Instant } from "../../../kernel/time.ts"
import { toCsv, toOds } from "../../../platform/documents/spreadsheet.ts"
import { readTable } from "./read-table.ts"

const NOW = "2026-11-23T01:00:00.000Z" as Instant
const HEADER = ["單位代碼", "姓名", "職稱"]

/** What a name or code may be: something without spaces around it that starts no quoted formula. */
const cell = fc
  .string({ unit: fc.constantFrom(..."王𠮷明 A0,;\"'=-+@＝<&>。"), minLength: 1, maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => text !== "" && !text.startsWith("'"))
const row = fc.tuple(cell, cell, cell)

test.prop([fc.array(row, { minLength: 1, maxLength: 8 })])(
  "2-1 匯出之 CSV 及 ODS 讀回，逐格相同，列號為其所在之列",
  async (rows) => {
    const table = { name: "人員", columns: HEADER.map((header) => ({ header, kind: "text" as const })), rows }
    const lines = rows.map((cells, index) => ({ line: index + 2, cells }))
    const expected = { header: HEADER, lines, errors: [] }
    expect(await readTable(Buffer.from(toCsv(table)))).toEqual(expected)
    expect(await readTable(Buffer.from(await toOds(table, NOW)))).toEqual(expected)
  },
)

plain("一格重複至無盡之 ODS 不予讀取", async () => {
  const zip = new ZipWriter(new Uint8ArrayWriter())
  const cell = `<table:table-cell table:number-columns-repeated="999999999"><text:p>甲</text:p></table:table-cell>`
  await zip.add("content.xml", new TextReader(`<table:table-row>${cell}</table:table-row>`))
  const { errors } = await readTable(Buffer.from(await zip.close()))
  expect(errors.map(({ refusal }) => refusal.code)).toEqual(["IMPORT_UNREADABLE"])
})
