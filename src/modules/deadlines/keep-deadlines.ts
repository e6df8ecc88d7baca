import type { Fact } from "../../kernel/decision.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { DutyId } from "../../regulation/duties.ts"
import type { Context } from "../../runtime/index.ts"
import { withdrawReminders } from "../notices/index.ts"
import { loadCalendar } from "./calendars.ts"
import type { Deadline, DeadlineDraft, Subject } from "./model.ts"
import { annul, deadlineFact, isLate, meet, open, recompute } from "./rules.ts"
import { insertDeadline, loadAllOpen, loadOpen, updateDeadline } from "./store.ts"

/** Which open deadline: there is one at most for a duty about a thing. */
export interface Which {
  readonly duty: DutyId
  readonly about: Subject
}

/**
 * Starts a legal term within the caller's transaction; the caller's facts MUST include those returned.
 * Throws (unique violation) while the same duty about the same thing is open.
 */
export async function openDeadline(tx: Tx, context: Context, draft: DeadlineDraft): Promise<readonly Fact[]> {
  const deadline = open(draft, await loadCalendar(tx), context.now)
  await insertDeadline(tx, deadline)
  return [deadlineFact("deadline-opened", deadline)]
}

/** Done, at `metAt` (事實發生時間), in time or late. No facts when no such deadline is open. */
export async function meetDeadline(
  tx: Tx,
  _context: Context,
  { duty, about }: Which,
  metAt: Instant,
): Promise<readonly Fact[]> {
  const deadline = await loadOpen(tx, duty, about)
  if (deadline === null) return []
  const met = meet(deadline, metAt)
  await close(tx, met)
  return [deadlineFact("deadline-met", met, { metAt, late: isLate(met, metAt) })]
}

/** Nothing is owed any more, for `reason`. No facts when no such deadline is open. */
export async function voidDeadline(
  tx: Tx,
  context: Context,
  { duty, about }: Which,
  reason: string,
): Promise<readonly Fact[]> {
  const deadline = await loadOpen(tx, duty, about)
  if (deadline === null) return []
  const annulled = annul(deadline, context.now, reason)
  await close(tx, annulled)
  return [deadlineFact("deadline-voided", annulled, { reason })]
}

async function close(tx: Tx, deadline: Deadline): Promise<void> {
  await updateDeadline(tx, deadline)
  await withdrawReminders(tx, subjectOf(deadline))
}

/** How reminders name a deadline. */
export function subjectOf({ id }: Pick<Deadline, "id">): string {
  return `deadline:${id}`
}

/** Computes every open deadline on the calendar in force; facts for those that change. */
export async function recomputeDeadlines(tx: Tx, context: Context): Promise<readonly Fact[]> {
  const calendar = await loadCalendar(tx)
  const facts: Fact[] = []
  for (const deadline of await loadAllOpen(tx)) {
    const recomputed = recompute(deadline, calendar, context.now)
    if (recomputed === null) continue
    await updateDeadline(tx, recomputed)
    await withdrawReminders(tx, subjectOf(recomputed))
    const { on, calendar: before } = deadline.due
    facts.push(deadlineFact("deadline-recomputed", recomputed, { dueBefore: on, calendarBefore: before }))
  }
  return facts
}
