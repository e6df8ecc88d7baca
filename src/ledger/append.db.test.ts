import { sql } from "kysely"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sampleFact } from "../../tests/support/ledger-bundle.ts"
import { freshLedger, type TestLedger } from "../../tests/support/ledger.ts"
import { inTx, readTx } from "../platform/db/tx.ts"
import { openCheckpoint } from "./checkpoint.ts"
import { verifyTables } from "./findings/verify-tables.ts"
import { openLedger } from "./append.ts"
import { readEntry, readHead } from "./read.ts"
import { createSequencer } from "./sequencer.ts"

let t: TestLedger
beforeAll(async () => void (t = await freshLedger()))
afterAll(() => t.close())

const append = (...facts: ReturnType<typeof sampleFact>[]) =>
  inTx(t.db, (tx) => t.ledger.appendInTx(tx, facts))
const sizeNow = () => inTx(t.db, readHead).then((head) => head?.size ?? 0)
/** Findings but for the clock, which these facts do not follow. */
const wrongNow = async () => {
  const found = await readTx(t.db, (tx) => verifyTables(tx, t.ledger))
  return found.filter(({ kind }) => kind !== "clock-jumped")
}

describe("appending", () => {
  test("gives contiguous indices and a head that the key signed", async () => {
    expect(await append(sampleFact(0), sampleFact(1))).toEqual([0, 1])
    expect(await append(sampleFact(2))).toEqual([2])
    const head = await inTx(t.db, readHead)
    expect(openCheckpoint(head?.note ?? "", t.ledger.signer)).toEqual({
      origin: t.ledger.signer.name,
      size: 3,
      root: head?.root,
    })
    expect(head?.time).toBe(sampleFact(2).time)
    expect(await wrongNow()).toEqual([])
  })

  test("a transaction that rolls back leaves nothing, not even its data key", async () => {
    const before = await sizeNow()
    const fact = { ...sampleFact(1), retention: "another-class" }
    await expect(
      inTx(t.db, async (tx) => {
        await t.ledger.appendInTx(tx, [fact])
        await t.ledger.appendInTx(tx, [fact])
        throw new Error("undo")
      }),
    ).rejects.toThrow("undo")
    expect(await sizeNow()).toBe(before)
    // The key seen by the second append is gone; a payload sealed with it could never be opened.
    await append(fact).catch(() => undefined)
    const [index = -1] = await append(fact)
    const found = await inTx(t.db, (tx) => readEntry(tx, t.ledger.sealKeys, index))
    expect(found?.payload).toMatchObject({ state: "open", value: fact.payload })
  })

  test("a fact that cannot be an entry is refused by name and nothing is written", async () => {
    const before = await sizeNow()
    const bad = [
      { ...sampleFact(0), kind: "no spaces" },
      { ...sampleFact(0), actor: "two\nlines" },
      { ...sampleFact(0), payload: { half: "\ud800" } },
      { ...sampleFact(0), payload: { long: "x".repeat(300_000) } },
      {
        ...sampleFact(0),
        subjects: Array.from({ length: 900 }, (_, i) => `pseudonym-1:${"0".repeat(70)}${i}`),
      },
    ]
    for (const fact of bad)
      await expect(append(sampleFact(0), fact)).rejects.toThrow(/not appended|canonical/)
    expect(await sizeNow()).toBe(before)
  })

  test("payloads are in no table in the clear", async () => {
    const secret = "王小明的祕密"
    await append({ ...sampleFact(0), payload: { secret } })
    const { rows } = await sql<{ found: boolean }>`select
      exists (select from ledger_entry e where e::text like ${`%${secret}%`}) or
      exists (select from ledger_payload where position(${Buffer.from(secret)}::bytea in sealed) > 0) as found`.execute(
      t.db,
    )
    expect(rows[0]?.found).toBe(false)
  })
})

test("an append is durable though the server's role would have it otherwise", async () => {
  const seen = await inTx(t.db, async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    await t.ledger.appendInTx(tx, [sampleFact(0)])
    return (await sql<{ value: string }>`select current_setting('synchronous_commit') as value`.execute(tx))
      .rows
  })
  expect(seen).toEqual([{ value: "on" }])
})

describe("many at once", () => {
  test("two sequencers and commands on many connections: contiguous, nothing twice, all as given", async () => {
    const before = await sizeNow()
    const sequencers = [1, 2].map(() => createSequencer({ url: t.url, ledger: openLedger(t.keyring) }))
    const given = Array.from({ length: 900 }, (_, i) => ({ ...sampleFact(i), refs: { test: `many-${i}` } }))
    const indices = await Promise.all(
      given.map(async (fact, i) => (i % 9 === 0 ? append(fact) : sequencers[i % 2]?.appended([fact])) ?? []),
    )
    await Promise.all(sequencers.map((sequencer) => sequencer.close()))
    expect(indices.flat().toSorted((a, b) => a - b)).toEqual(given.map((_, i) => before + i))
    for (const i of [0, 1, 2, 450, 899]) {
      const found = await inTx(t.db, (tx) => readEntry(tx, t.ledger.sealKeys, indices[i]?.[0] ?? -1))
      expect(found?.entry.refs).toEqual({ test: `many-${i}` })
      expect(found?.payload).toMatchObject({ value: given[i]?.payload })
    }
    expect(await wrongNow()).toEqual([])
  })

  test("facts given together stay together; a bad one turns only its own caller away", async () => {
    const sequencer = createSequencer({ url: t.url, ledger: t.ledger })
    const [three, bad, one] = await Promise.allSettled([
      sequencer.appended([sampleFact(0), sampleFact(1), sampleFact(2)]),
      sequencer.appended([{ ...sampleFact(0), kind: "" }]),
      sequencer.appended([sampleFact(3)]),
    ])
    const first = three.status === "fulfilled" ? (three.value[0] ?? -1) : -1
    expect(three).toMatchObject({ value: [first, first + 1, first + 2] })
    expect(bad.status).toBe("rejected")
    expect(one).toMatchObject({ value: [first + 3] })
    await sequencer.close()
    await expect(sequencer.appended([sampleFact(0)])).rejects.toThrow(/closing/)
  })

  test("what waits is bounded, and close settles everything that waits", async () => {
    const sequencer = createSequencer({ url: t.url, ledger: t.ledger, maxWaiting: 300 })
    const waiting = Array.from({ length: 400 }, (_, i) => sequencer.appended([sampleFact(i)]))
    const closed = sequencer.close()
    const settled = await Promise.allSettled(waiting)
    await closed
    expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(100)
  })
})

describe("防竄改: the database refuses", () => {
  const changes = [
    "update ledger_entry set kind = 'x'",
    "delete from ledger_entry",
    "truncate ledger_entry",
    "update ledger_checkpoint set note = 'x'",
    "delete from ledger_checkpoint",
    "truncate ledger_checkpoint",
    "update ledger_payload set batch = 0",
    "delete from ledger_payload",
    "truncate ledger_payload",
    "delete from ledger_seal_key",
    "truncate ledger_seal_key cascade",
  ]
  test.each(changes)("the owner: %s", async (change) => {
    await expect(sql.raw(change).execute(t.owner)).rejects.toThrow(/防竄改/)
  })
  test.each([
    ...changes,
    "update ledger_seal_key set wrapped = null",
    "alter table ledger_entry disable trigger all",
  ])("the application has no right: %s", async (change) => {
    await expect(sql.raw(change).execute(t.db)).rejects.toThrow(/permission denied|must be owner/)
  })
})
