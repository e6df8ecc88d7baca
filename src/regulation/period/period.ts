import type { CivilDate } from "../../kernel/time.ts"
import { isWeekend, officeDay, type OfficeCalendar } from "./calendar.ts"
import { lastDayOf, partsOf, plusDays, weekdayOf } from "./civil.ts"

/** A legal term; plain data, so that it can be stored beside the deadline it made. */
export interface Term {
  readonly unit: "day" | "working-day" | "month" | "year"
  /** 1 to 36,500. */
  readonly length: number
  readonly direction: "after" | "before"
  /** Whether an end on a rest day moves to a working day (行政程序法 §48 IV). */
  readonly roll: boolean
}

/** One step of 「為什麼是這一天？」, in order; `explain.ts` puts it into words. */
export type Step =
  | { readonly kind: "event"; readonly on: CivilDate }
  | { readonly kind: "first-day"; readonly on: CivilDate }
  | { readonly kind: "counted"; readonly term: Term; readonly on: CivilDate }
  | { readonly kind: "no-such-day"; readonly day: number; readonly on: CivilDate }
  | { readonly kind: "make-up-day"; readonly on: CivilDate }
  | { readonly kind: "rest-day"; readonly on: CivilDate; readonly remark: string }
  | { readonly kind: "rolled"; readonly from: CivilDate; readonly on: CivilDate }
  | { readonly kind: "saturday-noon"; readonly on: CivilDate }
  | { readonly kind: "provisional"; readonly on: CivilDate }

export interface Due {
  /** The last lawful day; lateness is measured on it. */
  readonly on: CivilDate
  /** The un-rolled end, on which reminders go out; never later than `on`. */
  readonly safeOn: CivilDate
  readonly rolledFrom?: CivilDate
  /** The strict reading of §48 IV for a term that ended on an ordinary Saturday. */
  readonly cutOff?: "12:00"
  /** Calendar versions consulted, `2026-1+2027-1`; `weekends` beyond them; `none` if the rule needs no calendar. */
  readonly calendar: string
  /** True when a day beyond the imported calendars was judged by weekends alone: recompute after import. */
  readonly provisional: boolean
  readonly steps: readonly Step[]
}

/** Terms as the law writes them. Days roll over; months and years only when asked. */
export const period = {
  days: (length: number, { roll = true } = {}) => ({
    after: (event: CivilDate, calendar: OfficeCalendar) =>
      dueOf(event, { unit: "day", length, direction: "after", roll }, calendar),
    before: (event: CivilDate, calendar: OfficeCalendar) =>
      dueOf(event, { unit: "day", length, direction: "before", roll }, calendar),
  }),
  workingDays: (length: number) => forward({ unit: "working-day", length, direction: "after", roll: false }),
  months: (length: number, { roll = false } = {}) =>
    forward({ unit: "month", length, direction: "after", roll }),
  years: (length: number, { roll = false } = {}) =>
    forward({ unit: "year", length, direction: "after", roll }),
}

function forward(term: Term) {
  return { after: (event: CivilDate, calendar: OfficeCalendar) => dueOf(event, term, calendar) }
}

/**
 * When a term that `event` sets off ends, and why. The day of the event is not counted (§48 II).
 * MUST be given a length of 1 to 36,500, and only days may run backwards: otherwise RangeError.
 */
export function dueOf(event: CivilDate, term: Term, calendar: OfficeCalendar): Due {
  if (!Number.isInteger(term.length) || term.length < 1 || term.length > 36_500)
    throw new RangeError(`A term has 1 to 36,500 units, not ${String(term.length)}`)
  if (term.direction === "before" && term.unit !== "day") throw new RangeError("Only days may run backwards")
  const walk = new Walk(calendar)
  const counted = endOf(event, term, walk)
  if (!term.roll) return finish(walk, counted, counted.on, counted.steps)
  return rolled(walk, counted, term.direction === "after" ? 1 : -1)
}

interface Counted {
  readonly on: CivilDate
  readonly steps: readonly Step[]
}

