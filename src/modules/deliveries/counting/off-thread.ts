import { Worker } from "node:worker_threads"
import type { Counted, RecordFormat } from "./format.ts"

/** What the counting thread is asked; it answers each order in turn. */
export type Order =
  | { readonly id: number; readonly kind: "open"; readonly format: RecordFormat }
  | { readonly id: number; readonly kind: "write"; readonly buffer: Piece; readonly length: number }
  | { readonly id: number; readonly kind: "end" }
export interface Answer {
  readonly counted?: Counted
  /** The buffer of a write, for the next one. */
  readonly buffer?: Piece
}
type Piece = Uint8Array<ArrayBuffer>

/** A counter in a thread of its own, beside the one that hashes and answers requests. */
export interface RemoteCounter {
  /** Copies `bytes`, once the piece before has been counted: one at most is waiting. */
  write(bytes: Uint8Array): Promise<void>
  /** Throws when the counting thread failed, or on a second call. */
  end(): Promise<Counted>
}

/** Begins a count in the counting thread. One that is never ended leaves a few hundred bytes there. */
export function countOffThread(format: RecordFormat): RemoteCounter {
  const thread = (running ??= new CountingThread())
  const id = nextId++
  let before = thread.ask({ id, kind: "open", format })
  const ask = (order: Order) => {
    before = thread.ask(order)
    before.catch(() => undefined) // reported by the next await
  }
  return {
    async write(bytes) {
      const { buffer: used } = await before
      const buffer = used !== undefined && used.length >= bytes.length ? used : new Uint8Array(bytes.length)
      buffer.set(bytes)
      ask({ id, kind: "write", buffer, length: bytes.length })
    },
    async end() {
      await before
      ask({ id, kind: "end" })
      const { counted } = await before
      if (counted === undefined) throw new Error("a count was ended twice")
      return counted
    },
  }
}

let running: CountingThread | undefined
let nextId = 1

class CountingThread {
  readonly #worker = new Worker(new URL("./counting-worker.ts", import.meta.url), { execArgv: [] })
  /** In the order asked, which is the order of the answers. */
  readonly #waiting: PromiseWithResolvers<Answer>[] = []

  constructor() {
    this.#worker.unref()
    this.#worker.on("message", (answer: Answer) => {
      this.#waiting.shift()?.resolve(answer)
      if (this.#waiting.length === 0) this.#worker.unref()
    })
    this.#worker.on("error", (error) => this.#fail(error))
    this.#worker.on("exit", () => this.#fail(new Error("the counting thread ended")))
  }

  ask(order: Order): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>()
    this.#waiting.push(answer)
    this.#worker.ref()
    this.#worker.postMessage(order, order.kind === "write" ? [order.buffer.buffer] : [])
    return answer.promise
  }

  /** Counts under way fail; the next one begins in a new thread. */
  #fail(error: unknown): void {
    if (running === this) running = undefined
    for (const answer of this.#waiting.splice(0)) answer.reject(error)
  }
}
