import { readdirSync, readFileSync } from "node:fs"
import { officeCalendar, type OfficeCalendar } from "../regulation/period/calendar.ts"
import { readOfficeYear } from "../regulation/period/calendar-file.ts"

const FOLDER = new URL("../regulation/period/calendars/", import.meta.url)
let shipped: OfficeCalendar | undefined

/** The office calendars that ship with the program, `<year>-<revision>.csv` each; read once. */
export function shippedCalendar(): OfficeCalendar {
  shipped ??= officeCalendar(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith(".csv"))
      .map(readShipped),
  )
  return shipped
}

function readShipped(name: string) {
  const read = readOfficeYear(readFileSync(new URL(name, FOLDER)), Number(/-(\d+)\.csv$/.exec(name)?.[1]))
  if (read.ok && `${read.year.version}.csv` === name) return read.year
  const reason = read.ok
    ? `it holds ${read.year.version}`
    : `line ${read.errors[0].line}: ${read.errors[0].en}`
  throw new Error(`The shipped office calendar ${name} cannot be used: ${reason}`)
}
