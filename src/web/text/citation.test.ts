import { describe, expect, it } from "vitest"
import { DUTIES } from "../../regulation/duties.ts"
import { cite, isDuty } from "./citation.ts"

describe("citing 要點", () => {
  it("keeps the regulation's own words in Chinese", () => {
    expect(cite("第六點第（二）款", "zh")).toBe("第六點第（二）款")
  })

  it.for([
    ["第六點第（二）款", "Point 6(2)"],
    ["第四點", "Point 4"],
    ["第十點", "Point 10"],
    ["第十二點第（十一）款", "Point 12(11)"],
    ["機關內部控制", "Internal control"],
    ["個人資料保護法第27條", "個人資料保護法第27條"],
  ] as const)("reads %s to the English reader as %s", ([source, said]) => {
    expect(cite(source, "en")).toBe(said)
  })

  it("every duty's point has an English reading", () => {
    const unread = Object.values(DUTIES).filter(({ point }) => /第.+點/u.test(cite(point, "en")))
    expect(unread).toEqual([])
  })

  it("knows a duty from any other text", () => {
    expect(isDuty("6-2d")).toBe(true)
    expect(isDuty("toString")).toBe(false)
  })
})
