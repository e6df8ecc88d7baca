import { createDb } from "../platform/db/pool.ts"
import { inTx } from "../platform/db/tx.ts"
import { appendAfter, appendPrepared, type Ledger } from "./append.ts"
import { LedgerError, prepare, type NewEntry, type PreparedEntry } from "./entry.ts"
import type { Frontier } from "./tree.ts"

/** Group commit: the appends of many callers in one transaction, one transaction at a time. */
export interface Sequencer {
  /**
   * Appends facts and resolves with their indices, which are contiguous and never reused.
   * MUST NOT resolve before the entries are durable. Rejects when that is not known: the caller MUST then
   * behave as if nothing was recorded (no record, no data), though an entry may exist after a lost connection.
   * MUST NOT be called outside runtime/.
   */
  appended(facts: readonly NewEntry[]): Promise<readonly number[]>
  /** Takes no more facts, settles those waiting and closes its connection. */
  close(): Promise<void>
}

interface Options {
  /** As `DATABASE_URL`, for a connection of its own. */
  readonly url: string
  readonly ledger: Ledger
  /** Facts that may wait; beyond it callers are turned away. */
  readonly maxWaiting?: number
}

interface Waiting {
  readonly entries: readonly PreparedEntry[]
  readonly settle: (indices: readonly number[]) => void
  readonly fail: (error: unknown) => void
}

const BATCH = 256

export function createSequencer({ url, ledger, maxWaiting = 20_000 }: Options): Sequencer {
  const db = createDb(url, { max: 1 })
  let waiting: Waiting[] = []
  let waitingFacts = 0
  let closed = false
  let running: Promise<void> | null = null
  let believed: Frontier | null = null

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting)
      waiting = waiting.slice(batch.length)
      const facts = batch.flatMap(({ entries }) => entries)
      waitingFacts -= facts.length
      await write(facts).then(
        (size) => settleAll(batch, size - facts.length),
        (error: unknown) => batch.forEach(({ fail }) => fail(error)),
      )
    }
    running = null
  }

  /** Writes after the head of its own last batch; when another append came between, after the head under the lock. */
  async function write(facts: readonly PreparedEntry[]): Promise<number> {
    const known = believed
    believed = null
    const quick = known === null ? null : await appendAfter(db, ledger, known, facts).catch(nullIfUndone)
    believed = quick ?? (await inTx(db, (tx) => appendPrepared(tx, ledger, facts)))
    return believed.size
  }

  return {
    appended(facts) {
      if (facts.length === 0) return Promise.resolve([])
      if (closed) return Promise.reject(new LedgerError("the ledger is closing; nothing was recorded"))
      if (waitingFacts + facts.length > maxWaiting)
        return Promise.reject(new LedgerError("too many facts wait for the ledger; nothing was recorded"))
      return new Promise((settle, fail) => {
        waiting.push({ entries: facts.map((fact) => prepare(fact)), settle, fail })
        waitingFacts += facts.length
        running ??= Promise.resolve().then(drain)
      })
    },
    async close() {
      closed = true
      await running
      await db.destroy()
    },
  }
}

/** The callers at the front whose facts fit one batch; always at least one caller. */
function takeBatch(waiting: readonly Waiting[]): Waiting[] {
  let facts = 0
  const end = waiting.findIndex(({ entries }, i) => (facts += entries.length) > BATCH && i > 0)
  return waiting.slice(0, end === -1 ? waiting.length : end)
}

function settleAll(batch: readonly Waiting[], first: number): void {
  let next = first
  for (const { entries, settle } of batch) settle(entries.map(() => next++))
}

/** Serialization failure and deadlock: the server undid the statement, which `inTx` may try again. */
function nullIfUndone(error: unknown): null {
  const code = error instanceof Error && "code" in error ? error.code : null
  if (code === "40001" || code === "40P01") return null
  throw error
}
