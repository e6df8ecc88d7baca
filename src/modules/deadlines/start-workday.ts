import { plusMs, startOfTaipeiDay, taipeiDate, type CivilDate } from "../../kernel/time.ts"
import type { Fact } from "../../kernel/decision.ts"
import type { PersonId } from "../../kernel/ids.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { OfficeCalendar } from "../../regulation/period/calendar.ts"
import { runJob, type Context, type Runtime, type Wake } from "../../runtime/index.ts"
import { addReminder, mailCheckpoint, sendDigests, type ReminderKind } from "../notices/index.ts"
import { loadCalendar } from "./calendars.ts"
import { recomputeDeadlines, subjectOf } from "./keep-deadlines.ts"
import type { Deadline, OpenDeadline, Stage } from "./model.ts"
import { deadlineFact, isLate, isWorkday, miss, nextWorkdayAfter, stageOn } from "./rules.ts"
import { headsOf, loadAllOpen, noteStage, updateDeadline } from "./store.ts"

/** 08:30 Taipei: mail is there when people come in. */
const WORKDAY_STARTS_MS = 8.5 * 3_600_000

/**
 * Wakes often and mostly finds nothing to do: what is due is decided from tables and the clock, so that a
 * server that was down at 08:30 catches up, and waking twice does nothing twice.
 */
export const startWorkdayWake: Wake = { name: "start-workday", cron: "*/15 * * * *", work: startWorkday }

/**
 * Finds what was missed; on workdays from 08:30 also reminds, and mails digests and the checkpoint. A step
 * that fails keeps no other back; failures are thrown together at the end, and the next wake tries again.
 */
export async function startWorkday(runtime: Runtime): Promise<void> {
  const failures: unknown[] = []
  for (const step of await stepsNow(runtime)) await step().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, "a step of the workday's start failed")
}

async function stepsNow(runtime: Runtime): Promise<(() => Promise<void>)[]> {
  const always = [
    () => runJob(runtime, "recompute-deadlines", recomputeDeadlines),
    () => runJob(runtime, "detect-missed-deadlines", detectMissed),
  ]
  const now = runtime.clock.now()
  const today = taipeiDate(now)
  const calendar = await loadCalendar(runtime.db)
  if (!isWorkday(calendar, today) || now < plusMs(startOfTaipeiDay(today), WORKDAY_STARTS_MS)) return always
  return [
    ...always,
    () => runJob(runtime, "remind-of-deadlines", (tx, context) => remind(tx, context, today, calendar)),
    () => sendDigests(runtime, today),
    () => runJob(runtime, "mail-checkpoint", (tx, context) => mailCheckpoint(tx, context, today)),
  ]
}

async function detectMissed(tx: Tx, context: Context): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for (const deadline of await loadAllOpen(tx)) {
    if (deadline.missedAt !== null || !isLate(deadline, context.now)) continue
    const missed = miss(deadline, context.now)
    await updateDeadline(tx, missed)
    facts.push(deadlineFact("deadline-missed", missed))
  }
  return facts
}

/** Puts the stage each open deadline has reached into the day's mail, once. Reminders are no facts; digests are. */
async function remind(
  tx: Tx,
  context: Context,
  today: CivilDate,
  calendar: OfficeCalendar,
): Promise<readonly Fact[]> {
  const nextWorkday = nextWorkdayAfter(calendar, today)
  const { daysBefore, escalateTo } = context.pack.reminders
  for (const deadline of await loadAllOpen(tx)) {
    const stage = stageOn(deadline, today, nextWorkday, daysBefore.value)
    if (stage === null || !(await noteStage(tx, deadline, stage, context.now))) continue
    const headsAbove = (below: readonly PersonId[]) =>
      headsOf(tx, deadline.owner.unit, escalateTo.value, context.now, below)
    for (const person of await audienceOf(deadline, stage, headsAbove))
      await addReminder(tx, context, { ...lineOf(deadline, stage, today), person })
  }
  return []
}

/** The owner, or who heads the unit that owns it; after the safe day also who heads it above them. */
async function audienceOf(
  { owner }: Deadline,
  stage: Stage,
  headsAbove: (below: readonly PersonId[]) => Promise<readonly PersonId[]>,
): Promise<ReadonlySet<PersonId>> {
  const owners = owner.person === null ? await headsAbove([]) : [owner.person]
  const isEscalated = stage === "last-days" || stage === "missed"
  return new Set([...owners, ...(isEscalated ? await headsAbove(owners) : [])])
}

function lineOf(deadline: OpenDeadline, stage: Stage, today: CivilDate) {
  const { itemNumber, link, due } = deadline
  const kind = kindOf(deadline, stage, today)
  return {
    subject: subjectOf(deadline),
    stage: `${due.safeOn}:${stage}`,
    kind,
    itemNumber,
    link,
    due: due.on,
  }
}

function kindOf({ due }: OpenDeadline, stage: Stage, today: CivilDate): ReminderKind {
  if (stage === "missed" || stage === "last-days") return stage
  return due.safeOn === today ? "today" : "soon"
}
