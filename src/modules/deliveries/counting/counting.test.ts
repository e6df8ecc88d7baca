import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { encodeBig5 } from "../../../platform/text/big5.ts"
import { eachLine } from "./bytes.ts"
import { createCounter } from "./count.ts"
import type { Counted, RecordFormat } from "./format.ts"

type Delimited = Extract<RecordFormat, { kind: "delimited" }>
type Fixed = Extract<RecordFormat, { kind: "fixed" }>

const CSV = { kind: "delimited", encoding: "utf-8", delimiter: ",", quote: '"', header: false } as const
const FIXED = { kind: "fixed", encoding: "big5", recordBytes: 10, lineEnd: "crlf" } as const

/** Counts `bytes` in pieces cut at `cuts`. */
function count(format: RecordFormat, content: Uint8Array | string, cuts: readonly number[] = []): Counted {
  const bytes = typeof content === "string" ? Buffer.from(content) : content
  const counter = createCounter(format)
  const edges = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  // Copies are aligned, as the file store's pieces are; slices mostly are not. Both ways of reading must agree.
  for (const [i, edge] of edges.slice(1).entries())
    counter.write(
      i % 2 === 0 ? Uint8Array.from(bytes.subarray(edges[i], edge)) : bytes.subarray(edges[i], edge),
    )
  return counter.end()
}

function encoded(text: string, encoding: RecordFormat["encoding"]): Buffer {
  if (encoding === "utf-8") return Buffer.from(text)
  const result = encodeBig5(text)
  if (!result.ok) throw new Error(result.character)
  return Buffer.from(result.bytes)
}

const cuts = fc.array(fc.nat(), { maxLength: 8 })
const encoding = fc.constantFrom<RecordFormat["encoding"]>("utf-8", "big5")
const lineEnd = fc.constantFrom("\n", "\r\n", "\r")
/** 許 功 蓋 and others end in bytes that look like `\`, `|` or `~`. */
const character = fc.constantFrom(..."A19- 王許功蓋育屏悴臺‧", "\\", "^", "@")
const word = fc.array(character, { minLength: 1, maxLength: 6 }).map((c) => c.join(""))

