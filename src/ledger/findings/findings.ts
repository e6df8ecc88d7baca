import { openCheckpoint, type Checkpoint, type NoteKey } from "../checkpoint.ts"
import { epochMs, instantOf, type Instant } from "../../kernel/time.ts"
import type { Hash } from "../tree.ts"

/** Something about the ledger itself that its keeper must answer for. */
export type LedgerFinding =
  /** The ledger of now does not begin with what an earlier checkpoint signed. */
  | {
      readonly kind: "ledger-head-not-extending"
      readonly earlier: number
      readonly root: Hash
      readonly size: number
    }
  /** Fewer entries than a checkpoint remembered outside the database signed: an old backup is in its place. */
  | {
      readonly kind: "ledger-restored-from-backup"
      readonly remembered: number
      readonly root: Hash
      readonly size: number
    }
  /** What was remembered outside the database is no checkpoint of this ledger. */
  | { readonly kind: "ledger-witness-unreadable"; readonly reason: string }
  /** Indices that should be there and are not. */
  | { readonly kind: "ledger-gap"; readonly after: number; readonly next: number }
  /** An entry, payload or head that is not what the signed heads say. */
  | { readonly kind: "ledger-entry-altered"; readonly where: string; readonly reason: string }
  /** A payload that is neither as its entry committed to, nor destroyed. */
  | { readonly kind: "ledger-payload-missing"; readonly index: number }
  /** A data key that no fact says was destroyed, or that opens nothing. */
  | { readonly kind: "ledger-key-destroyed" | "ledger-key-unusable"; readonly group: string }
  /** The head that must lie beside the keys is not there, though there are entries. */
  | { readonly kind: "ledger-witness-missing"; readonly size: number }
  /** Time went back before the entry of this index. */
  | { readonly kind: "clock-jumped"; readonly index: number; readonly from: Instant; readonly to: Instant }
  /** Somebody set the clock forward while the program ran. */
  | { readonly kind: "clock-advanced"; readonly expected: Instant; readonly shown: Instant }
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
    return {
      kind: "ledger-restored-from-backup",
      remembered: earlier.size,
      root: earlier.root,
      size: now.size,
    }
  if (earlier.size === 0 || (await isExtended(earlier))) return null
  return { kind: "ledger-head-not-extending", earlier: earlier.size, root: earlier.root, size: now.size }
}

/** The places where indices in order are not contiguous from `first`. */
export function findGaps(indices: readonly number[], first: number): LedgerFinding[] {
  return indices.flatMap((next, i) => {
    const after = i === 0 ? first - 1 : (indices[i - 1] ?? 0)
    return next === after + 1 ? [] : [{ kind: "ledger-gap" as const, after, next }]
  })
}

/** Two appends may pass each other by the length of a command; more than this is a clock that was set. */
const CLOCK_TOLERANCE_MS = 60_000

/** A time that is earlier than one before it by more than the length of a command. */
export function wentBack(before: Instant, after: Instant): boolean {
  return epochMs(before) - epochMs(after) > CLOCK_TOLERANCE_MS
}

/**
 * Entries before which time went back, in the order of the ledger, and the time that the next ones are held
 * against: after a jump the new clock is the measure, or every later entry would be a jump of its own.
 */
export function findClockJumps(
  entries: readonly { readonly index: number; readonly time: Instant }[],
  before: Instant,
): { readonly found: readonly LedgerFinding[]; readonly latest: Instant } {
  let latest = before
  const found: LedgerFinding[] = []
  for (const { index, time } of entries) {
    const isJump = wentBack(latest, time)
    if (isJump) found.push({ kind: "clock-jumped", index, from: latest, to: time })
    if (isJump || time > latest) latest = time
  }
  return { found, latest }
}

/** The machine's clock and one that cannot be set, read together; `elapsed` in ms from any start. */
export interface ClockReading {
  readonly now: Instant
  readonly elapsed: number
}

/** What the clock shows against what it must show, when somebody set it between two readings; else `null`. */
export function clockSet(
  earlier: ClockReading,
  later: ClockReading,
): { readonly expected: Instant; readonly shown: Instant } | null {
  const expected = instantOf(epochMs(earlier.now) + Math.round(later.elapsed - earlier.elapsed))
  const isOff = wentBack(expected, later.now) || wentBack(later.now, expected)
  return isOff ? { expected, shown: later.now } : null
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
