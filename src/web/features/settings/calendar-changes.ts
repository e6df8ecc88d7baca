import type { CalendarYearView } from "../../../modules/deadlines/contract.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { isWeekend, type OfficeYear } from "../../../regulation/period/calendar.ts"
import { plusDays } from "../../../regulation/period/civil.ts"

interface Changes {
  /** The edition in force now; null when the year has none, and weekends alone count. */
  readonly before: string | null
  readonly toRest: readonly string[]
  readonly toWork: readonly string[]
}

/** Which days would change between work and rest. */
export function changesOf({ year, restDays }: OfficeYear, inForce: readonly CalendarYearView[]): Changes {
  const known = inForce.find((calendar) => calendar.year === year)
  const rested = new Set(known?.restDays ?? weekendsOf(year))
  return {
    before: known?.version ?? null,
    toRest: [...restDays].filter((day) => !rested.has(day)),
    toWork: [...rested].filter((day) => !restDays.has(day as CivilDate)),
  }
}

function weekendsOf(year: number): string[] {
  const first = `${String(year)}-01-01` as CivilDate
  const days = Array.from({ length: 366 }, (_, index) => plusDays(first, index))
  return days.filter((day) => day.startsWith(String(year)) && isWeekend(day))
}