/** Looks days up and remembers which calendars answered. */
class Walk {
  readonly calendar: OfficeCalendar
  readonly versions = new Set<string>()
  guessedFrom: CivilDate | undefined

  constructor(calendar: OfficeCalendar) {
    this.calendar = calendar
  }

  look(date: CivilDate) {
    const day = officeDay(this.calendar, date)
    this.versions.add(day.version ?? "weekends")
    if (day.version === undefined) this.guessedFrom ??= date
    return day
  }
}

function endOf(event: CivilDate, term: Term, walk: Walk): Counted {
  const sign = term.direction === "after" ? 1 : -1
  const firstDay = plusDays(event, sign)
  const opening: Step[] = [
    { kind: "event", on: event },
    { kind: "first-day", on: firstDay },
  ]
  if (term.unit === "day") return counted(opening, term, plusDays(event, sign * term.length))
  if (term.unit === "working-day") return counted(opening, term, workingDayAfter(event, term.length, walk))
  return monthEnd(opening, term, firstDay)
}

function counted(opening: readonly Step[], term: Term, on: CivilDate): Counted {
  return { on, steps: [...opening, { kind: "counted", term, on }] }
}

function workingDayAfter(event: CivilDate, length: number, walk: Walk): CivilDate {
  let date = event
  for (let left = length; left > 0;) {
    date = plusDays(date, 1)
    if (!walk.look(date).isRest) left -= 1
  }
  return date
}

/** The day before the corresponding day, or the month's last day where there is none (§48 III). */
function monthEnd(opening: readonly Step[], term: Term, firstDay: CivilDate): Counted {
  const { year, month, day } = partsOf(firstDay)
  const months = month - 1 + term.length * (term.unit === "year" ? 12 : 1)
  const [lastYear, lastMonth] = [year + Math.floor(months / 12), (months % 12) + 1]
  const length = lastDayOf(lastYear, lastMonth)
  const ofMonth = `${String(lastYear)}-${String(lastMonth).padStart(2, "0")}`
  if (day <= length)
    return counted(opening, term, plusDays(`${ofMonth}-${String(day).padStart(2, "0")}` as CivilDate, -1))
  const on = `${ofMonth}-${String(length)}` as CivilDate
  return counted([...opening, { kind: "no-such-day", day, on }], term, on)
}

function rolled(walk: Walk, end: Counted, sign: 1 | -1): Due {
  const last = walk.look(end.on)
  if (!last.isRest) {
    const makeUp: Step[] = isWeekend(end.on) ? [{ kind: "make-up-day", on: end.on }] : []
    return finish(walk, end, end.on, [...end.steps, ...makeUp])
  }
  const { on, restDays } = nextWorkingDay(walk, end.on, sign)
  const steps: Step[] = [...end.steps, ...restDays, { kind: "rolled", from: end.on, on }]
  if (sign === -1) return { ...finish(walk, { ...end, on }, on, steps), rolledFrom: end.on }
  const isOrdinarySaturday = weekdayOf(end.on) === "六" && last.remark === ""
  if (!isOrdinarySaturday) return { ...finish(walk, end, on, steps), rolledFrom: end.on }
  const due = finish(walk, end, on, [...steps, { kind: "saturday-noon", on }])
  return { ...due, rolledFrom: end.on, cutOff: "12:00" }
}

function nextWorkingDay(walk: Walk, from: CivilDate, sign: 1 | -1) {
  const restDays: Step[] = []
  let on = from
  for (let day = walk.look(on); day.isRest; day = walk.look(on)) {
    restDays.push({ kind: "rest-day", on, remark: day.remark })
    on = plusDays(on, sign)
  }
  return { on, restDays }
}

function finish(walk: Walk, { on: safeOn }: Counted, on: CivilDate, steps: readonly Step[]): Due {
  const guessed = walk.guessedFrom
  return {
    on,
    safeOn,
    calendar: walk.versions.size === 0 ? "none" : [...walk.versions].join("+"),
    provisional: guessed !== undefined,
    steps: guessed === undefined ? steps : [...steps, { kind: "provisional", on: guessed }],
  }
}
