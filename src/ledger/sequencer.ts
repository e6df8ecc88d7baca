import { createDb } from "../platform/db/pool.ts"
import { inTx, type Db } from "../platform/db/tx.ts"
import { appendPrepared, batchAfter, insertBatch, type Batch, type Ledger } from "./append.ts"
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

/** So few that under load the callers of one batch are served while the next is written. */
const BATCH = 128

/** Callers taken together, and what they append after the tree that is believed to be the head, if there is one. */
interface Next {
  readonly callers: readonly Waiting[]
  readonly facts: readonly PreparedEntry[]
  readonly after: Frontier | null
  readonly batch: Batch | null
}

export function createSequencer(options: Options): Sequencer {
  return new GroupCommit(options)
}

class GroupCommit implements Sequencer {
  readonly #db: Db
  readonly #ledger: Ledger
  readonly #maxWaiting: number
  #waiting: Waiting[] = []
  #waitingFacts = 0
  #closed = false
  #running: Promise<void> | null = null
  #believed: Frontier | null = null
  #onItsWay: Batch | null = null
  #ready: Next | null = null

  constructor({ url, ledger, maxWaiting = 20_000 }: Options) {
    this.#db = createDb(url, { max: 1 })
    this.#ledger = ledger
    this.#maxWaiting = maxWaiting
  }

  appended(facts: readonly NewEntry[]): Promise<readonly number[]> {
    if (facts.length === 0) return Promise.resolve([])
    if (this.#closed) return Promise.reject(new LedgerError("the ledger is closing; nothing was recorded"))
    if (this.#waitingFacts + facts.length > this.#maxWaiting)
      return Promise.reject(new LedgerError("too many facts wait for the ledger; nothing was recorded"))
    return new Promise((settle, fail) => {
      this.#waiting.push({ entries: facts.map((fact) => prepare(fact)), settle, fail })
      this.#waitingFacts += facts.length
      this.#makeReady()
      this.#running ??= Promise.resolve().then(() => this.#drain())
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running
    await this.#db.destroy()
  }

  async #drain(): Promise<void> {
    while (this.#ready !== null || this.#waiting.length > 0) {
      const next = this.#ready ?? this.#takeNext(this.#believed)
      const { callers, facts } = next
      this.#ready = null
      this.#onItsWay = next.batch
      const writing = this.#write(next)
      this.#makeReady()
      const size = await writing.catch((error: unknown) => {
        callers.forEach(({ fail }) => fail(error))
        return null
      })
      this.#onItsWay = null
      // The next batch leaves first: what callers do on being answered then happens while it is written.
      if (size !== null) setImmediate(() => settleAll(callers, size - facts.length))
    }
    this.#running = null
  }

  #takeNext(after: Frontier | null): Next {
    const callers = takeBatch(this.#waiting)
    this.#waiting = this.#waiting.slice(callers.length)
    const facts = callers.flatMap(({ entries }) => entries)
    this.#waitingFacts -= facts.length
    const batch = after === null ? null : batchAfter(this.#ledger, after, facts)
    return { callers, facts, after, batch }
  }

  /** Makes a full batch while another is on its way, in the belief that this other will be the head. */
  #makeReady(): void {
    if (this.#onItsWay !== null && this.#ready === null && this.#waitingFacts >= BATCH)
      this.#ready = this.#takeNext(this.#onItsWay.frontier)
  }

  /** Writes after the head of its own last batch; when another append came between, after the head under the lock. */
  async #write({ facts, after, batch }: Next): Promise<number> {
    const isAfterHead = after === this.#believed
    this.#believed = null
    const quick =
      isAfterHead && batch !== null && (await insertBatch(this.#db, this.#ledger, batch).catch(falseIfUndone))
    const appendAnew = () => inTx(this.#db, (tx) => appendPrepared(tx, this.#ledger, facts))
    this.#believed = quick ? batch.frontier : await appendAnew()
    return this.#believed.size
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
function falseIfUndone(error: unknown): false {
  const code = error instanceof Error && "code" in error ? error.code : null
  if (code === "40001" || code === "40P01") return false
  throw error
}
