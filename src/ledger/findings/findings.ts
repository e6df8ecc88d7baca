import { openCheckpoint, type Checkpoint, type NoteKey } from "../checkpoint.ts"
import { epochMs, type Instant } from "../../kernel/time.ts"
import type { Hash } from "../tree.ts"

/** Something about the ledger itself that its keeper must answer for. */
export type LedgerFinding =
  /** The ledger of now does not begin with what an earlier checkpoint signed. */
  | { readonly kind: "ledger-head-not-extending"; readonly earlier: number; readonly size: number }
  /** Fewer entries than a checkpoint remembered outside the database signed: an old backup is in its place. */
  | { readonly kind: "ledger-restored-from-backup"; readonly remembered: number; readonly size: number }
  /** What was remembered outside the database is no checkpoint of this ledger. */
  | { readonly kind: "ledger-witness-unreadable"; readonly reason: string }
  /** Indices that should be there and are not. */
  | { readonly kind: "ledger-gap"; readonly after: number; readonly next: number }
  /** An entry, payload or head that is not what the signed heads say. */
  | { readonly kind: "ledger-entry-altered"; readonly where: string; readonly reason: string }
  /** Time went back, or further forward than the program was away, between two entries. */
  | { readonly kind: "clock-jumped"; readonly index: number; readonly from: Instant; readonly to: Instant }
  /** Rows that are not in the state their newest entry recorded. */
  | {
      readonly kind: "aggregate-changed" | "aggregate-missing" | "aggregate-added"
      readonly aggregate: string
      readonly id: string
    }

/** What compares a remembered checkpoint with the ledger of now; asks for a consistency proof only when sizes fit. */
export async function compareWithRemembered(
  remembered: string,
  key: NoteKey,
  now: { readonly size: number },
  isExtended: (earlier: Checkpoint) => Promise<boolean>,
): Promise<LedgerFinding | null> {
  let earlier: Checkpoint
  try {
    earlier = openCheckpoint(remembered, key)
  } catch (error) {
    return { kind: "ledger-witness-unreadable", reason: error instanceof Error ? error.message : "unknown" }
  }
  if (now.size < earlier.size)
    return { kind: "ledger-restored-from-backup", remembered: earlier.size, size: now.size }
  if (await isExtended(earlier)) return null
  return { kind: "ledger-head-not-extending", earlier: earlier.size, size: now.size }
}

/** The places where indices in order are not contiguous from `first`. */
export function findGaps(indices: readonly number[], first: number): LedgerFinding[] {
  return indices.flatMap((next, i) => {
    const after = i === 0 ? first - 1 : (indices[i - 1] ?? 0)
    return next === after + 1 ? [] : [{ kind: "ledger-gap" as const, after, next }]
  })
}

/** Two appends may pass each other by the length of a command; more than this is a clock set back. */
const BACKWARD_TOLERANCE_MS = 60_000

/**
 * Entries earlier than the latest before them by more than a minute, and entries later than `now` (the clock
 * at the time of checking), in the order of the ledger.
 */
export function findClockJumps(
  entries: readonly { readonly index: number; readonly time: Instant }[],
  latestBefore: Instant,
  now: Instant,
): LedgerFinding[] {
  let latest = latestBefore
  const found: LedgerFinding[] = []
  for (const { index, time } of entries) {
    const wentBack = epochMs(latest) - epochMs(time) > BACKWARD_TOLERANCE_MS
    const isAhead = epochMs(time) - epochMs(now) > BACKWARD_TOLERANCE_MS
    if (wentBack || isAhead)
      found.push({ kind: "clock-jumped", index, from: isAhead ? now : latest, to: time })
    // After a jump the new clock is the measure, or every later entry would be one.
    if (wentBack || time > latest) latest = time
  }
  return found
}

/** The state of one aggregate's rows against what the ledger recorded last; `null` when they agree. */
export function compareAggregate(
  aggregate: string,
  id: string,
  recorded: Hash | null,
  found: Hash | null,
): LedgerFinding | null {
  if (recorded === found) return null
  const kind =
    found === null ? "aggregate-missing" : recorded === null ? "aggregate-added" : "aggregate-changed"
  return { kind, aggregate, id }
}
