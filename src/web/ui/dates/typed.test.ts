import { CalendarDate } from "@internationalized/date"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { inTaipei, inTheCalendarMeant, pastedDate, rightNow, today, withPastedDate } from "./typed.ts"

describe("dates typed in either calendar", () => {
  it("a year of four digits is AD, whatever the field's calendar", () => {
    const typed2026AsRoc = new CalendarDate(2026 + 1911, 11, 23)
    expect(inTheCalendarMeant(typed2026AsRoc).toString()).toBe("2026-11-23")
  })

  test.prop([fc.integer({ min: 1, max: 999 })])("a year of up to three digits stays ROC", (roc) => {
    expect(inTheCalendarMeant(new CalendarDate(roc + 1911, 2, 3)).year).toBe(roc + 1911)
  })

  it.for([
    ["115.11.23", "2026-11-23T06:05:00.000Z"],
    ["民國115年11月23日", "2026-11-23T06:05:00.000Z"],
    ["2026-11-23", "2026-11-23T06:05:00.000Z"],
    ["115.11.23 09:30", "2026-11-23T01:30:00.000Z"],
    ["2026-11-23T09:30:15", "2026-11-23T01:30:00.000Z"],
    ["明天", null],
    ["115.2.30", null],
  ] as const)("pasting %s keeps the hours unless it brings its own", ([pasted, instant]) => {
    expect(withPastedDate("2025-01-31T06:05:00.000Z", pasted)).toBe(instant)
  })

  it("a pasted civil date is read in either calendar", () => {
    expect(pastedDate("1151123")).toBe("2026-11-23")
    expect(pastedDate("x")).toBe(null)
  })

  it("a moment is shown as it is in Taipei and comes back the same", () => {
    const local = inTaipei("2026-11-22T16:05:00.000Z")
    expect([local.day, local.hour, local.minute]).toEqual([23, 0, 5])
    expect(local.toAbsoluteString()).toBe("2026-11-22T16:05:00.000Z")
  })

  it("proposals have the form that contracts take", () => {
    expect(today()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(rightNow()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000Z$/)
  })
})
