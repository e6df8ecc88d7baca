import type { CivilDate } from "../../kernel/time.ts"
import { partsOf, weekdayOf } from "./civil.ts"

/** One year of the official office calendar (政府行政機關辦公日曆表). */
export interface OfficeYear {
  readonly year: number
  /** `<year>-<revision>`; every stored deadline names it. */
  readonly version: string
  readonly restDays: ReadonlySet<CivilDate>
  /** The 備註 column of the days that have one. */
  readonly remarks: ReadonlyMap<CivilDate, string>
}

export interface OfficeCalendar {
  readonly years: ReadonlyMap<number, OfficeYear>
}

export interface OfficeDay {
  readonly isRest: boolean
  readonly remark: string
  /** Undefined beyond the imported years, where only weekends are known. */
  readonly version: string | undefined
}

/** Joins years into one calendar; of two editions of a year the later revision holds. */
export function officeCalendar(years: readonly OfficeYear[]): OfficeCalendar {
  const revision = (y: OfficeYear) => Number(y.version.slice(5))
  return {
    years: new Map(years.toSorted((a, b) => revision(a) - revision(b)).map((y) => [y.year, y])),
  }
}

/** What the calendar says of a day; weekends alone when its year is not imported. */
export function officeDay(calendar: OfficeCalendar, date: CivilDate): OfficeDay {
  const year = calendar.years.get(partsOf(date).year)
  if (year === undefined) return { isRest: isWeekend(date), remark: "", version: undefined }
  return { isRest: year.restDays.has(date), remark: year.remarks.get(date) ?? "", version: year.version }
}

export function isWeekend(date: CivilDate): boolean {
  return weekdayOf(date) === "六" || weekdayOf(date) === "日"
}
