import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freshDatabase, type TestDatabase } from "../../../tests/support/database.ts"
import { instantOf } from "../../kernel/time.ts"
import { inTx, readTx, type Tx } from "./tx.ts"

let database: TestDatabase

beforeAll(async () => (database = await freshDatabase()))
afterAll(() => database.close())

const NOW = instantOf(0)

async function insertRefusal(tx: Tx, code: string): Promise<void> {
  await tx
    .insertInto("anonymous_refusal")
    .values({ window_start: NOW, attempt: "test", code, count: 1 })
    .execute()
}

async function readCount(code: string): Promise<number | undefined> {
  const row = await database.db
    .selectFrom("anonymous_refusal")
    .select("count")
    .where("code", "=", code)
    .executeTakeFirst()
  return row?.count
}

test("what resolves is committed, and values come back as they went in", async () => {
  const stored = await inTx(database.db, async (tx) => {
    await insertRefusal(tx, "COMMITTED")
    return tx.selectFrom("anonymous_refusal").select("window_start").executeTakeFirstOrThrow()
  })
  expect(stored.window_start).toBe(NOW)
  expect(await readCount("COMMITTED")).toBe(1)
})

test("what throws is rolled back, and the error arrives unchanged", async () => {
  const failure = new Error("after the insert")
  const attempt = inTx(database.db, async (tx) => {
    await insertRefusal(tx, "ROLLED_BACK")
    throw failure
  })
  await expect(attempt).rejects.toBe(failure)
  expect(await readCount("ROLLED_BACK")).toBeUndefined()
})

test("of two transactions that deadlock both succeed, because the victim is run again", async () => {
  await inTx(database.db, async (tx) => {
    await insertRefusal(tx, "LEFT")
    await insertRefusal(tx, "RIGHT")
  })
  let runs = 0
  const { promise: bothHoldOne, resolve: proceed } = Promise.withResolvers<undefined>()
  const increment = (tx: Tx, code: string) =>
    tx
      .updateTable("anonymous_refusal")
      .set({ count: sql`count + 1` })
      .where("code", "=", code)
      .execute()
  const crossing = (first: string, second: string) =>
    inTx(database.db, async (tx) => {
      await increment(tx, first)
      if (++runs === 2) proceed(undefined)
      await bothHoldOne
      await increment(tx, second)
    })
  await Promise.all([crossing("LEFT", "RIGHT"), crossing("RIGHT", "LEFT")])
  expect(runs).toBe(3)
  expect([await readCount("LEFT"), await readCount("RIGHT")]).toEqual([3, 3])
})

test("a transaction that always fails to serialize is given up after five attempts", async () => {
  let runs = 0
  const attempt = inTx(database.db, async (tx) => {
    runs++
    await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx)
  })
  await expect(attempt).rejects.toThrow("again")
  expect(runs).toBe(5)
})

test("a reading transaction sees one picture of the database and cannot write", async () => {
  await inTx(database.db, (tx) => insertRefusal(tx, "PICTURE"))
  await readTx(database.db, async (tx) => {
    const count = () =>
      tx.selectFrom("anonymous_refusal").select("code").where("attempt", "=", "test").execute()
    const before = await count()
    await inTx(database.db, (other) => insertRefusal(other, "MEANWHILE"))
    expect(await count()).toEqual(before)
  })
  await expect(readTx(database.db, (tx) => insertRefusal(tx, "WRITTEN"))).rejects.toThrow(/read-only/)
})
