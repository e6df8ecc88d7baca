import { describe, expect } from "vitest"
import type { Actor } from "../../../kernel/actor.ts"
import type { PersonId, AccountId, UnitId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { Unit, UnitKind } from "../model.ts"
import { decideCreateUnit } from "./roster.ts"
import { decideEndUnit, decideUpdateUnit, type AroundUnitEnd } from "./units.ts"

const NOW = "2026-11-25T02:00:00.000Z" as Instant
const TODAY = "2026-11-25" as CivilDate
const TOMORROW_0000 = "2026-11-25T16:00:00.000Z" as Instant
const administrator: Actor = {
  kind: "person",
  person: "p" as PersonId,
  account: "a" as AccountId,
  name: "王系統",
  posts: [{ role: "administrator", unit: "it" as UnitId }],
}

function unit(id: string, kind: UnitKind, parent: string | null, until: Instant | null = null): Unit {
  const at = "2026-01-01T00:00:00.000Z" as Instant
  const place = { parent: parent as UnitId | null, since: at, until }
  return { id: id as UnitId, code: id, name: id, kind, ...place, version: 1, createdAt: at }
}
const agency = unit("局", "agency", null)
const business = unit("疾管", "business", "局")

function updated(change: Partial<{ name: string; code: string; parent: Unit | null; above: string[] }>) {
  const { parent = agency, above = ["局"], ...words } = change
  const around = { unit: business, parent, above: above as UnitId[], codeTaken: words.code === "政風" }
  const { id, code, name } = business
  const input = { id, code, name, parent: parent?.id ?? null, ...words }
  const decision = decideUpdateUnit(around, input, { actor: administrator, now: NOW })
  return decision.ok ? decision.next : decision.refusals.map((refusal) => refusal.code)
}

function ended(around: Partial<AroundUnitEnd>, on = TODAY, actor = administrator) {
  const decision = decideEndUnit(
    { unit: business, posts: [], below: [], ...around },
    { id: business.id, on },
    { actor, now: NOW },
  )
  return decision.ok ? decision.next.until : decision.refusals.map((refusal) => refusal.code)
}

describe("單位之變更", () => {
  dutyTest("2-1", "單位得改名、改代碼、改隸，仍在本局組織之內", () => {
    expect(updated({ name: "疾病管制處" })).toMatchObject({ name: "疾病管制處", version: 2 })
    expect(updated({ code: "政風" })).toEqual(["UNIT_CODE_TAKEN"])
    expect(updated({ parent: null })).toEqual(["UNIT_NEEDS_PARENT"])
    expect(updated({})).toEqual(["NOTHING_TO_CHANGE"])
  })

  dutyTest("2-1", "單位不得隸屬於自己或其下級，亦不得隸屬於已裁撤者", () => {
    expect(updated({ parent: unit("課", "business", "疾管"), above: ["課", "疾管", "局"] })).toEqual([
      "UNIT_BELOW_ITSELF",
    ])
    expect(updated({ parent: unit("舊", "business", "局", NOW) })).toEqual(["UNIT_ENDED"])
    expect(updated({ parent: unit("將裁", "business", "局", TOMORROW_0000) })).toEqual(["UNIT_ENDED"])
    const created = decideCreateUnit(
      { parent: unit("舊", "business", "局", NOW), codeTaken: false },
      { id: "新" as UnitId, code: "新", name: "新", kind: "business" },
      { actor: administrator, now: NOW },
    )
    expect(created.ok).toBe(false)
  })
})

describe("單位之裁撤", () => {
  dutyTest("2-1", "即日或將來之日起裁撤，生效日零時起不復存在", () => {
    expect(ended({})).toBe(NOW)
    expect(ended({}, "2026-11-26" as CivilDate)).toBe(TOMORROW_0000)
    expect(ended({}, "2026-11-24" as CivilDate)).toEqual(["UNIT_ENDS_AHEAD"])
    expect(ended({}, TODAY, { kind: "anonymous" })).toEqual(["NOT_PERMITTED"])
    expect(ended({ unit: unit("疾管", "business", "局", NOW) })).toEqual(["UNIT_ENDED"])
  })

  dutyTest("2-1", "其後尚有人員任職或下級單位者，不得裁撤", () => {
    const tomorrow = "2026-11-26" as CivilDate
    expect(ended({ posts: [{ until: null }] }, tomorrow)).toEqual(["UNIT_HAS_PEOPLE"])
    expect(ended({ posts: [{ until: "2026-11-27T16:00:00.000Z" as Instant }] }, tomorrow)).toEqual([
      "UNIT_HAS_PEOPLE",
    ])
    expect(ended({ posts: [{ until: TOMORROW_0000 }] }, tomorrow)).toBe(TOMORROW_0000)
    expect(ended({ below: [{ until: null }] }, tomorrow)).toEqual(["UNIT_HAS_UNITS"])
  })
})
