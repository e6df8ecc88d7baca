import { instantOf, type Clock } from "../kernel/time.ts"

/** The machine's clock: the only place that reads it. */
export const machineClock: Clock = { now: () => instantOf(Date.now()) }

/** Milliseconds from some start, by a clock that nobody can set. */
export function elapsedMs(): number {
  return performance.now()
}
