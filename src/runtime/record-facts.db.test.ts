import { afterAll, beforeAll, expect, test } from "vitest"
import { openSmallOffice, type SmallOffice } from "../../tests/support/small-office.ts"
import type { Fact } from "../kernel/decision.ts"
import { readHead } from "../ledger/index.ts"
import { readTx } from "../platform/db/tx.ts"
import { recordAlone } from "./record-facts.ts"
import { when } from "./runtime.ts"

let office: SmallOffice
beforeAll(async () => {
  office = await openSmallOffice([], {
    reactions: [when("bell-rung", () => Promise.reject(new Error("no transaction for it")))],
  })
})
afterAll(() => office.close())

const sizeNow = async () => (await readTx(office.runtime.db, readHead))?.size ?? 0

async function record(fact: Partial<Fact>): Promise<void> {
  const { runtime } = office
  const context = {
    runtime,
    actor: { kind: "system", job: "test" },
    now: runtime.clock.now(),
    pack: runtime.pack,
  } as const
  const about = { type: "bell", id: "1" }
  await recordAlone(context, {
    ...{ kind: "bell-seen", duties: [], about, retention: "refusal", payload: {} },
    ...fact,
  })
}

test("防竄改：單獨之事實留存一筆；涉及狀態或引發後續者，須與其變更同一交易，不得單獨留存", async () => {
  const before = await sizeNow()
  await record({})
  expect(await sizeNow()).toBe(before + 1)
  await expect(record({ kind: "bell-rung" })).rejects.toThrow("bell-rung does not stand alone")
  const person = { type: "person", id: "1" }
  await expect(record({ about: person })).rejects.toThrow("bell-seen does not stand alone")
  expect(await sizeNow()).toBe(before + 1)
})
