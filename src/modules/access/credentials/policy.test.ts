import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import { plusMs, startOfTaipeiDay, type CivilDate } from "../../../kernel/time.ts"
import { packOf } from "../../../platform/packs.ts"
import { isCommonPassword } from "./frequent-passwords.ts"
import { passwordIsRenewedInTime, refusalsOfPassword, renewBy, type Wanted } from "./policy.ts"

const { password: policy, lockout } = packOf("taipei-health")

function codes(wanted: Partial<Wanted>): string[] {
  const whole = { password: "A longer password 1", names: [], isCommon: false, wasUsed: false, ...wanted }
  return refusalsOfPassword(whole, policy).map(({ code }) => code)
}

test("附表十：五次錯誤鎖定至少十五分鐘，不得使用最近三次之密碼", () => {
  expect(lockout.failures.value).toBeLessThanOrEqual(5)
  expect(lockout.minutes.value).toBeGreaterThanOrEqual(15)
  expect(policy.history.value).toBeGreaterThanOrEqual(3)
})

describe("密碼", () => {
  test.prop([fc.string({ unit: "grapheme", maxLength: 30 })])("長度依字元計算", (text) => {
    const isShort = Array.from(text).length < policy.minLength.value
    expect(codes({ password: text }).includes("PASSWORD_TOO_SHORT")).toBe(isShort)
  })

  test("至少三種字元", () => {
    expect(codes({ password: "onlylowercase" })).toEqual(["PASSWORD_TOO_SIMPLE"])
    expect(codes({ password: "lower and space" })).toEqual(["PASSWORD_TOO_SIMPLE"])
    expect(codes({ password: "lower and space 7" })).toEqual([])
  })

  test.prop([fc.string({ minLength: 12 }), fc.nat(12), fc.constantFrom("wang", "WANG", "王小明", "A1023")])(
    "不得包含帳號、姓名或員工編號，大小寫不論",
    (text, at, name) => {
      const password = `${text.slice(0, at)}${name}${text.slice(at)}`
      expect(codes({ password, names: ["Wang", "王小明", "a1023"] })).toContain("PASSWORD_NAMES_YOU")
    },
  )

  test("常見密碼及其前後加註者，均予拒絕", async () => {
    for (const common of ["password", "Qwerty123", "1Password2026!!", "123456789012"])
      expect(await isCommonPassword(common), common).toBe(true)
    for (const own of ["A longer password 1", "Hushou-demo-2026-x"])
      expect(await isCommonPassword(own), own).toBe(false)
    expect(codes({ isCommon: true })).toEqual(["PASSWORD_TOO_COMMON"])
  })

  test("不得沿用", () => {
    expect(codes({ wasUsed: true })).toEqual(["PASSWORD_USED_BEFORE"])
  })
})

dutyTest("5-3a", "每三個月更新一次：依曆計算，末日不因假日順延，次日起強制", () => {
  for (const [setOn, last] of [
    ["2026-11-23", "2027-02-23"],
    ["2026-11-30", "2027-02-28"],
    ["2027-02-28", "2027-05-31"],
    ["2026-04-30", "2026-07-31"],
    ["2027-02-01", "2027-05-01"],
  ] as const) {
    const setAt = startOfTaipeiDay(setOn as CivilDate)
    expect(renewBy(setAt, policy), setOn).toBe(last)
    const lastDay = startOfTaipeiDay(last as CivilDate)
    expect(passwordIsRenewedInTime(setAt, policy, lastDay)).toBeNull()
    const dayAfter = plusMs(lastDay, 24 * 3_600_000)
    expect(passwordIsRenewedInTime(setAt, policy, dayAfter)?.code).toBe("PASSWORD_RENEWAL_DUE")
  }
  expect(passwordIsRenewedInTime(null, policy, startOfTaipeiDay("2026-11-23" as CivilDate))).not.toBeNull()
})
