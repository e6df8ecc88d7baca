import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { sentence, sourceLabel } from "../rule.ts"
import { REFUSALS, type RefusalCode } from "./index.ts"

const CODES = Object.keys(REFUSALS) as RefusalCode[]
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).toSorted()

describe("the table of refusals", () => {
  it("holds every code of every file once", () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
      (f) => f.endsWith(".ts") && !f.endsWith(".test.ts"),
    )
    const written = files.flatMap((file) => {
      const text = readFileSync(`${import.meta.dirname}/${file}`, "utf8")
      return [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm)].map((m) => m[1])
    })
    expect(written.toSorted()).toEqual(CODES.toSorted())
  })

  it.for(CODES)("%s says the same in both languages, and writes as officials do", (code) => {
    const { zh, en } = REFUSALS[code]
    expect(new Set(placeholders(zh))).toEqual(new Set(placeholders(en)))
    expect(zh).toMatch(/。$/)
    expect(en).toMatch(/\.$/)
    expect(zh).not.toMatch(/台[北中南灣]|数据|登录|文件夹/)
  })

  it("cites the point and item, our own control, or nothing else", () => {
    expect(sourceLabel("STAMPS_MISSING")).toBe("第六點第（二）款")
    expect(sourceLabel("MODE_NOT_ALLOWED")).toBe("第四點")
    expect(sourceLabel("THREE_PERSONS")).toBe("機關內部控制")
  })

  it("fills the sentence with its detail", () => {
    const refusal = { code: "REGISTER_COLUMN_MISSING", detail: { column: "使用目的" } } as const
    expect(sentence(refusal, "zh")).toContain("「使用目的」欄尚未填載")
    expect(sentence(refusal, "en")).toContain("“使用目的”")
  })
})
