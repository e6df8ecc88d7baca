import { describe, expect, test } from "vitest"
import type { PersonId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { officeCalendar } from "../../../regulation/period/calendar.ts"
import { dueOf } from "../../../regulation/period/period.ts"
import type { Check } from "../model.ts"
import { nextCheck } from "./check-due.ts"

const NO_CALENDAR = officeCalendar([])

function checked(on: string): Check {
  const recorded = { by: "person-1" as PersonId, at: `${on}T01:00:00.000Z` as Instant }
  return { id: on, checkedOn: on as CivilDate, result: "conforms", remarks: "", recorded }
}

/** The last lawful day of the next check of an agreement from `from` until before `end`. */
function dueIn(from: string, end: string, checks: readonly string[] = []): string | null {
  const since = startOfTaipeiDay(from as CivilDate)
  const until = startOfTaipeiDay(end as CivilDate)
  const next = nextCheck({ since, until, checks: checks.map(checked) }, 12, NO_CALENDAR)
  return next === null ? null : dueOf(next.eventDate, next.term, NO_CALENDAR).on
}

describe("定期查核之期限", () => {
  test("5-8a 自起日或最近一次查核日起每十二個月，依曆計算，末日不因假日順延", () => {
    expect(dueIn("2026-03-01", "2029-01-01")).toBe("2027-03-01")
    expect(dueIn("2026-03-01", "2029-01-01", ["2026-12-25", "2026-06-30"])).toBe("2027-12-25")
  })

  test("5-8a 效期短於十二個月者，屆滿前至少查核一次；已查核者不再有期限", () => {
    expect(dueIn("2026-03-01", "2026-09-01")).toBe("2026-08-31")
    expect(dueIn("2026-03-01", "2026-09-01", ["2026-05-01"])).toBeNull()
    expect(dueIn("2026-03-01", "2027-03-02")).toBe("2027-03-01")
  })
})
