import { GregorianCalendar, now, parseAbsolute, toCalendar, today as todayIn } from "@internationalized/date"
import { parseTypedDate } from "../../../kernel/roc-date.ts"

const TAIPEI = "Asia/Taipei"
const ROC_EPOCH = 1911

/** Today in Taipei, for a field's first value. */
export function today(): string {
  return todayIn(TAIPEI).toString()
}

/** The present minute by the browser's clock: a proposal that the person can change. */
export function rightNow(): string {
  return now(TAIPEI).set({ second: 0, millisecond: 0 }).toAbsoluteString()
}

/** A moment as its field in Taipei shows it. */
export function inTaipei(instant: string) {
  return parseAbsolute(instant, TAIPEI)
}

interface Dated<Self> {
  readonly year: number
  set(fields: { year: number }): Self
}

/** Whoever types a year of four digits into an ROC field means the AD year: 2026 is 115, not 民國2026年. */
export function inTheCalendarMeant<Date extends Dated<Date>>(ad: Date): Date {
  const typed = ad.year - ROC_EPOCH
  return typed >= 1000 ? ad.set({ year: typed }) : ad
}

/** A pasted date in either calendar (`115.11.23`, `2026-11-23`), moved into `instant` with its hours kept. */
export function withPastedDate(instant: string, pasted: string): string | null {
  const [, date = "", time] =
    /^(.*?)(?:[T\s]+(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?$/u.exec(pasted.trim()) ?? []
  const read = parseTypedDate(date)
  if (!read.ok) return null
  const [year = 0, month = 0, day = 0] = read.date.split("-").map(Number)
  const moved = toCalendar(inTaipei(instant), new GregorianCalendar()).set({ year, month, day })
  const [hour, minute] = time?.split(":").map(Number) ?? []
  return moved
    .set(hour === undefined || minute === undefined ? {} : { hour, minute, second: 0, millisecond: 0 })
    .toAbsoluteString()
}

/** A pasted date in either calendar as a civil date. */
export function pastedDate(pasted: string): string | null {
  const read = parseTypedDate(pasted)
  return read.ok ? read.date : null
}
