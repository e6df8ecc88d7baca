import { sql } from "kysely"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { freshDatabase, type TestDatabase } from "../../../tests/support/database.ts"
import { createDb } from "./pool.ts"
import { inTx, type Db, type Tx } from "./tx.ts"

let database: TestDatabase
const lost: Error[] = []
const uncaught: unknown[] = []
const keepUncaught = (error: unknown) => void uncaught.push(error)

beforeAll(async () => {
  database = await freshDatabase()
  process.on("uncaughtException", keepUncaught)
})
afterEach(() => [lost, uncaught].forEach((kept) => kept.splice(0)))
afterAll(async () => {
  process.off("uncaughtException", keepUncaught)
  await database.close()
})

const backendOf = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return rows[0]?.pid ?? 0
}
const terminate = (pid: number) => sql`select pg_terminate_backend(${pid})`.execute(database.db)

async function onOneConnection(work: (db: Db) => Promise<void>): Promise<void> {
  const db = createDb(database.url, { max: 1, onLost: (error) => lost.push(error) })
  try {
    await work(db)
    expect(await backendOf(db), "the pool goes on with another connection").toBeGreaterThan(0)
    expect(uncaught).toEqual([])
  } finally {
    await db.destroy()
  }
}

test("a connection cut off between two statements of a transaction rejects it; the process lives on", () =>
  onOneConnection(async (db) => {
    const cutOff = inTx(db, async (tx: Tx) => {
      await terminate(await backendOf(tx))
      await expect.poll(() => lost.length).toBeGreaterThan(0)
      await backendOf(tx)
    })
    await expect(cutOff).rejects.toThrow(/terminat|not queryable/)
  }))

test("a connection cut off in the middle of a statement rejects it; the process lives on", () =>
  onOneConnection(async (db) => {
    const cutOff = inTx(db, async (tx: Tx) => {
      const pid = await backendOf(tx)
      await Promise.all([sql`select pg_sleep(60)`.execute(tx), terminate(pid)])
    })
    await expect(cutOff).rejects.toThrow(/terminat|ECONNRESET/)
  }))

test("an idle connection cut off is told once and replaced", () =>
  onOneConnection(async (db) => {
    await terminate(await backendOf(db))
    await expect.poll(() => lost.length).toBe(1)
  }))
