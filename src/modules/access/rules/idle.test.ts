import { expect, test } from "vitest"
import type { Instant } from "../../../kernel/time.ts"
import { packOf } from "../../../platform/packs.ts"
import { isIdle } from "./idle.ts"

test("附表十：閒置逾三個月之次日起停用，月末依法定曆計算", () => {
  const { accounts } = packOf("taipei-health")
  const at = (date: string) => `${date}T04:00:00.000Z` as Instant
  expect(isIdle(at("2026-08-25"), accounts, at("2026-11-25"))).toBe(false)
  expect(isIdle(at("2026-08-25"), accounts, at("2026-11-26"))).toBe(true)
  expect(isIdle(at("2027-02-28"), accounts, at("2027-05-31"))).toBe(false)
})
