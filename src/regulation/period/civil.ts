import type { CivilDate } from "../../kernel/time.ts"

const DAY_MS = 86_400_000
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** `text` as a civil date when it is `YYYY-MM-DD`, exists, and lies in the years 1000 to 9999; otherwise null. */
export function readCivilDate(text: string): CivilDate | null {
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month)
  return exists ? (text as CivilDate) : null
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
function dayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

/** `date` moved by `days`, which may be negative. Throws RangeError outside the years 1000 to 9999. */
export function plusDays(date: CivilDate, days: number): CivilDate {
  const moved = new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10)
  const valid = readCivilDate(moved)
  if (valid === null) throw new RangeError(`No civil date ${String(days)} days from ${date}`)
  return valid
}

export function partsOf(date: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

export function lastDayOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The weekday as officials write it: 日, 一, … 六. */
export function weekdayOf(date: CivilDate): Weekday {
  const index = (((dayNumber(date) + 4) % 7) + 7) % 7
  const name = WEEKDAYS[index]
  if (name === undefined) throw new RangeError(`Not a date: ${date}`)
  return name
}
