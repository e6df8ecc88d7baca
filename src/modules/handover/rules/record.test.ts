import { describe, expect, test } from "vitest"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { shippedCalendar } from "../../../platform/calendars.ts"
import { packOf } from "../../../platform/packs.ts"
import { dueOf } from "../../../regulation/period/period.ts"
import type { ChangeId } from "../model.ts"
import {
  basisOf,
  classOf,
  dutyOf,
  endedRights,
  eventDateOf,
  isRetroactive,
  momentOf,
  recordedChange,
  termOf,
  unitsLeft,
  type PostsChanged,
} from "./record.ts"

const day = (text: string) => text as CivilDate
const UNIT = "unit-1" as UnitId
const OTHER = "unit-2" as UnitId
const PERSON = "person-1" as PersonId
const NOW = "2026-09-18T02:00:00.000Z" as Instant
const PACK = packOf("taipei-health")
const calendar = shippedCalendar()

const [toIt, toEthics] = PACK.movers.notices
if (toIt === undefined || toEthics === undefined) throw new Error("the pack tells two offices")

const dueFor = (notice: typeof toIt, effectiveOn: string, receivedOn: string | null = null) =>
  dueOf(
    eventDateOf({ effectiveOn: day(effectiveOn), receivedOn: receivedOn === null ? null : day(receivedOn) }),
    termOf(notice),
    calendar,
  )

const posts = (changed: Partial<PostsChanged> = {}): PostsChanged => ({
  at: startOfTaipeiDay(day("2026-09-20")),
  ended: [{ unit: UNIT, role: "handler" }],
  begun: [],
  leaves: true,
  order: null,
  ...changed,
})

function recorded(changed: Partial<PostsChanged>, now = NOW) {
  const ended = endedRights(posts(changed), () => "use")
  const ids = { id: "change-1" as ChangeId, number: "H115-0001", notices: ["n1", "n2"] }
  return recordedChange(posts(changed), { person: PERSON, unit: UNIT, ended }, ids, {
    ...{ now, pack: PACK, by: null },
  })
}

describe("權限之終止", () => {
  dutyTest("5-4a", "生效日在將來者於該日零時，已過者即時", () => {
    expect(momentOf(day("2026-09-20"), NOW)).toBe("2026-09-19T16:00:00.000Z")
    expect(momentOf(day("2026-09-18"), NOW)).toBe("now")
    expect(momentOf(day("2026-09-01"), NOW)).toBe("now")
  })

  dutyTest("5-4a", "資訊室承辦人、系統管理者及持有提供機關帳號者為連結作業權限人員", () => {
    expect(classOf("linkage", false)).toBe("linkage")
    expect(classOf("use", true)).toBe("linkage")
  })

  dutyTest("5-4b", "其餘得見資料者為查詢使用權限人員；不經手資料者不列案", () => {
    expect(classOf("use", false)).toBe("use")
    expect(classOf(null, false)).toBeNull()
    const ended = endedRights(posts({ ended: [{ unit: UNIT, role: "auditor" }] }), () => null)
    expect(unitsLeft(ended)).toEqual([])
  })

  dutyTest("5-4b", "自二單位離職者，二單位各為一案；職務續任者不計", () => {
    const handlers = [UNIT, OTHER].map((unit) => ({ unit, role: "handler" as const }))
    expect(unitsLeft(endedRights(posts({ ended: handlers }), () => "use"))).toEqual([UNIT, OTHER])
    const again = posts({ ended: handlers, begun: [{ unit: OTHER, role: "handler" }] })
    expect(unitsLeft(endedRights(again, () => "use"))).toEqual([UNIT])
  })

  test("without an order the pack's first kind stands until the head states it", () => {
    const change = recorded({})
    expect(change).toMatchObject({ kind: "transfer", effectiveOn: "2026-09-20", completedAt: null })
    expect(change.notices.map(({ office, duty }) => [office, duty])).toEqual([
      ["it-office", "5-4c"],
      ["ethics-office", "5-4d"],
    ])
  })

  test("recorded after its day, or ordered after it, it is 補登", () => {
    const days = (effectiveOn: string, receivedOn: string | null) => ({
      effectiveOn: day(effectiveOn),
      receivedOn: receivedOn === null ? null : day(receivedOn),
    })
    expect(isRetroactive(days("2026-09-18", null), NOW)).toBe(false)
    expect(isRetroactive(days("2026-09-17", null), NOW)).toBe(true)
    expect(isRetroactive(days("2026-09-20", "2026-09-22"), NOW)).toBe(true)
  })
})

describe("知會期限", () => {
  test.each([
    ["連續假期（中秋、教師節）", "2026-09-20", "2026-09-25", "2026-09-29"],
    ["光復節補假", "2026-10-20", "2026-10-25", "2026-10-27"],
    ["平日", "2026-11-02", "2026-11-07", "2026-11-09"],
  ])("5-4c、5-4d %s：%s 生效", (_, effectiveOn, safeOn, on) => {
    for (const notice of [toIt, toEthics]) expect(dueFor(notice, effectiveOn)).toMatchObject({ safeOn, on })
  })

  dutyTest("5-4c", "期間末日為補行上班之星期六者，不順延", () => {
    const due = dueFor(toIt, "2023-06-12")
    expect(due).toMatchObject({ on: "2023-06-17", safeOn: "2023-06-17" })
    expect(due.steps.map(({ kind }) => kind)).toContain("make-up-day")
  })

  dutyTest("5-4d", "派令到達日晚於生效日者，自到達日起算", () => {
    expect(dueFor(toEthics, "2026-09-01", "2026-09-20").on).toBe("2026-09-29")
    expect(dueFor(toEthics, "2026-09-20", "2026-09-01").on).toBe("2026-09-29")
  })

  test("an overlay's provider is told by its own term, and by the duty of the change itself", () => {
    const statute = "各機關應用戶役政資訊連結作業及管理辦法第15條"
    const provider = {
      ...({ to: "provider", days: 7, direction: "after", basis: "calendar", source: statute } as const),
    }
    expect(dutyOf(provider)).toBe("5-4a")
    expect(basisOf(provider, "第五點第（四）款")).toBe(`${statute}「異動後七日內」`)
    expect(basisOf(toIt, "第五點第（四）款")).toBe("第五點第（四）款「異動後五日內」")
    expect(termOf({ ...provider, basis: "working" })).toMatchObject({ unit: "working-day", roll: false })
    expect(dueFor(provider, "2026-11-02").on).toBe("2026-11-09")
  })
})
