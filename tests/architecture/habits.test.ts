import { describe, expect, it } from "vitest"
import { RECORD_TYPES } from "../../src/regulation/packs/schema.ts"
import { REFUSALS } from "../../src/regulation/refusals/index.ts"
import { isTest, sourceFiles } from "../../tools/source-files.ts"

/** Refusals that nothing gives yet; can only fall. */
const IDLE_REFUSALS_AT_MOST = 2

const everything = sourceFiles("src", "tests", "tools", "bench").filter(
  (f) => !f.path.startsWith("tests/architecture/"),
)
const code = everything.filter((f) => f.path.startsWith("src/") && !isTest(f))

describe("habits", () => {
  it("no check is switched off inline, and nothing of ours is mocked", () => {
    const off =
      /eslint-disable|@ts-(?:ignore|nocheck|expect-error)|\bvi\.(?:mock|doMock)\(|\b(?:it|test|describe)\.only\(/
    expect(everything.filter((f) => off.test(f.text)).map((f) => f.path)).toEqual([])
  })

  it("every skipped test says why in the line above", () => {
    const silent = (text: string) =>
      text
        .split("\n")
        .some(
          (line, n, lines) =>
            /\.skip(?:If)?\(/.test(line) && !/\*\/|\/\//.test(`${lines[n - 1] ?? ""}${line}`),
        )
    expect(everything.filter((f) => silent(f.text)).map((f) => f.path)).toEqual([])
    expect(silent(`import x\nit.skip("x", f)`)).toBe(true)
    expect(silent(`/** Needs fonts. */\nexport const withFonts = test.skipIf(!fonts)`)).toBe(false)
  })

  it("every fact's retention is a record type that every pack gives a term", () => {
    const unknown = code.flatMap((f) =>
      [...f.text.matchAll(/\bretention: "([^"]+)"/g)]
        .filter(([, type]) => !RECORD_TYPES.some((known) => known === type))
        .map(([text]) => `${f.path}: ${text}`),
    )
    expect(unknown).toEqual([])
  })

  it("every refusal in the table is one that the program gives", () => {
    const given = new Set(
      code
        .filter((f) => !f.path.startsWith("src/regulation/refusals/"))
        .flatMap((f) => [...f.text.matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(([, name]) => name)),
    )
    const idle = Object.keys(REFUSALS).filter((name) => !given.has(name))
    expect(idle.length, idle.join(" ")).toBeLessThanOrEqual(IDLE_REFUSALS_AT_MOST)
  })

  it("every refusal that cites 5-5 or 6-1 to 6-3 is met over HTTP in the journeys", () => {
    const journeys = everything.filter((f) => f.path.startsWith("tests/journeys/")).map((f) => f.text)
    const cited = Object.entries(REFUSALS).filter(
      ([, { source }]) =>
        typeof source === "object" && "duty" in source && /^(?:5-5|6-[123])/.test(source.duty),
    )
    expect(cited.length).toBeGreaterThan(10)
    const unmet = cited.filter(([name]) => !journeys.some((text) => text.includes(`"${name} 第`)))
    expect(unmet.map(([name]) => name)).toEqual([])
  })
})
