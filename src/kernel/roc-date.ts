import { taipeiDate, type CivilDate, type Instant } from "./time.ts"

/** Years between the two calendars: 民國1年 is AD 1912. */
const ROC_EPOCH = 1911

export type DateProblem = "unreadable" | "no-such-year" | "no-such-month" | "no-such-day"

/** What a person typed, read as a date, or why it cannot be read. The texts never repeat the input. */
export type TypedDate =
  | { readonly ok: true; readonly date: CivilDate }
  | { readonly ok: false; readonly problem: DateProblem; readonly zh: string; readonly en: string }

const PROBLEMS: Readonly<Record<DateProblem, { readonly zh: string; readonly en: string }>> = {
  unreadable: {
    zh: "日期無法辨識，請輸入民國年（如 115.11.23）或西元年（如 2026-11-23）。",
    en: "This is not a date. Type an ROC date such as 115.11.23 or an AD date such as 2026-11-23.",
  },
  "no-such-year": {
    zh: "年份有誤：民國紀年由元年起算，西元年為四位數。",
    en: "There is no such year: ROC years begin at 1 and AD years have four digits.",
  },
  "no-such-month": { zh: "月份有誤：應為 1 至 12。", en: "There is no such month: it is 1 to 12." },
  "no-such-day": { zh: "日期有誤：該月無此日。", en: "There is no such day in that month." },
}

interface Parts {
  readonly era: "roc" | "before-roc" | "ad"
  readonly year: number
  readonly month: number
  readonly day: number
}

/** ROC year of `date`; 1911 (民國前1年) is 0, 1910 is -1. */
export function rocYear(date: CivilDate): number {
  return Number(date.slice(0, 4)) - ROC_EPOCH
}

/** `民國115年11月23日`; before 1912 `民國前1年12月31日`. */
export function rocDate(date: CivilDate): string {
  const year = rocYear(date)
  const era = year > 0 ? `民國${year}` : `民國前${1 - year}`
  return `${era}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`
}

/** `115.11.23`; before 1912 `前1.12.31`. */
export function shortRocDate(date: CivilDate): string {
  const year = rocYear(date)
  return `${year > 0 ? String(year) : `前${1 - year}`}.${date.slice(5, 7)}.${date.slice(8, 10)}`
}

/** `115.11.23 14:05` in Asia/Taipei. */
export function rocDateTime(instant: Instant): string {
  const time = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16)
  return `${shortRocDate(taipeiDate(instant))} ${time}`
}

/**
 * Reads what a person typed: `115.11.23`, `115/11/23`, `1151123`, `民國115年11月23日`, `2026-11-23`,
 * `20261123`, `西元2026年11月23日`, full-width digits too. Up to three digits of year are ROC, four are AD.
 */
export function parseTypedDate(typed: string): TypedDate {
  const parts = readParts(typed.normalize("NFKC").replace(/\s+/gu, ""))
  return parts === undefined ? problem("unreadable") : toCivilDate(parts)
}

const SEPARATED = /^(民國前|民國|前|西元)?(元|\d{1,4})([./-]|年)(\d{1,2})([./-]|月)(\d{1,2})日?$/u
const COMPACT = /^(\d{2,4})(\d{2})(\d{2})$/u

function readParts(text: string): Parts | undefined {
  const compact = COMPACT.exec(text)
  if (compact !== null) return partsOf(undefined, compact[1], compact[2], compact[3])
  const separated = SEPARATED.exec(text)
  if (separated === null) return undefined
  const [, era, year, first, month, second, day] = separated
  const isConsistent = first === "年" ? second === "月" : second === first && !text.endsWith("日")
  return isConsistent ? partsOf(era, year, month, day) : undefined
}

function partsOf(era: string | undefined, year = "", month = "", day = ""): Parts {
  const numbers = { year: year === "元" ? 1 : Number(year), month: Number(month), day: Number(day) }
  if (era === "民國前" || era === "前") return { era: "before-roc", ...numbers }
  if (era === "西元") return { era: "ad", ...numbers }
  return { era: era === undefined && year.length === 4 ? "ad" : "roc", ...numbers }
}

function toCivilDate({ era, year, month, day }: Parts): TypedDate {
  const ad = era === "ad" ? year : era === "roc" ? ROC_EPOCH + year : ROC_EPOCH + 1 - year
  if (year < 1 || ad < 1000 || ad > 9999) return problem("no-such-year")
  if (month < 1 || month > 12) return problem("no-such-month")
  const lastDay = new Date(Date.UTC(ad, month, 0)).getUTCDate()
  if (day < 1 || day > lastDay) return problem("no-such-day")
  return { ok: true, date: new Date(Date.UTC(ad, month - 1, day)).toISOString().slice(0, 10) as CivilDate }
}

function problem(name: DateProblem): TypedDate {
  return { ok: false, problem: name, ...PROBLEMS[name] }
}
