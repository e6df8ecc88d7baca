import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { VerificationFailure } from "./failure.ts"
import { WIDTH } from "./layout.ts"
import type { ListedFile } from "./notes.ts"
import { verifyPart, type Part, type PartResult } from "./part.ts"
import type { Answer } from "./worker.ts"

/** Tiles that a worker takes at a time. */
const PART_TILES = 64
/** Two use both cores of a small machine; each more costs some 40 MB. */
const MAX_WORKERS = 4

/**
 * Verifies all parts of a log, on several cores when there is more than one; gives results in the log's order.
 * Throws the failure that comes first in the log, whichever worker finds one first.
 */
export async function* verifyParts(
  dir: string,
  size: number,
  payloads: readonly ListedFile[],
): AsyncGenerator<PartResult> {
  const parts = partsOf(dir, size, payloads)
  if (parts.length <= 1) {
    for (const part of parts) yield verifyPart(part)
    return
  }
  const workers = Array.from(
    { length: Math.min(availableParallelism(), MAX_WORKERS, parts.length) },
    () => new Worker(new URL("./worker.ts", import.meta.url), { execArgv: [] }),
  )
  try {
    yield* inOrder(parts, workers)
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function partsOf(dir: string, size: number, payloads: readonly ListedFile[]): Part[] {
  const tiles = Math.ceil(size / WIDTH)
  return Array.from({ length: Math.ceil(tiles / PART_TILES) }, (_, i) => {
    const firstTile = i * PART_TILES
    return { dir, size, firstTile, payloads: payloads.slice(firstTile, firstTile + PART_TILES) }
  })
}

/** Each worker takes the next part as soon as it has answered; answers are given out in the parts' order. */
async function* inOrder(parts: readonly Part[], workers: readonly Worker[]): AsyncGenerator<PartResult> {
  const answers = parts.map(() => Promise.withResolvers<Answer>())
  let next = 0
  for (const worker of workers) {
    let current = -1
    const take = () => {
      current = next++
      if (current < parts.length) worker.postMessage(parts[current])
    }
    worker.on("message", (answer: Answer) => {
      answers[current]?.resolve(answer)
      take()
    })
    worker.on("error", (error) => answers[current]?.reject(error))
    take()
  }
  for (const { promise } of answers) yield resultOf(await promise)
}

function resultOf(answer: Answer): PartResult {
  if (answer.ok) return answer.result
  if (answer.where === null) throw new Error(answer.message)
  throw new VerificationFailure(answer.where, answer.message)
}
