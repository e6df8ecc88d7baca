import { rocDate } from "../../kernel/roc-date.ts"
import type { CivilDate } from "../../kernel/time.ts"
import { weekdayOf } from "./civil.ts"
import type { Due, Step, Term } from "./period.ts"

const UNITS = {
  day: { zh: "日", en: "day(s)" },
  "working-day": { zh: "個工作日", en: "working day(s)" },
  month: { zh: "個月", en: "month(s)" },
  year: { zh: "年", en: "year(s)" },
} as const

/** 「為什麼是這一天？」: one sentence per step, in order, in the language asked. */
export function explain(due: Due, language: "zh" | "en"): readonly string[] {
  return due.steps.map((step) => SENTENCES[language](step))
}

const SENTENCES = { zh: inChinese, en: inEnglish }

function inChinese(step: Step): string {
  const on = dayInChinese(step.on)
  switch (step.kind) {
    case "event":
      return `事實發生日：${on}。`
    case "first-day":
      return `始日不計算在內，自${on}起算（行政程序法第48條第2項）。`
    case "counted":
      return `${termInChinese(step.term)}，期間末日為${on}${countedBy(step.term)}。`
    case "no-such-day":
      return `最後之月無 ${String(step.day)} 日之相當日，以月之末日為期間末日（行政程序法第48條第3項但書）。`
    case "make-up-day":
      return `${on}為補行上班日，不順延（法務部99年2月3日法律字第099004718號函）。`
    case "rest-day":
      return `${on}為放假日${step.remark === "" ? "" : `（${step.remark}）`}。`
    case "rolled":
      return step.on > step.from
        ? `末日遇放假日，以次一上班日${on}代之（行政程序法第48條第4項）。`
        : `須於事前完成，末日遇放假日，提前至前一上班日${on}。`
    case "saturday-noon":
      return `期間末日為星期六，依條文嚴格解釋僅至${on}中午12時止（行政程序法第48條第4項後段）。`
    case "provisional":
      return `${on}以後尚無官方辦公日曆表，暫以週末推算；匯入後重新計算。`
  }
}

function inEnglish(step: Step): string {
  const on = dayInEnglish(step.on)
  switch (step.kind) {
    case "event":
      return `The event is on ${on}.`
    case "first-day":
      return `The first day is not counted; the term runs from ${on} (Administrative Procedure Act §48 II).`
    case "counted":
      return `${termInEnglish(step.term)}; the term ends on ${on}.`
    case "no-such-day":
      return `The last month has no day ${String(step.day)}, so the month's last day ends the term (APA §48 III).`
    case "make-up-day":
      return `${on} is a make-up working day: no roll-over (Ministry of Justice letter of 2010-02-03).`
    case "rest-day":
      return `${on} is a rest day${step.remark === "" ? "" : ` (${step.remark})`}.`
    case "rolled":
      return step.on > step.from
        ? `The last day is a rest day, so the next working day ${on} takes its place (APA §48 IV).`
        : `It must be done beforehand; the last day is a rest day, so it moves back to ${on}.`
    case "saturday-noon":
      return `The term ended on a Saturday: read strictly it ends at noon, 12:00, on ${on} (APA §48 IV).`
    case "provisional":
      return `From ${on} no official calendar is imported; weekends alone were used. Recomputed after import.`
  }
}

function termInChinese({ length, unit, direction }: Term): string {
  return `${direction === "after" ? "後" : "前"}${String(length)}${UNITS[unit].zh}`
}

function termInEnglish({ length, unit, direction }: Term): string {
  return `${String(length)} ${UNITS[unit].en} ${direction}`
}

function countedBy(term: Term): string {
  const byLaw = term.unit === "month" || term.unit === "year"
  return `${byLaw ? "（行政程序法第48條第3項）" : ""}${term.roll ? "" : "，不因放假日順延"}`
}

function dayInChinese(date: CivilDate): string {
  return `${rocDate(date)}（${date}，星期${weekdayOf(date)}）`
}

function dayInEnglish(date: CivilDate): string {
  return `${date} (${ENGLISH_WEEKDAYS[weekdayOf(date)]})`
}

const ENGLISH_WEEKDAYS = {
  日: "Sun",
  一: "Mon",
  二: "Tue",
  三: "Wed",
  四: "Thu",
  五: "Fri",
  六: "Sat",
} as const
