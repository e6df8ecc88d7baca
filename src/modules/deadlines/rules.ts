import { holds, type Actor } from "../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact, type Json } from "../../kernel/decision.ts"
import type { PersonId } from "../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../kernel/time.ts"
import { officeDay, type OfficeCalendar, type OfficeYear } from "../../regulation/period/calendar.ts"
import type { CalendarError, ReadYear } from "../../regulation/period/calendar-file.ts"
import { plusDays } from "../../regulation/period/civil.ts"
import { dueOf, type Due } from "../../regulation/period/period.ts"
import { refuse, rule } from "../../regulation/rule.ts"
import type { Deadline, DeadlineDraft, ImportedYear, OpenDeadline, Stage } from "./model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

/** The deadline that the event of `draft` sets off. Throws RangeError for a term that no law could mean. */
export function open(draft: DeadlineDraft, calendar: OfficeCalendar, now: Instant): OpenDeadline {
  const due = dueOf(draft.eventDate, draft.term, calendar)
  return { ...draft, due, state: "open", openedAt: now, missedAt: null, version: 1 }
}

/** Done at `metAt`, whether in time or not. */
export function meet(deadline: OpenDeadline, metAt: Instant): Deadline {
  return { ...deadline, state: "met", metAt, version: deadline.version + 1 }
}

export function annul(deadline: OpenDeadline, voidedAt: Instant, reason: string): Deadline {
  return { ...deadline, state: "void", voidedAt, reason, version: deadline.version + 1 }
}

/** Lateness is measured on the last lawful day, not on the safe one. */
export function isLate({ due }: Pick<Deadline, "due">, at: Instant): boolean {
  return taipeiDate(at) > due.on
}

export function miss(deadline: OpenDeadline, now: Instant): OpenDeadline {
  return { ...deadline, missedAt: now, version: deadline.version + 1 }
}

/** The deadline on a new calendar; `null` when nothing of it changes. A day gained takes a miss back. */
export function recompute(
  deadline: OpenDeadline,
  calendar: OfficeCalendar,
  now: Instant,
): OpenDeadline | null {
  const due = dueOf(deadline.eventDate, deadline.term, calendar)
  if (isSameDue(due, deadline.due)) return null
  const missedAt = isLate({ due }, now) ? deadline.missedAt : null
  return { ...deadline, due, missedAt, version: deadline.version + 1 }
}

function isSameDue(a: Due, b: Due): boolean {
  return a.on === b.on && a.safeOn === b.safeOn && a.calendar === b.calendar && a.cutOff === b.cutOff
}

/**
 * The most urgent stage that has come by the morning of workday `today`. Mail goes out on workdays only, so
 * what falls before `nextWorkday` is said today. `daysBefore` are the pack's.
 */
export function stageOn(
  { due }: Pick<Deadline, "due">,
  today: CivilDate,
  nextWorkday: CivilDate,
  daysBefore: readonly number[],
): Stage | null {
  if (today > due.on) return "missed"
  if (today > due.safeOn) return "last-days"
  const reached = daysBefore.filter((days) => plusDays(due.safeOn, -days) < nextWorkday)
  return reached.length === 0 ? null : `${Math.min(...reached)}-days`
}

export function isWorkday(calendar: OfficeCalendar, date: CivilDate): boolean {
  return !officeDay(calendar, date).isRest
}

export function nextWorkdayAfter(calendar: OfficeCalendar, date: CivilDate): CivilDate {
  const next = plusDays(date, 1)
  return isWorkday(calendar, next) ? next : nextWorkdayAfter(calendar, next)
}

/** About the deadline itself; the thing it is about is a reference. */
export function deadlineFact(kind: string, deadline: Deadline, more: Fact["payload"] = {}): Fact {
  const { on, safeOn, calendar, provisional } = deadline.due
  const { itemNumber, eventDate, basis } = deadline
  return {
    kind,
    duties: [deadline.duty],
    about: { type: "deadline", id: deadline.id },
    refs: { [deadline.about.type]: deadline.about.id },
    retention: "notice",
    payload: { itemNumber, eventDate, basis, due: on, safeDue: safeOn, calendar, provisional, ...more },
  }
}

export const administratorsOnly = rule("internal", (actor: Actor) =>
  holds(actor, "administrator") ? null : refuse("NOT_PERMITTED"),
)

export const calendarFileIsRight = rule("internal", (read: ReadYear) => {
  if (read.ok) return null
  const { line, zh, en }: CalendarError = read.errors[0]
  return refuse("CALENDAR_FILE_WRONG", { line, reason: `${zh} ${en}`, count: read.errors.length })
})

export const calendarSaysSomethingNew = rule(
  "internal",
  (read: ReadYear, current: OfficeYear | undefined) => {
    if (!read.ok || current === undefined || !isSameYear(read.year, current)) return null
    return refuse("CALENDAR_ALREADY_IMPORTED", { version: current.version })
  },
)

function isSameYear(a: OfficeYear, b: OfficeYear): boolean {
  const sameRests = a.restDays.size === b.restDays.size && [...a.restDays].every((day) => b.restDays.has(day))
  const sameRemarks = [...a.remarks].every(([day, remark]) => b.remarks.get(day) === remark)
  return sameRests && sameRemarks && a.remarks.size === b.remarks.size
}

export interface CalendarFile {
  readonly csv: Uint8Array
  readonly sha256: string
  readonly read: ReadYear
}

/** The next edition of the year the file holds; later deadlines name it. */
export function decideImportCalendar(
  { csv, sha256, read }: CalendarFile,
  calendar: OfficeCalendar,
  { actor, now }: Deciding,
): Decision<ImportedYear> {
  const current = read.ok ? calendar.years.get(read.year.year) : undefined
  const broken = gather(
    administratorsOnly(actor),
    calendarFileIsRight(read),
    calendarSaysSomethingNew(read, current),
  )
  return decideUnless(broken, () => {
    if (!read.ok || actor.kind !== "person")
      throw new Error("an import that passed its rules has a year and a person")
    const revision = current === undefined ? 1 : Number(current.version.slice(5)) + 1
    const { year } = read.year
    const next = {
      version: `${year}-${revision}`,
      year,
      revision,
      csv,
      sha256,
      importedAt: now,
      importedBy: actor.person,
    }
    return accepted(next, calendarFact(next, actor.person))
  })
}

function calendarFact({ version, year, revision, sha256 }: ImportedYear, person: PersonId): Fact {
  const payload: Record<string, Json> = { version, year, revision, sha256 }
  return {
    kind: "office-calendar-imported",
    duties: [],
    about: { type: "office-calendar", id: version },
    refs: { person },
    retention: "setting",
    payload,
  }
}
