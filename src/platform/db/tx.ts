import { randomInt } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { DatabaseError } from "pg"
import type { Kysely, Transaction } from "kysely"
import type { Database } from "./schema.ts"

/** The application's database outside any transaction: for reads of one statement. */
export type Db = Kysely<Database>

/** An open transaction. Stores take it first and never as an option. */
export type Tx = Transaction<Database>

/** Serialization failure and deadlock: PostgreSQL undid the transaction and asks for it again. */
const RETRIED = new Set(["40001", "40P01"])
const ATTEMPTS = 5
const FIRST_PAUSE_MS = 10

/**
 * Runs `work` in one READ COMMITTED transaction: commits when it resolves, rolls back when it throws.
 * Resolves after the commit. `work` may run up to five times (serialization failure, deadlock), so that
 * what it does outside `tx` must bear repetition. Nothing else in the program opens a transaction.
 */
export async function inTx<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel("read committed").execute(work)
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetried(error)) throw error
    }
    await sleep(randomInt(1, FIRST_PAUSE_MS * 2 ** attempt))
  }
}

/** Runs `work` on one unchanging picture of the database (REPEATABLE READ, read only). */
export async function readTx<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work)
}

function isRetried(error: unknown): boolean {
  return error instanceof DatabaseError && RETRIED.has(error.code ?? "")
}
