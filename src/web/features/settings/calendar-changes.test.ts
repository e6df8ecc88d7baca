import { describe, expect, it } from "vitest"
import type { CivilDate } from "../../../kernel/time.ts"
import { changesOf } from "./calendar-changes.ts"

const edition = (year: number, ...rests: string[]) => ({
  year,
  version: `${String(year)}-0`,
  restDays: new Set(rests as CivilDate[]),
  remarks: new Map<CivilDate, string>(),
})
const IN_FORCE = {
  year: 2027,
  version: "2027-1",
  restDays: ["2027-01-01", "2027-01-02"],
  importedAt: null,
  importedBy: null,
}

describe("what a calendar would change", () => {
  it("is each day that turns from work to rest or back", () => {
    expect(changesOf(edition(2027, "2027-01-02", "2027-01-04"), [IN_FORCE])).toEqual({
      before: "2027-1",
      toRest: ["2027-01-04"],
      toWork: ["2027-01-01"],
    })
  })

  it("is measured against weekends in a year that has none", () => {
    const { before, toRest, toWork } = changesOf(edition(2028, "2028-01-01", "2028-01-03"), [IN_FORCE])
    expect([before, toRest]).toEqual([null, ["2028-01-03"]])
    expect(toWork).toHaveLength(105)
    expect(toWork.at(-1)).toBe("2028-12-31")
  })
})
