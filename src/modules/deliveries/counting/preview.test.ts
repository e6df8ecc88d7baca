import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { encodeBig5 } from "../../../platform/text/big5.ts"
import { classLines, type RecordFormat } from "./index.ts"

const DELIMITED: RecordFormat = {
  kind: "delimited",
  encoding: "utf-8",
  delimiter: "|",
  quote: '"',
  header: false,
}
const FIXED: RecordFormat = { kind: "fixed", encoding: "utf-8", recordBytes: 12, lineEnd: "none" }

const utf8 = (text: string) => new TextEncoder().encode(text)

/** The classes themselves, and what may stay. */
const SHOWN = /^[字A9符■？ \u3000|"]*$/u

describe("the first lines in classes", () => {
  test.prop([fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom(DELIMITED, FIXED)], {
    numRuns: 500,
  })("hold no character of any text", (text, format) => {
    for (const line of classLines(utf8(text), format)) expect(line).toMatch(SHOWN)
  })

  test.prop([
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(DELIMITED, FIXED),
    fc.constantFrom("utf-8" as const, "big5" as const),
  ])("hold no character of any bytes", (bytes, format, encoding) => {
    const lines = classLines(bytes, { ...format, encoding })
    expect(lines.length).toBeLessThanOrEqual(5)
    for (const line of lines) {
      expect(line).toMatch(SHOWN)
      expect(line.length).toBeLessThanOrEqual(200)
    }
  })

  test.prop([fc.string({ unit: fc.constantFrom("王", "B", "7", "|", "-"), maxLength: 60 })])(
    "are the same for two texts of the same layout",
    (text) => {
      const other = text.replaceAll("王", "林").replaceAll("B", "c").replaceAll("7", "3").replaceAll("-", "/")
      expect(classLines(utf8(other), DELIMITED)).toEqual(classLines(utf8(text), DELIMITED))
    },
  )

  it("show the layout: delimiters, quotes and blanks stay", () => {
    expect(classLines(utf8('A123456789|"王 小明"|1150101\n陳|-|x'), DELIMITED)).toEqual([
      'A999999999|"字 字字"|9999999',
      "字|符|A",
    ])
  })

  it("are the same in Big5, whose second bytes look like the delimiter", () => {
    const encoded = encodeBig5("育|功A\n")
    if (!encoded.ok) throw new Error("not in Big5")
    expect(classLines(encoded.bytes, { ...DELIMITED, encoding: "big5" })[0]).toBe("字|字A")
  })
})
