import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { DUTIES, DUTY_IDS } from "../../src/regulation/duties.ts"
import { STAGE, traceDuties } from "../../tools/duty-trace.ts"
import { ROOT } from "../../tools/source-files.ts"

/** Software duties not yet kept, over all stages, and those of this stage among them. Both can only fall. */
const PLANNED_AT_MOST = 31
const PLANNED_OF_THIS_STAGE_AT_MOST = 0

const planned = traceDuties().filter((t) => t.status === "planned")

describe("the duty trace", () => {
  it("leaves no more duties planned than before", () => {
    const ofThisStage = planned.filter((t) => t.duty.issue <= STAGE)
    expect(ofThisStage.length, ofThisStage.map((t) => t.id).join(" ")).toBeLessThanOrEqual(
      PLANNED_OF_THIS_STAGE_AT_MOST,
    )
    expect(planned.length).toBeLessThanOrEqual(PLANNED_AT_MOST)
  })

  it("an organisational duty says why software does not keep it", () => {
    for (const { id, duty } of traceDuties().filter((t) => t.status === "organisational"))
      expect(duty.why, id).toMatch(/\p{Script=Han}/u)
  })

  it("finds a rule, a test and a screen by the duty they name, and nothing else", () => {
    const traces = traceDuties([
      { path: "src/modules/a/rules.ts", text: `export const x = rule(\n  "6-2d", (e) => null)` },
      { path: "src/modules/a/rules.test.ts", text: `it("6-2d 兩職章齊備始得提供", () => {})` },
      { path: "src/modules/b/rules.ts", text: `rule("6-3a", …)` },
      { path: "tests/journeys/c.test.ts", text: `it("6-2b、6-2c 核章", …); dutyTest("5-5a", "應設專人", …)` },
      { path: "src/web/features/a/page.tsx", text: `<Field duty="6-2b 6-2c" />` },
    ])
    const about = (id: string) => traces.find((t) => t.id === id)
    expect(about("6-2d")).toMatchObject({ status: "done", tests: ["src/modules/a/rules.test.ts"] })
    expect(about("6-3a")).toMatchObject({ status: "planned", rules: ["src/modules/b/rules.ts"], tests: [] })
    expect(about("6-2c")).toMatchObject({
      tests: ["tests/journeys/c.test.ts"],
      screens: ["src/web/features/a/page.tsx"],
    })
    expect(about("5-5a")?.tests).toEqual(["tests/journeys/c.test.ts"])
    expect(traces.filter((t) => t.status === "done")).toHaveLength(1)
  })
})

describe("the text of the regulation", () => {
  it("names every duty once, under its own point and item", () => {
    const text = readFileSync(join(ROOT, "docs/regulation/README.md"), "utf8")
    const written = text.split(/^#{2,3} /m).flatMap((section) => {
      const heading = section.split("\n")[0] ?? ""
      const codes = /^義務代碼：(.*)$/m.exec(section)?.[1] ?? ""
      return [...codes.matchAll(/`([^`]+)`/g)].map(([, id]) => `${id ?? ""} ${heading}`)
    })
    expect(written).toEqual(DUTY_IDS.map((id) => `${id} ${DUTIES[id].point.replace(/第\d目$/, "")}`))
  })
})
