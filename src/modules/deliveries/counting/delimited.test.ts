import { fc, test } from "@fast-check/vitest"
import { parse } from "csv-parse/sync"
import { describe, expect, it } from "vitest"
import { encodeBig5 } from "../../../platform/text/big5.ts"
import { createCounter, type Counted, type RecordFormat } from "./index.ts"

type Delimited = Extract<RecordFormat, { kind: "delimited" }>

const FORMAT: Delimited = { kind: "delimited", encoding: "utf-8", delimiter: ",", quote: '"', header: false }

/** 功 is A55C and 育 A87C in Big5: their second bytes look like `\` and `|`; 一 is A440. */
const fields = fc.string({
  unit: fc.constantFrom("功", "育", "一", "王", "Z", "9", " ", "'", '"', ",", "|", ";", "\t", "\n", "\r"),
  maxLength: 6,
})
const rows = fc.array(
  fc.record({
    fields: fc.array(fc.record({ text: fields, quoted: fc.boolean() }), { minLength: 4, maxLength: 4 }),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    blankAfter: fc.boolean(),
  }),
  { maxLength: 8 },
)
const files = fc.record({
  rows,
  columns: fc.integer({ min: 2, max: 4 }),
  delimiter: fc.constantFrom(",", "|", ";", "\t"),
  quote: fc.constantFrom('"', "'"),
  header: fc.boolean(),
  lastLineEnds: fc.boolean(),
})
const cuts = fc.array(fc.nat(400), { maxLength: 12 })

interface Written extends Pick<Delimited, "delimiter"> {
  readonly quote: string
  readonly columns: number
  readonly lastLineEnds: boolean
  readonly rows: readonly {
    readonly fields: readonly { readonly text: string; readonly quoted: boolean }[]
    readonly end: string
    readonly blankAfter: boolean
  }[]
}

function written({ rows, columns, delimiter, quote, lastLineEnds }: Written): string {
  const lines = rows.map(({ fields, end, blankAfter }, i) => {
    const line = fields
      .slice(0, columns)
      .map(({ text, quoted }) => field(text, quoted, delimiter, quote))
      .join(delimiter)
    return i === rows.length - 1 && !lastLineEnds ? line : `${line}${end}${blankAfter ? end : ""}`
  })
  return lines.join("")
}

function field(text: string, quoted: boolean, delimiter: string, quote: string): string {
  const mustQuote = [delimiter, quote, "\n", "\r"].some((special) => text.includes(special))
  return quoted || mustQuote ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text
}

function count(format: RecordFormat, bytes: Uint8Array, cutAt: readonly number[] = []): Counted {
  const counter = createCounter(format)
  const edges = [0, ...cutAt.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]
  for (const [i, edge] of edges.slice(1).entries()) counter.write(bytes.subarray(edges[i], edge))
  return counter.end()
}

/** Cutting a file must change nothing that is said of it; once it is refused, only the refusal counts. */
function expectSame(cut: Counted, whole: Counted): void {
  expect(cut.problem?.code).toBe(whole.problem?.code)
  if (whole.problem === null) expect(cut).toEqual(whole)
}

function big5(text: string): Uint8Array {
  const encoded = encodeBig5(text)
  if (!encoded.ok) throw new Error(`not in Big5: ${encoded.character}`)
  return encoded.bytes
}

const utf8 = (text: string) => new TextEncoder().encode(text)

