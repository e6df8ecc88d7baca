import { instantOf, type Clock } from "../kernel/time.ts"

/** The machine's clock: the only place that reads it. */
export const machineClock: Clock = { now: () => instantOf(Date.now()) }
