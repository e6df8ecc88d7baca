import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { parseTypedDate, rocDate, rocDateTime, rocYear, shortRocDate } from "./roc-date.ts"
import { instantOf, type CivilDate } from "./time.ts"

const civil = (text: string) => text as CivilDate
const civilDates = fc
  .date({ min: new Date("1700-01-01"), max: new Date("2910-12-31"), noInvalidDate: true })
  .map((day) => civil(day.toISOString().slice(0, 10)))
const laterDates = civilDates.filter((date) => rocYear(date) > 0)

describe("ROC dates 民國紀年", () => {
  test("are written as officials write them", () => {
    expect(rocDate(civil("2026-11-23"))).toBe("民國115年11月23日")
    expect(shortRocDate(civil("2026-11-03"))).toBe("115.11.03")
    expect(rocDate(civil("1912-01-01"))).toBe("民國1年1月1日")
    expect(rocDate(civil("1911-12-31"))).toBe("民國前1年12月31日")
    expect(rocDateTime(instantOf(Date.UTC(2026, 10, 22, 16, 5)))).toBe("115.11.23 00:05")
  })

  test.prop([civilDates])("every written date reads back as itself", (date) => {
    expect(parseTypedDate(rocDate(date))).toEqual({ ok: true, date })
    expect(parseTypedDate(shortRocDate(date))).toEqual({ ok: true, date })
    expect(parseTypedDate(date)).toEqual({ ok: true, date })
  })

  test.prop([laterDates, fc.constantFrom(".", "/", "-")])("is read with any separator", (date, mark) => {
    expect(parseTypedDate(shortRocDate(date).replaceAll(".", mark))).toEqual({ ok: true, date })
    expect(parseTypedDate(date.replaceAll("-", mark))).toEqual({ ok: true, date })
    expect(parseTypedDate(date.replaceAll("-", ""))).toEqual({ ok: true, date })
  })

  test("reads compact, full-width, spaced and 元年 forms", () => {
    for (const typed of ["1151123", "１１５．１１．２３", " 民國 115 年 11 月 23 日 ", "西元2026年11月23日"])
      expect(parseTypedDate(typed)).toEqual({ ok: true, date: "2026-11-23" })
    expect(parseTypedDate("民國元年1月1日")).toEqual({ ok: true, date: "1912-01-01" })
    expect(parseTypedDate("991231")).toEqual({ ok: true, date: "2010-12-31" })
  })

  test("never takes an ROC year for an AD year", () => {
    expect(parseTypedDate("115/11/23")).toEqual({ ok: true, date: "2026-11-23" })
  })

  it.for([
    ["", "unreadable"],
    ["明天", "unreadable"],
    ["115.11/23", "unreadable"],
    ["115年11.23", "unreadable"],
    ["115.11.23日", "unreadable"],
    ["0.1.1", "no-such-year"],
    ["西元115.1.1", "no-such-year"],
    ["115.13.1", "no-such-month"],
    ["115.00.10", "no-such-month"],
    ["115.2.29", "no-such-day"],
    ["2026-11-31", "no-such-day"],
  ] as const)("says what is wrong with “%s”", ([typed, problem]) => {
    expect(parseTypedDate(typed)).toMatchObject({ ok: false, problem })
  })

  test.prop([fc.string({ unit: "binary" })])("never throws", (typed) => {
    const read = parseTypedDate(typed)
    expect(read.ok || read.zh.length > 0).toBe(true)
  })
})
