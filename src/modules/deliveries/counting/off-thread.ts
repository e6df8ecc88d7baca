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
  /** Copies `bytes`; waits while `MOST_WAITING` pieces are not counted yet. */
  write(bytes: Uint8Array): Promise<void>
  /** Throws when the counting thread failed, or on a second call. */
  end(): Promise<Counted>
}

/** Pieces under way to the thread: enough that neither side waits while the other is held up for a moment. */
const MOST_WAITING = 4

/** Begins a count in the counting thread. One that is never ended leaves a few hundred bytes there. */
export function countOffThread(format: RecordFormat): RemoteCounter {
  const thread = (running ??= new CountingThread())
  const id = nextId++
  const answers = [thread.ask({ id, kind: "open", format })]
  const ask = (order: Order) => {
    const answer = thread.ask(order)
    answer.catch(() => undefined) // reported by the await that comes to it
    answers.push(answer)
    return answer
  }
  return {
    async write(bytes) {
      const oldest = answers.length < MOST_WAITING ? undefined : await answers.shift()
      const used = oldest?.buffer
      const buffer = used !== undefined && used.length >= bytes.length ? used : new Uint8Array(bytes.length)
      buffer.set(bytes)
      void ask({ id, kind: "write", buffer, length: bytes.length })
    },
    async end() {
      await Promise.all(answers)
      const { counted } = await ask({ id, kind: "end" })
      if (counted === undefined) throw new Error("a count was ended twice")
      return counted
    },
  }
}

let running: CountingThread | undefined
let nextId = 1

class CountingThread {
  readonly #worker = new Worker(new URL("./counting-worker.ts", import.meta.url), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
  })
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