describe("delimited records", () => {
  test.prop([files, cuts, fc.boolean()], { numRuns: 1000 })(
    "are counted in UTF-8 wherever the pieces are cut, as csv-parse counts them",
    (file, cutAt, bom) => {
      const text = `${bom ? "\u{feff}" : ""}${written(file)}`
      const { delimiter, quote, header } = file
      const counted = count({ ...FORMAT, delimiter, quote, header }, utf8(text), cutAt)
      const isHeld = file.rows.length > 0 && header
      expect(counted.records).toBe(file.rows.length - (isHeld ? 1 : 0))
      expect(counted.unknown.total).toBe(0)
      expect(counted.problem?.code).toBe(text === "" ? "FILE_EMPTY" : undefined)
      const reference: unknown[] = parse(text, {
        delimiter,
        quote,
        escape: quote,
        bom: true,
        record_delimiter: ["\r\n", "\n", "\r"],
        skip_empty_lines: true,
      })
      expect(reference).toHaveLength(file.rows.length)
    },
  )

  test.prop([files, cuts], { numRuns: 1000 })(
    "are counted in Big5, whose second bytes look like delimiters",
    (file, cutAt) => {
      const { delimiter, quote, header } = file
      const bytes = big5(written(file))
      const counted = count({ ...FORMAT, encoding: "big5", delimiter, quote, header }, bytes, cutAt)
      expect(counted).toMatchObject({
        records: Math.max(0, file.rows.length - (header ? 1 : 0)),
        bytes: bytes.length,
        unknown: { total: 0 },
      })
    },
  )

  test.prop([fc.uint8Array({ maxLength: 200 }), cuts, fc.constantFrom("utf-8" as const, "big5" as const)])(
    "give the same answer for any bytes, cut or whole",
    (bytes, cutAt, encoding) => {
      const format = { ...FORMAT, encoding }
      expectSame(count(format, bytes, cutAt), count(format, bytes))
    },
  )

  test.prop([
    fc.array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x41, 0xa4, 0x40, 0x7c, 0xfe, 0xef, 0xbb, 0xbf), {
      maxLength: 40,
    }),
    cuts,
    fc.constantFrom("utf-8" as const, "big5" as const),
  ])("give the same answer for malformed text, cut or whole", (codes, cutAt, encoding) => {
    const format = { ...FORMAT, encoding }
    const bytes = Uint8Array.from(codes)
    const small = cutAt.map((cut) => cut % 40)
    expectSame(count(format, bytes, small), count(format, bytes))
  })

  it("keep a line end that follows half a Big5 code", () => {
    const bytes = Uint8Array.from([0x22, 0x41, 0x22, 0x2c, 0xa4, 0x0a, 0x42, 0x2c, 0x43, 0x0a])
    const counted = count({ ...FORMAT, encoding: "big5" }, bytes)
    expect(counted).toMatchObject({ records: 2, unknown: { total: 1 }, problem: null })
  })

  it("are split at every line end when the provider quotes nothing", () => {
    expect(count({ ...FORMAT, quote: null }, utf8('"a\nb"\nc'))).toMatchObject({ records: 3, problem: null })
  })

  it("count unknown codes and list the first by position", () => {
    const bytes = Uint8Array.from([0x41, 0x2c, 0xfa, 0x40, 0x0a])
    const counted = count({ ...FORMAT, encoding: "big5" }, bytes, [3])
    expect(counted.unknown).toEqual({ total: 1, first: [{ position: 2, code: "FA40" }] })
    expect(counted).toMatchObject({ records: 1, problem: null })
  })
})

describe("a delimited file that cannot be counted", () => {
  it("FILE_EMPTY: no byte at all", () => {
    expect(count(FORMAT, new Uint8Array())).toMatchObject({ records: 0, problem: { code: "FILE_EMPTY" } })
  })

  it("RECORD_TRUNCATED: the end is inside a quoted field, and says where", () => {
    const counted = count(FORMAT, utf8('1,"王'))
    expect(counted.problem).toEqual({ code: "RECORD_TRUNCATED", detail: { position: 6 } })
  })

  it("RECORD_TRUNCATED: the end is inside a character", () => {
    expect(count(FORMAT, utf8("1,王").subarray(0, 4)).problem?.code).toBe("RECORD_TRUNCATED")
    expect(count({ ...FORMAT, encoding: "big5" }, big5("1,王").subarray(0, 3)).problem?.code).toBe(
      "RECORD_TRUNCATED",
    )
  })

  it.each([
    ["ZIP", "PK\u{3}\u{4}....\n"],
    ["PDF", "%PDF-1.7\n"],
    ["Office", "\u{d0}\u{cf}\u{11}\u{e0}....\n"],
  ])("FILE_FORMAT_WRONG: it is a %s, even when its first bytes come one by one", (name, start) => {
    const bytes = Uint8Array.from(Buffer.from(start, "latin1"))
    for (const cutAt of [[], [1], [1, 2, 3]]) {
      const { problem } = count(FORMAT, bytes, cutAt)
      expect(problem?.code).toBe("FILE_FORMAT_WRONG")
      expect(problem?.detail?.["reason"]).toContain(name)
    }
  })

  it("FILE_FORMAT_WRONG: a record has other fields than the first", () => {
    const { problem } = count(FORMAT, utf8("a,b\nc,d,e\nf,g\n"))
    expect(problem?.code).toBe("FILE_FORMAT_WRONG")
  })

  it("FILE_FORMAT_WRONG: it holds bytes of no text", () => {
    expect(count(FORMAT, utf8("a,b\n\0,c\n")).problem?.code).toBe("FILE_FORMAT_WRONG")
  })
})