describe("6-3a 下載筆數：分隔文字", () => {
  const format = fc.record({
    kind: fc.constant("delimited" as const),
    encoding,
    delimiter: fc.constantFrom(",", "\t", "|", ";", "~"),
    quote: fc.constant('"'),
    header: fc.boolean(),
  })
  const quotable = fc.array(fc.oneof(word, fc.constantFrom(",", '"', "\n", "\r\n", "|", "~", "")), {
    maxLength: 4,
  })
  const table = fc
    .record({ columns: fc.integer({ min: 2, max: 4 }), rows: fc.integer({ min: 1, max: 8 }) })
    .chain(({ columns, rows }) =>
      fc.array(
        fc.array(
          quotable.map((c) => c.join("")),
          { minLength: columns, maxLength: columns },
        ),
        {
          minLength: rows,
          maxLength: rows,
        },
      ),
    )
  const written = fc.record({
    rows: table,
    ends: fc.array(lineEnd, { minLength: 8, maxLength: 8 }),
    hasLastEnd: fc.boolean(),
    hasBom: fc.boolean(),
    quoteAll: fc.boolean(),
  })

  function serialise(of: Delimited, file: typeof written extends fc.Arbitrary<infer T> ? T : never): string {
    const field = (text: string) =>
      file.quoteAll || /["\r\n]/.test(text) || text.includes(of.delimiter)
        ? `"${text.replaceAll('"', '""')}"`
        : text
    const lines = file.rows.map((row, i) => {
      const isLast = i === file.rows.length - 1
      return row.map(field).join(of.delimiter) + (isLast && !file.hasLastEnd ? "" : (file.ends[i] ?? "\n"))
    })
    return (file.hasBom && of.encoding === "utf-8" ? "\ufeff" : "") + lines.join("")
  }

  test("what was written is counted, wherever the pieces are cut", () => {
    fc.assert(
      fc.property(format, written, cuts, (of, file, at) => {
        const bytes = encoded(serialise(of, file), of.encoding)
        expect(count(of, bytes, at)).toEqual({
          records: file.rows.length - (of.header ? 1 : 0),
          bytes: bytes.length,
          unknown: { total: 0, first: [] },
          problem: null,
        })
      }),
      { numRuns: 2000 },
    )
  })

  test("what csv-parse reads strictly counts the same, and what counts is what csv-parse reads", () => {
    const part = fc.oneof(word, fc.constantFrom(",", ",", '"', "\n", "\n", "\r\n"))
    const text = fc.array(part, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(""))
    fc.assert(
      fc.property(text, cuts, (content, at) => {
        const ours = count(CSV, content, at)
        const strict = reference(content, false)
        if (strict !== null && new Set(strict.map((row) => row.length)).size === 1)
          expect(ours).toMatchObject({ records: strict.length, problem: null })
        if (ours.problem === null) expect(reference(content, true)).toHaveLength(ours.records)
      }),
      { numRuns: 5000 },
    )
  })

  /** Rows as csv-parse reads them; `null` when it refuses. Relaxed, a quote inside a bare field is text. */
  function reference(content: string, isRelaxed: boolean): string[][] | null {
    const recordEnds = { record_delimiter: ["\r\n", "\n"], skip_empty_lines: true }
    try {
      return parse(content, { ...recordEnds, relax_column_count: true, relax_quotes: isRelaxed })
    } catch {
      return null
    }
  }

  test.each([
    ["沒有結尾換行", "a,b\nc,d", 2],
    ["各種換行混用", "a,b\r\nc,d\ne,f\rg,h\r\n", 4],
    ["空白列不計", "a,b\n\n\r\nc,d\n\n", 2],
    ["引號內換行", '"a\r\nb",c\n"d","e\n"\n', 2],
    ["引號內引號", '"a""b",c\n"""",d\n', 2],
    ["檔尾 0x1A", "a,b\nc,d\n\x1a", 2],
    ["未加引號欄位中的引號", 'a 5" b,c\nd,e\n', 2],
  ])("%s", (_, content, records) => {
    for (let cut = 0; cut <= content.length; cut++)
      expect(count(CSV, content, [cut])).toMatchObject({ records, problem: null })
  })

  test.each([
    ["空檔", "", "FILE_EMPTY"],
    ["只有 BOM", "\ufeff", null],
    ["引號未結束", 'a,b\n"c,d\n', "RECORD_TRUNCATED"],
    ["最後一筆欄位不足且無換行", "a,b,c\nd,e", "RECORD_TRUNCATED"],
    ["引號後有多餘文字", '"a"b,c\n', "FILE_FORMAT_WRONG"],
    ["含 NUL", "a,b\n\0,d\n", "FILE_FORMAT_WRONG"],
    ["ZIP", "PK\x03\x04....", "FILE_FORMAT_WRONG"],
    ["PDF", "%PDF-1.7\n....", "FILE_FORMAT_WRONG"],
    ["欄位中混入換行", "a,b\nc,臺北市\n信義路\nd,e\n", "FILE_FORMAT_WRONG"],
  ])("%s", (_, content, code) => {
    const bytes = Buffer.from(content)
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(count(CSV, bytes, [cut]).problem?.code ?? null).toBe(code)
  })

  test("a record with another number of fields is named", () => {
    expect(count({ ...CSV, header: true }, "h\na,b\nc,d\ne,f,g\n").problem?.detail).toEqual({
      reason: "第 3 筆有 3 欄，應為 2 欄",
    })
  })

  test("a file cut anywhere never counts as whole, unless it is cut at a record's last field", () => {
    const bytes = encoded("王小明,許功蓋,1\n臺北市,功,2\n育,屏,3\n", "big5")
    const whole = [bytes.indexOf("\n"), bytes.indexOf("\n", 17), bytes.length - 1]
    for (let size = 1; size < bytes.length; size++) {
      const { problem } = count({ ...CSV, encoding: "big5" }, bytes.subarray(0, size))
      if (problem !== null)
        expect(problem).toMatchObject({ code: "RECORD_TRUNCATED", detail: { position: size } })
      else if (size > bytes.indexOf("\n"))
        expect(whole.some((end) => size >= end - 1 && size <= end + 1)).toBe(true)
    }
  })

  test("half a character before a line end swallows nothing", () => {
    const bytes = Buffer.from("612c62a40a632ca40a", "hex")
    expect(count({ ...CSV, encoding: "big5" }, bytes)).toMatchObject({ records: 2, unknown: { total: 2 } })
    expect(
      count({ ...CSV, encoding: "big5", delimiter: "|" }, Buffer.from("617ca40a627ca40a", "hex")),
    ).toMatchObject({
      records: 2,
      problem: null,
    })
  })

  test("UTF-8 handed over as Big5, and UTF-16, are told", () => {
    expect(count({ ...CSV, encoding: "big5" }, "\ufeffa,b\n").problem?.code).toBe("FILE_FORMAT_WRONG")
    expect(count(CSV, Buffer.from("\ufeffa,b\n", "utf16le")).problem?.code).toBe("FILE_FORMAT_WRONG")
  })

  test("the list of unknown codes is capped, their number is not", () => {
    const { unknown } = count(CSV, Buffer.alloc(1000, 0xff))
    expect([unknown.total, unknown.first.length]).toEqual([1000, 100])
  })
})

describe("6-3a 下載筆數：定長資料", () => {
  const records = fc.array(
    fc.array(fc.constantFrom("王", "許", "AB", "9 "), { minLength: 5, maxLength: 5 }).map((c) => c.join("")),
    { minLength: 1, maxLength: 12 },
  )
  const formatOf = (end: Fixed["lineEnd"]): Fixed => ({ ...FIXED, lineEnd: end })

  test("what was written is counted, wherever the pieces are cut", () => {
    fc.assert(
      fc.property(
        records,
        fc.constantFrom("none", "lf", "crlf"),
        fc.boolean(),
        cuts,
        (rows, end, hasLast, at) => {
          const line = { none: "", lf: "\n", crlf: "\r\n" }[end]
          const text = hasLast ? rows.map((r) => r + line).join("") : rows.join(line)
          expect(count(formatOf(end), encoded(text, "big5"), at)).toMatchObject({
            records: rows.length,
            unknown: { total: 0 },
            problem: null,
          })
        },
      ),
      { numRuns: 1000 },
    )
  })

  test("a file cut off anywhere else than at a record's end is told", () => {
    for (const end of ["none", "lf", "crlf"] as const) {
      const line = { none: "", lf: "\n", crlf: "\r\n" }[end]
      const bytes = encoded(`王小明AB${line}`.replaceAll("AB", "ABCD").repeat(3), "big5")
      const step = 10 + line.length
      for (let size = 1; size < bytes.length; size++) {
        const isWhole = size % step === 0 || size % step >= 10
        expect(count(formatOf(end), bytes.subarray(0, size)).problem?.code).toBe(
          isWhole ? undefined : "RECORD_TRUNCATED",
        )
      }
    }
  })

  test("a length that cuts characters is told, even if the file's size fits", () => {
    for (const encoding of ["big5", "utf-8"] as const) {
      const format: Fixed = { kind: "fixed", encoding, recordBytes: 7, lineEnd: "none" }
      expect(count(format, encoded("王".repeat(42), encoding)).problem?.code).toBe("FILE_FORMAT_WRONG")
    }
  })

  test("line ends where none were agreed, and an empty file", () => {
    expect(count(formatOf("none"), "012345678\n").problem?.code).toBe("FILE_FORMAT_WRONG")
    expect(count(FIXED, "").problem?.code).toBe("FILE_EMPTY")
    expect(count(FIXED, "0123456789\r\n\x1a")).toMatchObject({ records: 1, problem: null })
  })
})

test("lines are read four bytes at a time as one at a time, up to a lone CR", () => {
  const codes = fc.array(fc.constantFrom(0x2c, 0x2c, 0x0a, 0x0d, 0x09, 0x0b, 0x0f, 0x10, 0xac, 0, 0xff), {
    maxLength: 80,
  })
  fc.assert(
    fc.property(codes, fc.nat(9), fc.constantFrom(",", "\t"), (all, start, delimiter) => {
      const bytes = Buffer.from(Uint8Array.from(all).buffer)
      const from = Math.min(all.length, start)
      const [untilLoneCr = ""] = bytes.toString("latin1", from).split(/\r(?!\n)/)
      const ended = untilLoneCr.split("\n").slice(0, -1)
      const found: [number, boolean][] = []
      const rest = eachLine(bytes, delimiter.charCodeAt(0), from, (...line) => found.push(line))
      expect(found).toEqual(
        ended.map((line) => [line.split(delimiter).length - 1, line.replace(/\r$/, "") !== ""]),
      )
      expect(rest).toBe(from + ended.join("\n").length + Math.min(ended.length, 1))
    }),
    { numRuns: 5000 },
  )
})

test("a ragged record and a blank line do not make up for each other", () => {
  const lines = ["a,b\n".repeat(9), ",\n,,\n\n", "a,b\n".repeat(9)].join("")
  expect(count(CSV, lines).problem?.code).toBe("FILE_FORMAT_WRONG")
})
