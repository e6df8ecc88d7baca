import { inTx, type Db } from "../platform/db/tx.ts"
import { appendPrepared, type Ledger } from "./append.ts"
import { LedgerError, prepare, type NewEntry, type PreparedEntry } from "./entry.ts"

/** Group commit: the appends of many callers in one transaction, one transaction at a time. */
export interface Sequencer {
  /**
   * Appends facts and resolves with their indices, which are contiguous and never reused.
   * MUST NOT resolve before the entries are durable. Rejects when that is not known: the caller MUST then
   * behave as if nothing was recorded (no record, no data), though an entry may exist after a lost connection.
   * MUST NOT be called outside runtime/.
   */
  appended(facts: readonly NewEntry[]): Promise<readonly number[]>
  /** Takes no more facts and resolves when those waiting are settled. The database stays open. */
  close(): Promise<void>
}

interface Options {
  /** A connection of its own, used by nothing else. */
  readonly db: Db
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

export function createSequencer({ db, ledger, maxWaiting = 20_000 }: Options): Sequencer {
  let waiting: Waiting[] = []
  let waitingFacts = 0
  let closed = false
  let running: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting)
      waiting = waiting.slice(batch.length)
      const facts = batch.flatMap(({ entries }) => entries)
      waitingFacts -= facts.length
      await inTx(db, (tx) => appendPrepared(tx, ledger, facts)).then(
        (indices) => settleAll(batch, indices),
        (error: unknown) => batch.forEach(({ fail }) => fail(error)),
      )
    }
    running = null
  }

  return {
    appended(facts) {
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
    },
  }
}

/** The callers at the front whose facts fit one batch; always at least one caller. */
function takeBatch(waiting: readonly Waiting[]): Waiting[] {
  let facts = 0
  const end = waiting.findIndex(({ entries }, i) => (facts += entries.length) > BATCH && i > 0)
  return waiting.slice(0, end === -1 ? waiting.length : end)
}

function settleAll(batch: readonly Waiting[], indices: readonly number[]): void {
  let from = 0
  for (const { entries, settle } of batch) {
    settle(indices.slice(from, from + entries.length))
    from += entries.length
  }
}
