import { fc, test } from "@fast-check/vitest"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { makeBlankFont } from "./blank-font.ts"
import { coverageOf, readCoverage } from "./font-coverage.ts"
import { findFonts, missingGlyphs } from "./fonts.ts"

const directory = mkdtempSync(join(tmpdir(), "fonts-"))
afterAll(() => rmSync(directory, { recursive: true }))

function write(name: string, bytes: Uint8Array): string {
  const file = join(directory, name)
  writeFileSync(file, bytes)
  return file
}

const characters = fc.uniqueArray(
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((c) => c.isWellFormed()),
  { maxLength: 60 },
)

describe("coverage of fonts 字型收錄", () => {
  test.prop([characters, characters])("is exactly what the cmap says", (inFont, others) => {
    const coverage = readCoverage(write("made.ttf", makeBlankFont(inFont)))
    for (const character of [...inFont, ...others])
      expect(coverage.has(character.codePointAt(0) ?? 0)).toBe(inFont.includes(character))
  })

  it("reads format 4 with deltas and with glyph arrays, where glyph 0 means none", () => {
    const words = [0, 1, 3, 1, 0, 12, 4, 48, 0, 6, 0, 0, 0, 0x42, 0x51, 0xffff, 0, 0x41, 0x50, 0xffff]
    words.push(0xffff & (5 - 0x41), 0, 1, 0, 4, 0, 0, 7)
    const cmap = new DataView(new ArrayBuffer(words.length * 2))
    words.forEach((word, index) => cmap.setUint16(index * 2, word))
    const coverage = coverageOf(cmap)
    expect([0x40, 0x41, 0x42, 0x43, 0x50, 0x51, 0xffff].filter((code) => coverage.has(code))).toEqual([
      0x41, 0x42, 0x51,
    ])
  })

  it("says which file is no font", () => {
    expect(() => readCoverage(write("no.ttf", new Uint8Array(100)))).toThrow(/no\.ttf/u)
    expect(() => readCoverage(write("cut.ttf", makeBlankFont(["甲"]).slice(0, 40)))).toThrow(/cut\.ttf/u)
  })
})

describe("missing characters 字型未收錄字元", () => {
  it("are found without 全字庫, each once and in order", () => {
    expect(missingGlyphs("吳𠮷堃\u{F0000}犇𠮷臺\n", findFonts([]))).toEqual(["𠮷", "\u{F0000}"])
  })

  it("include invisible characters, so that none is lost silently", () => {
    expect(missingGlyphs("葛\u{E0100}\u0001", findFonts([]))).toEqual(["\u{E0100}", "\u0001"])
  })

  it("are fewer when 全字庫 is there, in any folder below", () => {
    write("TW-Sung-Ext-B-98_1.ttf", makeBlankFont(["𠮷"]))
    const fonts = findFonts([directory, "/no/such/directory"])
    expect(fonts.map((font) => font.name)).toEqual(["Noto Sans TC", "TW-Sung-Ext-B"])
    expect(missingGlyphs("吳𠮷\u{F0000}", fonts)).toEqual(["\u{F0000}"])
  })
})
