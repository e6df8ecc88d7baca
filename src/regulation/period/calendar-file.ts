import type { CivilDate } from "../../kernel/time.ts"
import type { OfficeYear } from "./calendar.ts"
import { partsOf, plusDays, readCivilDate, weekdayOf } from "./civil.ts"

/** What is wrong with a calendar file; `line` counts from 1, and 0 means the file as a whole. */
export interface CalendarError {
  readonly line: number
  readonly zh: string
  readonly en: string
}
export type ReadYear =
  | { readonly ok: true; readonly year: OfficeYear }
  | { readonly ok: false; readonly errors: readonly [CalendarError, ...CalendarError[]] }

interface Row {
  readonly line: number
  readonly date: CivilDate
  readonly isRest: boolean
  readonly remark: string
}

const HEADER = "西元日期,星期,是否放假,備註"

/**
 * Reads one year of the official CSV: UTF-8 with or without BOM, or Big5; the header exactly
 * `西元日期,星期,是否放假,備註`; every day of the year once, in order; 是否放假 only 0 or 2.
 * Wrong files come back as errors naming the line; nothing of them is used.
 */
export function readOfficeYear(bytes: Uint8Array, revision: number): ReadYear {
  const text = decode(bytes)
  if (text === null) return wrong(0, "檔案不是 UTF-8 或 Big5 編碼。", "The file is neither UTF-8 nor Big5.")
  const [header = "", ...lines] = text.replace(/(\r?\n)+$/, "").split(/\r?\n/)
  if (header !== HEADER) return wrongHeader(header)
  const outcomes = lines.map((text, index) => readRow(text, index + 2))
  const errors = [...outcomes.filter(isError), ...sequenceErrors(outcomes.filter(isRow))]
  const [first, ...others] = errors.toSorted((a, b) => a.line - b.line)
  if (first !== undefined) return { ok: false, errors: [first, ...others] }
  return { ok: true, year: yearOf(outcomes.filter(isRow), revision) }
}

function decode(bytes: Uint8Array): string | null {
  for (const encoding of ["utf-8", "big5"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  }
  return null
}

function wrongHeader(header: string): ReadYear {
  if (/^"?Subject"?,/i.test(header))
    return wrong(
      1,
      "這是「Google 行事曆」專用版，缺少平日及補行上班日；請改匯入「政府行政機關辦公日曆表」之 CSV 檔。",
      "This is the “Google Calendar” edition, which leaves out ordinary and make-up working days; import the plain CSV of the office calendar instead.",
    )
  return wrong(1, `標題列應為「${HEADER}」。`, `The header must be “${HEADER}”.`)
}

function readRow(text: string, line: number): Row | CalendarError {
  const [digits = "", weekday = "", rest = "", ...remark] = text.split(",")
  const date = readCivilDate(digits.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"))
  if (date === null || remark.length === 0)
    return error(line, `不是「${HEADER}」四欄，或日期不存在。`, "Not four columns, or no such date.")
  if (weekday !== weekdayOf(date))
    return error(
      line,
      `${date} 是星期${weekdayOf(date)}，檔案所寫不同。`,
      `${date} is weekday ${weekdayOf(date)}, but the file says otherwise.`,
    )
  if (rest !== "0" && rest !== "2") return error(line, "是否放假只能是 0 或 2。", "是否放假 must be 0 or 2.")
  return {
    line,
    date,
    isRest: rest === "2",
    remark: remark
      .join(",")
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  }
}

/** Every day of the first row's year must follow the day before it. */
function sequenceErrors(rows: readonly Row[]): CalendarError[] {
  const first = rows[0]
  if (first === undefined) return [error(0, "檔案沒有任何日期。", "The file has no days.")]
  const year = String(partsOf(first.date).year)
  const errors: CalendarError[] = []
  let expected = `${year}-01-01` as CivilDate
  for (const { date, line } of rows) {
    if (date !== expected) errors.push(outOfOrder(line, date, expected))
    expected = plusDays(date, 1)
  }
  const last = rows.at(-1)
  if (last !== undefined && last.date !== `${year}-12-31`)
    errors.push(
      error(
        last.line,
        `應止於 ${year}-12-31，檔案止於 ${last.date}。`,
        `Must end on ${year}-12-31, ends on ${last.date}.`,
      ),
    )
  return errors
}

function outOfOrder(line: number, date: CivilDate, expected: CivilDate): CalendarError {
  return error(
    line,
    `應為 ${expected}，檔案寫 ${date}；日期缺漏、重複或未依序。`,
    `Expected ${expected} but found ${date}: a day is missing, doubled or out of order.`,
  )
}

function yearOf(rows: readonly Row[], revision: number): OfficeYear {
  const year = Number(rows[0]?.date.slice(0, 4))
  return {
    year,
    version: `${String(year)}-${String(revision)}`,
    restDays: new Set(rows.filter((r) => r.isRest).map((r) => r.date)),
    remarks: new Map(rows.filter((r) => r.remark !== "").map((r) => [r.date, r.remark])),
  }
}

const isRow = (outcome: Row | CalendarError): outcome is Row => "date" in outcome
const isError = (outcome: Row | CalendarError): outcome is CalendarError => "zh" in outcome

function error(line: number, zh: string, en: string): CalendarError {
  return { line, zh, en }
}

function wrong(line: number, zh: string, en: string): ReadYear {
  return { ok: false, errors: [error(line, zh, en)] }
}
