import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { encodeBig5 } from "../../../platform/text/big5.ts"
import { createCounter, type Counted, type RecordFormat } from "./index.ts"

type Fixed = Extract<RecordFormat, { kind: "fixed" }>

const UNBROKEN: Fixed = { kind: "fixed", encoding: "utf-8", recordBytes: 6, lineEnd: "none" }
const LINES: Fixed = { ...UNBROKEN, lineEnd: "lf" }

const records = fc.array(
  fc.string({ unit: fc.constantFrom("功", "A", "9", " "), minLength: 6, maxLength: 6 }),
  {
    minLength: 1,
    maxLength: 8,
  },
)
const lineEnds = fc.array(fc.constantFrom("\n", "\r\n"), { minLength: 8, maxLength: 8 })
const cuts = fc.array(fc.nat(120), { maxLength: 10 })
const encodings = fc.constantFrom("utf-8" as const, "big5" as const)

function count(format: RecordFormat, bytes: Uint8Array, cutAt: readonly number[] = []): Counted {
  const counter = createCounter(format)
  const edges = [0, ...cutAt.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]
  for (const [i, edge] of edges.slice(1).entries()) counter.write(bytes.subarray(edges[i], edge))
  return counter.end()
}

function encode(text: string, encoding: Fixed["encoding"]): Uint8Array {
  const encoded = encoding === "big5" ? encodeBig5(text) : null
  return encoded?.ok === true ? encoded.bytes : new TextEncoder().encode(text)
}

/** Six characters, filled with spaces to a length of bytes that they all fit in. */
function padded(text: string, encoding: Fixed["encoding"]): string {
  return text + " ".repeat(18 - encode(text, encoding).length)
}

describe("fixed-length records", () => {
  test.prop([records, encodings, cuts, fc.boolean()])(
    "are counted without line ends, wherever the pieces are cut",
    (texts, encoding, cutAt, hasBom) => {
      const text = texts.map((one) => padded(one, encoding)).join("")
      const bytes = encode(hasBom && encoding === "utf-8" ? `\u{feff}${text}` : text, encoding)
      const counted = count({ ...UNBROKEN, encoding, recordBytes: 18 }, bytes, cutAt)
      expect(counted).toMatchObject({ records: texts.length, bytes: bytes.length, problem: null })
      expect(counted.unknown.total).toBe(0)
    },
  )

  test.prop([records, lineEnds, encodings, cuts, fc.boolean()])(
    "are counted with mixed line ends, the last of them missing or not",
    (texts, ends, encoding, cutAt, lastLineEnds) => {
      const lines = texts.map((one, i) => {
        const end = i === texts.length - 1 && !lastLineEnds ? "" : (ends[i] ?? "\n")
        return `${padded(one, encoding)}${end}`
      })
      const bytes = encode(lines.join(""), encoding)
      const counted = count({ ...LINES, encoding, recordBytes: 18 }, bytes, cutAt)
      expect(counted).toMatchObject({ records: texts.length, bytes: bytes.length, problem: null })
    },
  )

  test.prop([records, fc.integer({ min: 1, max: 17 }), fc.boolean(), cuts])(
    "RECORD_TRUNCATED: any missing end is told",
    (texts, missing, broken, cutAt) => {
      const text = texts.map((one) => padded(one, "big5")).join(broken ? "\n" : "")
      const bytes = encode(text, "big5")
      const format: Fixed = { ...(broken ? LINES : UNBROKEN), encoding: "big5", recordBytes: 18 }
      const { problem } = count(format, bytes.subarray(0, bytes.length - missing), cutAt)
      expect(problem?.code).toBe("RECORD_TRUNCATED")
    },
  )
})

describe("a fixed-length file that cannot be counted", () => {
  it("FILE_EMPTY: no byte at all", () => {
    for (const format of [UNBROKEN, LINES])
      expect(count(format, new Uint8Array()).problem?.code).toBe("FILE_EMPTY")
  })

  it.each([
    ["longer", "AAAAAA\nBBBBBBB\nCCCCCC\n", 7],
    ["shorter", "AAAAAA\r\nBBBBB\r\nCCCCCC\r\n", 5],
  ])("RECORD_LENGTH_WRONG: the first %s record is named", (_, text, actual) => {
    for (const cutAt of [[], [7], [8, 14]])
      expect(count(LINES, encode(text, "utf-8"), cutAt).problem).toEqual({
        code: "RECORD_LENGTH_WRONG",
        detail: { record: 2, actual, expected: 6 },
      })
  })

  it("RECORD_LENGTH_WRONG: the last record without a line end is too long", () => {
    expect(count(LINES, encode("AAAAAA\nBBBBBBB", "utf-8")).problem?.code).toBe("RECORD_LENGTH_WRONG")
  })

  it("FILE_FORMAT_WRONG: line ends where none were agreed", () => {
    expect(count(UNBROKEN, encode("AAAAAA\nBBBBBB\n", "utf-8")).problem?.code).toBe("FILE_FORMAT_WRONG")
  })

  it("FILE_FORMAT_WRONG: a ZIP is handed over", () => {
    expect(count(UNBROKEN, encode("PK\u{3}\u{4}AA", "utf-8"), [1]).problem?.code).toBe("FILE_FORMAT_WRONG")
  })
})
