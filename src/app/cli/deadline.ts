import { existsSync, readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import type { CivilDate } from "../../kernel/time.ts"
import { shippedCalendar } from "../../platform/calendars.ts"
import { officeCalendar, type OfficeCalendar } from "../../regulation/period/calendar.ts"
import { readOfficeYear } from "../../regulation/period/calendar-file.ts"
import { readCivilDate } from "../../regulation/period/civil.ts"
import { explain } from "../../regulation/period/explain.ts"
import { dueOf, type Due, type Term } from "../../regulation/period/period.ts"
import { WRONG_USAGE } from "./subcommand.ts"

const USAGE =
  "hushou deadline --from YYYY-MM-DD (--days N | --months N | --years N) [--roll] [--json] [--calendar FILE.csv]…"
/** Later than any edition that the program ships. */
const GIVEN_REVISION = 100
const UNITS = { days: "day", months: "month", years: "year" } as const

interface Question {
  readonly from: CivilDate
  readonly term: Term
  readonly asJson: boolean
  readonly calendar: OfficeCalendar
}

/** Prints the day on the first line and then why. Days roll over by law; months and years only with `--roll`. */
export function run(argv: string[]): Promise<number> {
  const question = readQuestion(argv)
  if (typeof question === "string") {
    console.error(`hushou deadline: ${question}；用法 (usage): ${USAGE}`)
    return Promise.resolve(WRONG_USAGE)
  }
  const due = dueOf(question.from, question.term, question.calendar)
  console.log(question.asJson ? asJson(due, question) : [due.on, ...explain(due, "zh")].join("\n"))
  return Promise.resolve(0)
}

function asJson(due: Due, { from, term }: Question): string {
  return JSON.stringify({ from, term, ...due, zh: explain(due, "zh"), en: explain(due, "en") }, null, 2)
}

/** The question asked, or one line saying what is wrong with it. */
function readQuestion(argv: string[]): Question | string {
  const values = readOptions(argv)
  if (typeof values === "string") return values
  const from = readCivilDate(values.from ?? "")
  if (from === null || from > "2900-12-31")
    return "--from 須為存在之西元日期 (must be a real date, YYYY-MM-DD)"
  const [name, ...others] = (["days", "months", "years"] as const).filter((u) => values[u] !== undefined)
  if (name === undefined || others.length > 0)
    return "--days、--months、--years 須擇一 (exactly one of them is needed)"
  const length = Number(values[name])
  if (!/^\d{1,4}$/.test(values[name] ?? "") || length < 1 || length > 1200)
    return `--${name} 須為 1 至 1200 之整數 (must be a whole number from 1 to 1200)`
  const term: Term = { unit: UNITS[name], length, direction: "after", roll: name === "days" || values.roll }
  const calendar = calendarWith(values.calendar)
  return typeof calendar === "string" ? calendar : { from, term, asJson: values.json, calendar }
}

/** The calendars that the program ships, and those of files, which take their years' place: what an agency imported. */
function calendarWith(files: readonly string[]): OfficeCalendar | string {
  const years = [...shippedCalendar().years.values()]
  for (const file of files) {
    const outcome = existsSync(file) ? readOfficeYear(readFileSync(file), GIVEN_REVISION) : null
    if (outcome?.ok !== true)
      return `--calendar ${file} 不是可讀取之辦公日曆表 (is no office calendar that can be read)`
    years.push(outcome.year)
  }
  return officeCalendar(years)
}

function readOptions(argv: string[]) {
  const text = { type: "string" } as const
  const flag = { type: "boolean", default: false } as const
  const files = { type: "string", multiple: true, default: [] as string[] } as const
  const options = {
    from: text,
    days: text,
    months: text,
    years: text,
    roll: flag,
    json: flag,
    calendar: files,
  }
  try {
    return parseArgs({ args: argv, options }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return `參數有誤 (${reason.replace(/(\.\s|\n).*/s, "")})`
  }
}
