import { ApiProblem } from "./problem.ts"

/**
 * The session as the page sees it. After its end, every request that met the end waits on one sign-in over the
 * page and is then sent again, so that nothing typed is lost.
 */
interface Ended {
  readonly problem: ApiProblem
  readonly over: Promise<null>
  readonly resolve: (over: null) => void
  readonly reject: (reason: ApiProblem) => void
}

let ended: Ended | null = null
const watchers = new Set<() => void>()

function change(next: Ended | null): void {
  ended = next
  for (const watcher of watchers) watcher()
}

function end(problem: ApiProblem): Ended {
  const { promise, resolve, reject } = Promise.withResolvers<null>()
  const now: Ended = { problem, over: promise, resolve, reject }
  change(now)
  return now
}

/** Resolves after the next sign-in; throws what it was given when that is no ended session, or nobody signs in. */
export async function signedInAgainAfter(thrown: unknown): Promise<void> {
  if (!(thrown instanceof ApiProblem) || !thrown.has("NOT_SIGNED_IN")) throw thrown
  await (ended ?? end(thrown)).over
}

/** MUST NOT be called for another person: what waits was asked by the one who signed in first. */
export function resumeSession(): void {
  const before = ended
  change(null)
  before?.resolve(null)
}

export function leaveSession(): void {
  const before = ended
  change(null)
  before?.reject(before.problem)
}

export function hasSessionEnded(): boolean {
  return ended !== null
}

let reasons: Ended["problem"]["refusals"] = []

/** Why it ended, beside its being over; the same value until the next change. */
export function whyEnded(): ApiProblem["refusals"] {
  const now = ended?.problem.refusals.filter(({ code }) => code !== "NOT_SIGNED_IN") ?? []
  if (now.length !== reasons.length) reasons = now
  return reasons
}

/** Calls `watcher` at every change; returns how to stop. */
export function watchSession(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
