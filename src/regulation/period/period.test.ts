import { readFileSync } from "node:fs"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { CivilDate } from "../../kernel/time.ts"
import { shippedCalendar } from "../../platform/calendars.ts"
import { officeCalendar } from "./calendar.ts"
import { explain } from "./explain.ts"
import { dueOf, period, type Term } from "./period.ts"

interface Vector {
  case: string
  from: CivilDate
  unit: Term["unit"]
  length: number
  roll: boolean
  ends: CivilDate
  due: CivilDate
  cutOff?: string
}
const VECTORS = new URL("../../../tests/vectors/deadlines.json", import.meta.url)
const { vectors } = JSON.parse(readFileSync(VECTORS, "utf8")) as { vectors: Vector[] }
const calendar = shippedCalendar()
const on = (text: string) => text as CivilDate

/** Walks day by day with the platform's own UTC dates; shares no arithmetic with what it checks. */
function simulate(from: string, { unit, length, roll }: Term) {
  const day = new Date(`${from}T00:00:00Z`)
  const text = () => day.toISOString().slice(0, 10)
  const step = () => day.setUTCDate(day.getUTCDate() + 1)
  const rests = (date: string) => {
    const year = calendar.years.get(Number(date.slice(0, 4)))
    return year?.restDays.has(on(date)) ?? [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
  }
  if (unit === "day") for (let n = 0; n < length; n++) step()
  else if (unit === "working-day")
    for (let n = 0; n < length;) {
      step()
      if (!rests(text())) n++
    }
  else walkMonths(day, length * (unit === "year" ? 12 : 1))
  const ends = text()
  while (roll && rests(text())) step()
  return { ends, due: text() }
}

/** From the first counted day on: a month is over the day before its like-numbered day, or with its last day. */
function walkMonths(day: Date, months: number) {
  const step = (by: number) => day.setUTCDate(day.getUTCDate() + by)
  step(1)
  const first = day.getUTCDate()
  let turned = 0
  while (turned < months) {
    step(1)
    if (day.getUTCDate() === 1) turned++
  }
  while (day.getUTCDate() < first) {
    step(1)
    if (day.getUTCDate() === 1) break
  }
  step(-1)
}

const dates = fc
  .date({ min: new Date("2022-06-01"), max: new Date("2029-12-31"), noInvalidDate: true })
  .map((d) => on(d.toISOString().slice(0, 10)))
const terms = fc.oneof(
  fc.record({ unit: fc.constantFrom("day", "working-day"), length: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ unit: fc.constant("month"), length: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ unit: fc.constant("year"), length: fc.integer({ min: 1, max: 10 }) }),
)

describe("legal periods 期間之計算", () => {
  it.for(vectors)("$case: $from", ({ from, ends, due, cutOff, ...term }) => {
    const found = dueOf(from, { ...term, direction: "after" }, calendar)
    expect(found).toMatchObject({ on: due, safeOn: ends })
    expect(found.cutOff).toBe(cutOff)
    expect(found.rolledFrom).toBe(ends === due ? undefined : ends)
  })

  test.prop([dates, terms, fc.boolean()], { numRuns: 1000 })(
    "agree with a walk from day to day",
    (from, term, roll) => {
      const whole = { ...term, roll, direction: "after" } as Term
      const { on: due, safeOn: ends } = dueOf(from, whole, calendar)
      expect({ ends, due }).toEqual(simulate(from, whole))
    },
  )

  test.prop([dates, fc.integer({ min: 1, max: 60 })])(
    "before an event the day never moves later",
    (from, days) => {
      const due = period.days(days).before(from, calendar)
      expect(due.on <= period.days(days, { roll: false }).before(from, calendar).on).toBe(true)
      expect(due.safeOn).toBe(due.on)
    },
  )

  it("name the calendar they rest on, and say when it is a guess", () => {
    expect(period.days(10).after(on("2026-09-15"), calendar)).toMatchObject({
      on: "2026-09-29",
      rolledFrom: "2026-09-25",
      calendar: "2026-1",
      provisional: false,
    })
    expect(period.days(5).after(on("2028-01-03"), calendar)).toMatchObject({
      on: "2028-01-10",
      calendar: "weekends",
      provisional: true,
    })
    expect(period.days(1).after(on("2027-12-30"), calendar)).toMatchObject({
      on: "2028-01-03",
      calendar: "2027-1+weekends",
      provisional: true,
    })
    expect(period.months(3).after(on("2028-01-31"), calendar)).toMatchObject({
      calendar: "none",
      provisional: false,
    })
  })

  it("a later edition of a year replaces the earlier one", () => {
    const year = calendar.years.get(2026)
    if (year === undefined) throw new Error("2026 is not shipped")
    const declared = { ...year, version: "2026-2", restDays: new Set([...year.restDays, on("2026-09-29")]) }
    expect(period.days(10).after(on("2026-09-15"), officeCalendar([declared, year]))).toMatchObject({
      on: "2026-09-30",
      calendar: "2026-2",
    })
  })

  it.for([0, -1, 1.5, 36_501, Number.NaN])("a term of %s is refused", (length) => {
    expect(() => period.days(length).after(on("2026-01-01"), calendar)).toThrow(RangeError)
  })
})

describe("為什麼是這一天？", () => {
  it("tells every step with its law", () => {
    expect(explain(period.days(5).after(on("2026-11-02"), calendar), "zh")).toEqual([
      "事實發生日：民國115年11月2日（2026-11-02，星期一）。",
      "始日不計算在內，自民國115年11月3日（2026-11-03，星期二）起算（行政程序法第48條第2項）。",
      "後5日，期間末日為民國115年11月7日（2026-11-07，星期六）。",
      "民國115年11月7日（2026-11-07，星期六）為放假日。",
      "民國115年11月8日（2026-11-08，星期日）為放假日。",
      "末日遇放假日，以次一上班日民國115年11月9日（2026-11-09，星期一）代之（行政程序法第48條第4項）。",
      "期間末日為星期六，依條文嚴格解釋僅至民國115年11月9日（2026-11-09，星期一）中午12時止（行政程序法第48條第4項後段）。",
    ])
  })

  it("says that a make-up working Saturday does not roll", () => {
    const due = period.days(5).after(on("2025-02-03"), calendar)
    expect(explain(due, "en").at(-1)).toContain("2025-02-08 (Sat) is a make-up working day: no roll-over")
  })

  test.prop([dates, terms, fc.boolean()])(
    "has a sentence for every step, in both languages",
    (from, term, roll) => {
      const due = dueOf(from, { ...term, roll, direction: "after" }, calendar)
      expect(explain(due, "zh").every((line) => line.endsWith("。"))).toBe(true)
      expect(explain(due, "en").every((line) => line.endsWith("."))).toBe(true)
      expect(explain(due, "en")).toHaveLength(due.steps.length)
    },
  )
})
