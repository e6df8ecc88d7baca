import { parentPort } from "node:worker_threads"
import { VerificationFailure } from "./failure.ts"
import { verifyPart, type Part, type PartResult } from "./part.ts"

/** What a worker answers; errors cross threads as their parts. */
export type Answer =
  | { readonly ok: true; readonly result: PartResult }
  | { readonly ok: false; readonly where: string | null; readonly message: string }

parentPort?.on("message", (part: Part) => {
  parentPort?.postMessage(answer(part))
})

function answer(part: Part): Answer {
  try {
    return { ok: true, result: verifyPart(part) }
  } catch (error) {
    if (error instanceof VerificationFailure) return { ok: false, where: error.where, message: error.what }
    return { ok: false, where: null, message: String(error) }
  }
}
