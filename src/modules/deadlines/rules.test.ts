import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { instantOf, startOfTaipeiDay, type CivilDate, type Instant } from "../../kernel/time.ts"
import type { DeadlineId, UnitId } from "../../kernel/ids.ts"
import { shippedCalendar } from "../../platform/calendars.ts"
import { officeCalendar } from "../../regulation/period/calendar.ts"
import { plusDays } from "../../regulation/period/civil.ts"
import type { DeadlineDraft, Stage } from "./model.ts"
import { isLate, isWorkday, nextWorkdayAfter, open, recompute, stageOn } from "./rules.ts"

const CALENDAR = shippedCalendar()
const DAYS_BEFORE = [3, 1, 0]
const NOW = "2026-01-01T00:00:00.000Z" as Instant

const eventDate = fc
  .integer({ min: Date.UTC(2023, 0, 2) / 86_400_000, max: Date.UTC(2027, 8, 1) / 86_400_000 })
  .map((day) => instantOf(day * 86_400_000).slice(0, 10) as CivilDate)

function draft(event: CivilDate, length: number): DeadlineDraft {
  return {
    id: "deadline-1" as DeadlineId,
    duty: "6-5a",
    about: { type: "delivery", id: "delivery-1" },
    itemNumber: "115-0001",
    link: "/deliveries/delivery-1",
    eventDate: event,
    term: { unit: "day", length, direction: "after", roll: true },
    basis: "第六點第（五）款「十日內」",
    owner: { unit: "unit-1" as UnitId, person: null },
  }
}

function daysBetween(first: CivilDate, last: CivilDate): CivilDate[] {
  return first > last ? [] : [first, ...daysBetween(plusDays(first, 1), last)]
}

describe("reminders over every morning of a deadline's life", () => {
  test.prop([eventDate, fc.integer({ min: 4, max: 60 })])(
    "none is lost to rest days, none comes after a more urgent one, and lateness is never said early",
    (event, length) => {
      const deadline = open(draft(event, length), CALENDAR, NOW)
      const { on, safeOn } = deadline.due
      const said: { readonly day: CivilDate; readonly stage: Stage }[] = []
      for (const day of daysBetween(event, plusDays(on, 15)).filter((day) => isWorkday(CALENDAR, day))) {
        const stage = stageOn(deadline, day, nextWorkdayAfter(CALENDAR, day), DAYS_BEFORE)
        if (stage !== null && said.at(-1)?.stage !== stage) said.push({ day, stage })
      }
      const order = ["3-days", "1-days", "0-days", "last-days", "missed"]
      const ranks = said.map(({ stage }) => order.indexOf(stage))
      expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b))
      expect(said.at(-1)?.stage).toBe("missed")
      const beforeSafe = said.filter(({ stage }) => stage.endsWith("-days") && stage !== "last-days")
      // A short term that falls wholly into the new-year holidays has no morning before its last day.
      const mornings = daysBetween(event, safeOn).filter((day) => isWorkday(CALENDAR, day))
      expect(beforeSafe.length > 0).toBe(mornings.length > 0)
      expect(beforeSafe.every(({ day }) => day <= safeOn)).toBe(true)
      expect(said.every(({ day, stage }) => day > on === (stage === "missed"))).toBe(true)
    },
  )

  test.prop([eventDate, fc.integer({ min: 1, max: 60 })])(
    "late is the day after the legal day",
    (event, length) => {
      const deadline = open(draft(event, length), CALENDAR, NOW)
      const midnight = startOfTaipeiDay(plusDays(deadline.due.on, 1))
      expect(isLate(deadline, midnight)).toBe(true)
      expect(isLate(deadline, instantOf(Date.parse(midnight) - 1))).toBe(false)
    },
  )
})

describe("a new calendar", () => {
  test.prop([eventDate, fc.integer({ min: 1, max: 60 })])(
    "gives what the deadline would have had from the start, and changes nothing twice",
    (event, length) => {
      const guessed = open(draft(event, length), officeCalendar([]), NOW)
      const recomputed = recompute(guessed, CALENDAR, NOW)
      expect(recomputed?.due).toEqual(open(draft(event, length), CALENDAR, NOW).due)
      expect(recomputed === null ? null : recompute(recomputed, CALENDAR, NOW)).toBeNull()
    },
  )

  test("that gives days takes a miss back", () => {
    const guessed = open(draft("2026-10-20" as CivilDate, 5), officeCalendar([]), NOW)
    // By weekends alone Sunday 2026-10-25 rolls to Monday, which the official calendar makes a holiday.
    const missed = { ...guessed, missedAt: "2026-10-26T16:00:00.000Z" as Instant }
    expect(guessed.due.on).toBe("2026-10-26")
    const on27th = "2026-10-27T01:00:00.000Z" as Instant
    expect(recompute(missed, CALENDAR, on27th)).toMatchObject({ missedAt: null, due: { on: "2026-10-27" } })
  })
})
