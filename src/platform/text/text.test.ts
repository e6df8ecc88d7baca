import { execFileSync } from "node:child_process"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import vectors from "../../../tests/vectors/big5.json" with { type: "json" }
import { BIG5_ROWS } from "./big5-data.ts"
import { checkBig5, decodeBig5, encodeBig5 } from "./big5.ts"
import type { TextCheck, UnknownCode } from "./checks.ts"
import { checkUtf8 } from "./utf8.ts"

const bytesOf = (hex: string) => Buffer.from(hex, "hex")

/** Runs a check over `bytes` cut at `cuts`. */
function unknownsOf(
  check: (report: (u: UnknownCode) => void) => TextCheck,
  bytes: Uint8Array,
  cuts: number[],
) {
  const found: UnknownCode[] = []
  const running = check((u) => found.push(u))
  const edges = [0, ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [i, edge] of edges.slice(1).entries()) running.write(bytes.subarray(edges[i], edge))
  running.end()
  return found
}

const big5Bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "41",
        "2C",
        "0A",
        "22",
        "7C",
        "A440",
        "A45C",
        "A57C",
        "B3A2",
        "FA40",
        "C6A1",
        "8140",
        "FF",
        "80",
        "A4",
      ),
      fc.uint8Array({ minLength: 1, maxLength: 3 }).map((b) => Buffer.from(b).toString("hex")),
    ),
    { maxLength: 60 },
  )
  .map((parts) => bytesOf(parts.join("")))
const cuts = fc.array(fc.nat(), { maxLength: 6 })

describe("Big5", () => {
  test("the table has 408 symbols and 13,053 characters and is fresh from its two sources", () => {
    const sizes = [BIG5_ROWS.slice(0, 3), BIG5_ROWS.slice(3, 38), BIG5_ROWS.slice(38)].map(
      (r) => r.join("").length,
    )
    expect(sizes).toEqual([408, 5401, 7652])
    execFileSync(process.execPath, ["tools/big5-table.ts", "--check"])
  })

  test.each(vectors.decode)("decodes $bytes", ({ bytes, parts }) => {
    expect(decodeBig5(bytesOf(bytes))).toEqual(parts)
  })

  test.each(vectors.encode)("encodes $text", ({ text, encoded }) => {
    expect(encodeBig5(text)).toEqual(
      "bytes" in encoded ? { ok: true, bytes: Uint8Array.from(bytesOf(encoded.bytes ?? "")) } : encoded,
    )
  })

  test("an agency's own table maps its codes both ways", () => {
    const table = new Map([["FA40", "𠮷"]])
    expect(decodeBig5(bytesOf("A4FDFA40A9FA"), table)).toEqual(["王𠮷明"])
    expect(encodeBig5("王𠮷", table)).toEqual({ ok: true, bytes: Uint8Array.from(bytesOf("A4FDFA40")) })
  })

  test("every standard code decodes to what it encodes, but for the two codes the standard has twice", () => {
    const twice: string[] = []
    for (const row of BIG5_ROWS)
      for (const character of row) {
        const encoded = encodeBig5(character)
        if (!encoded.ok) throw new Error(character)
        expect(decodeBig5(encoded.bytes)).toEqual([character])
      }
    for (let code = 0xa140; code <= 0xf9d5; code++) {
      const hex = code.toString(16)
      const [text] = decodeBig5(bytesOf(hex))
      if (typeof text !== "string" || text.length !== 1) continue
      const back = encodeBig5(text)
      if (back.ok && Buffer.from(back.bytes).toString("hex") !== hex) twice.push(hex)
    }
    expect(twice).toEqual(["a2cc", "a2ce"])
  })

  test("bytes are never lost: text and reported codes together give them back", () => {
    fc.assert(
      fc.property(big5Bytes, (bytes) => {
        const back = decodeBig5(bytes).map((part) => {
          if (typeof part !== "string") return bytesOf(part.code)
          const encoded = encodeBig5(part)
          return encoded.ok ? Buffer.from(encoded.bytes) : Buffer.from("lost")
        })
        const same = (b: Buffer) => b.toString("hex").replaceAll("a2cc", "a451").replaceAll("a2ce", "a4ca")
        expect(same(Buffer.concat(back))).toBe(same(bytes))
      }),
    )
  })

  test("the check reports what decoding reports, wherever the pieces are cut", () => {
    fc.assert(
      fc.property(big5Bytes, cuts, (bytes, at) => {
        const expected = decodeBig5(bytes).filter((p) => typeof p !== "string")
        expect(unknownsOf(checkBig5, bytes, at)).toEqual(expected)
      }),
    )
  })
})

describe("UTF-8", () => {
  const utf8Bytes = fc
    .array(
      fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 5 }).map((s) => Buffer.from(s)),
        fc.constantFrom("王", "𠮷", "é").map((s) => Buffer.from(s)),
        fc.constantFrom("C0", "ED", "EDA080", "F48F", "F5", "80", "E4BD", "F09F").map(bytesOf),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.concat(parts))

  const replacementsIn = (bytes: Buffer) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).match(/\ufffd/g)?.length ?? 0

  test("reports one unknown for each U+FFFD that the platform's decoder would put, wherever pieces are cut", () => {
    fc.assert(
      fc.property(utf8Bytes, cuts, (bytes, at) => {
        const found = unknownsOf(checkUtf8, bytes, at)
        const kept = Buffer.from(bytes)
        for (const { position, code } of found) {
          expect(
            bytes
              .subarray(position, position + code.length / 2)
              .toString("hex")
              .toUpperCase(),
          ).toBe(code)
          kept.fill(0x20, position, position + code.length / 2)
        }
        // A U+FFFD that the sender wrote is a character like any other: it stands in both.
        expect(found).toHaveLength(replacementsIn(bytes) - replacementsIn(kept))
        expect(() => new TextDecoder("utf-8", { fatal: true }).decode(kept)).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })
})
