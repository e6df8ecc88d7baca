import { taipeiDate, type CivilDate } from "../../../kernel/time.ts"
import type { OfficeCalendar } from "../../../regulation/period/calendar.ts"
import { dueOf, type Term } from "../../../regulation/period/period.ts"
import type { Agreement } from "../model.ts"

/** The term of the next 定期查核. */
export interface CheckTerm {
  readonly eventDate: CivilDate
  readonly term: Term
  readonly basis: string
}

/**
 * Every `months`, by calendar, from the agreement's first day or the last check; the first one before the agreement
 * ends at the latest, so that a short one is checked too. `null`: no more is due before it ends.
 */
export function nextCheck(
  { since, until, checks }: Pick<Agreement, "since" | "until" | "checks">,
  months: number,
  calendar: OfficeCalendar,
): CheckTerm | null {
  const last = checks
    .map(({ checkedOn }) => checkedOn)
    .toSorted()
    .at(-1)
  const eventDate = last ?? taipeiDate(since)
  const term: Term = { unit: "month", length: months, direction: "after", roll: false }
  const ends = taipeiDate(until)
  if (dueOf(eventDate, term, calendar).on < ends)
    return { eventDate, term, basis: `資通安全管理法施行細則第4條：每${months}個月查核委外廠商` }
  if (last !== undefined) return null
  const before: Term = { unit: "day", length: 1, direction: "before", roll: false }
  return { eventDate: ends, term: before, basis: "保密措施屆滿前至少查核一次" }
}
