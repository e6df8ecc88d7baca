import { epochMs, plusMs, type Instant } from "../../kernel/time.ts"

const MINUTE = 60_000
const LONGEST_PAUSE = 15 * MINUTE
/** RFC 5321 §4.5.4.1: give up after four to five days. */
const GIVE_UP_AFTER = 5 * 24 * 60 * MINUTE

/** When to try again after `attempts` tries; `null` when it is time to give up. */
export function nextAttempt(attempts: number, queuedAt: Instant, now: Instant): Instant | null {
  if (epochMs(now) - epochMs(queuedAt) >= GIVE_UP_AFTER) return null
  return plusMs(now, Math.min(LONGEST_PAUSE, MINUTE * 2 ** (attempts - 1)))
}
