import { describe, expect, test } from "vitest"
import type { Actor, Role } from "../../../kernel/actor.ts"
import type { Decision } from "../../../kernel/decision.ts"
import type { AccountId, PersonId, UnitId, VendorId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import type { Contract } from "../model.ts"
import { decideRecordContract, decideRegisterVendor, type NewContract } from "./contracts.ts"

const NOW = "2026-11-02T01:00:00.000Z" as Instant
const UNIT = "unit-1" as UnitId
const VENDOR = "vendor-1" as VendorId

const by = (role: Role): { actor: Actor; now: Instant } => ({
  actor: {
    ...{ kind: "person", person: "p" as PersonId, account: "a" as AccountId, name: "王" },
    posts: [{ role, unit: UNIT }],
  },
  now: NOW,
})
const codes = (decision: Decision<unknown>) => (decision.ok ? [] : decision.refusals.map(({ code }) => code))

describe("委外廠商及契約之登錄", () => {
  test("由使用單位之人登錄；廠商人員、政風及稽核不得登錄", () => {
    const contact = { name: "何", email: "a@vendor.example", phone: "1" }
    const vendor = { id: VENDOR, taxId: "10000009", name: "廠商", contact }
    const register = (role: Role, isOutsider = false) =>
      codes(decideRegisterVendor({ isOutsider, isTaxId: true, isTaken: false }, vendor, by(role)))
    for (const role of ["handler", "supervisor", "it-handler", "center-head", "administrator"] as const)
      expect(register(role), role).toEqual([])
    for (const role of ["ethics-officer", "auditor", "director"] as const)
      expect(register(role), role).toEqual(["NOT_PERMITTED"])
    expect(register("handler", true)).toEqual(["NOT_PERMITTED"])
  })

  test("複委託契約須在同一單位他廠商之契約下，期間不逾該契約", () => {
    const main: Contract = {
      ...{ id: "c0" as Contract["id"], vendor: "vendor-0" as VendorId, unit: UNIT, main: null },
      ...{ number: "1", subject: "維護", from: "2026-01-01" as CivilDate, to: "2026-12-31" as CivilDate },
      ...{ version: 1, createdAt: NOW },
    }
    const record = (above: Contract | null, change: Partial<NewContract> = {}) => {
      const contract: NewContract = {
        ...main,
        id: "c1" as Contract["id"],
        vendor: VENDOR,
        main: main.id,
        ...change,
      }
      return codes(
        decideRecordContract({ desks: ["handler"], vendorKnown: true, main: above }, contract, by("handler")),
      )
    }
    expect(record(main)).toEqual([])
    expect(record(null)).toEqual(["MAIN_CONTRACT_WRONG"])
    expect(record({ ...main, unit: "unit-2" as UnitId })).toEqual(["MAIN_CONTRACT_WRONG"])
    expect(record({ ...main, vendor: VENDOR })).toEqual(["MAIN_CONTRACT_WRONG"])
    expect(record(main, { to: "2027-01-01" as CivilDate })).toEqual(["CONTRACT_PERIOD_WRONG"])
    expect(record(null, { main: null, to: "2027-01-01" as CivilDate })).toEqual([])
  })
})
