import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { sql } from "kysely"
import { afterEach, beforeEach, expect, test } from "vitest"
import { sampleFact } from "../../../tests/support/ledger-bundle.ts"
import { freshLedger, type TestLedger } from "../../../tests/support/ledger.ts"
import { inTx, readTx } from "../../platform/db/tx.ts"
import { stateDigest } from "../entry.ts"
import { verifyAggregates, type VerifiedAggregate } from "./aggregates.ts"
import { verifyPayloads } from "./verify-payloads.ts"
import { rememberHead, witnessHead } from "./witness.ts"

let t: TestLedger
beforeEach(async () => void (t = await freshLedger()))
afterEach(() => t.close())

const append = (count: number) =>
  inTx(t.db, (tx) =>
    t.ledger.appendInTx(
      tx,
      Array.from({ length: count }, (_, i) => sampleFact(i)),
    ),
  )
const witness = () => witnessHead(t.db, t.ledger, t.dir)

async function goBackTo(size: number): Promise<void> {
  for (const table of ["ledger_entry", "ledger_checkpoint", "ledger_payload"])
    await sql.raw(`alter table ${table} disable trigger ledger_append_only`).execute(t.owner)
  await sql`delete from ledger_entry where index >= ${size}`.execute(t.owner)
  await sql`delete from ledger_payload where batch >= ${size}`.execute(t.owner)
  await sql`delete from ledger_checkpoint where size > ${size}`.execute(t.owner)
}

test("a head that grows raises nothing, an old backup in its place does until a person goes on", async () => {
  expect(await witness()).toBeNull()
  await append(5)
  expect(await witness()).toBeNull()
  await append(300)
  expect(await witness()).toBeNull()
  await goBackTo(5)
  expect(await witness()).toMatchObject({ kind: "ledger-restored-from-backup", remembered: 305, size: 5 })
  expect(await witness()).not.toBeNull()
  await rememberHead(t.db, t.ledger, t.dir)
  expect(await witness()).toBeNull()
})

test("a history that was written anew, however long, does not extend the old one", async () => {
  await witness()
  await append(5)
  await append(20)
  expect(await witness()).toBeNull()
  await goBackTo(5)
  await append(40)
  expect(await witness()).toMatchObject({ kind: "ledger-head-not-extending", earlier: 25, size: 45 })
})

test("a remembered head that was taken away shows", async () => {
  expect(await witness()).toBeNull()
  await append(5)
  expect(await witness()).toBeNull()
  await rm(join(t.dir, "ledger.checkpoint"))
  expect(await witness()).toEqual({ kind: "ledger-witness-missing", size: 5 })
  await writeFile(join(t.dir, "ledger.checkpoint"), "")
  expect(await witness()).toMatchObject({ kind: "ledger-witness-unreadable" })
})

test("payloads that were altered or taken away are named, and keys destroyed without a fact", async () => {
  await append(300)
  await append(20)
  const wrong = () => readTx(t.db, (tx) => verifyPayloads(tx, t.ledger))
  expect(await wrong()).toEqual([])
  for (const table of ["ledger_payload", "ledger_seal_key"])
    await sql.raw(`alter table ${table} disable trigger user`).execute(t.owner)
  const missing = (index: number) => ({ kind: "ledger-payload-missing", index })
  await sql`delete from ledger_payload where batch = 300`.execute(t.owner)
  expect(await wrong()).toEqual(Array.from({ length: 20 }, (_, i) => missing(300 + i)))
  await sql`update ledger_payload set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)`.execute(
    t.owner,
  )
  expect((await wrong())[0]).toEqual(missing(0))
  await sql`update ledger_seal_key set kek = 'kek-x' where retention = 'register'`.execute(t.owner)
  expect((await wrong())[0]).toEqual({ kind: "ledger-key-unusable", group: "register/2026-11" })
  await sql`update ledger_seal_key set kek = null, wrapped = null, destroyed_at = '2026-12-01'
    where retention = 'register'`.execute(t.owner)
  expect((await wrong())[0]).toEqual({ kind: "ledger-key-destroyed", group: "register/2026-11" })
})

test("an empty ledger where there was one, and a witness that is no checkpoint of it", async () => {
  await witness()
  await append(5)
  await witness()
  await goBackTo(0)
  expect(await witness()).toMatchObject({ kind: "ledger-restored-from-backup", remembered: 5, size: 0 })
  const other = await freshLedger()
  expect(await witnessHead(other.db, other.ledger, t.dir)).toMatchObject({
    kind: "ledger-witness-unreadable",
  })
  await other.close()
})

test("rows changed, taken away and added behind the program's back are named", async () => {
  const states: Record<string, string | undefined> = {
    a: "as recorded",
    b: "changed",
    d: "added",
    e: "as recorded",
  }
  const aggregate: VerifiedAggregate = {
    type: "thing",
    listIds: () => Promise.resolve(Object.keys(states)),
    stateOf: (_, id) => {
      const state = states[id]
      return Promise.resolve(state === undefined ? null : { version: 1, state })
    },
  }
  const recorded = { version: 1, digest: stateDigest("as recorded") }
  const about = (id: string, then: object = recorded) => ({
    ...sampleFact(0),
    about: { type: "thing", id, ...then },
  })
  const facts = [
    about("a", { version: 0, digest: stateDigest("older") }),
    about("a"),
    about("b"),
    about("c"),
    about("e"),
  ]
  await inTx(t.db, (tx) => t.ledger.appendInTx(tx, [...facts, about("gone"), about("gone", {})]))
  expect(await readTx(t.db, (tx) => verifyAggregates(tx, [aggregate]))).toEqual([
    { kind: "aggregate-changed", aggregate: "thing", id: "b" },
    { kind: "aggregate-missing", aggregate: "thing", id: "c" },
    { kind: "aggregate-added", aggregate: "thing", id: "d" },
  ])
})
