import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { epochMs, instantOf, plusMs } from "../../kernel/time.ts"
import { nextAttempt } from "./retry.ts"

const QUEUED = instantOf(0)
const DAY = 86_400_000

describe("when a mail is tried again", () => {
  test("pauses double from one minute to a quarter of an hour", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 60]
      .map((n) => nextAttempt(n, QUEUED, QUEUED))
      .map((at) => at && epochMs(at) / 60_000)
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15])
  })

  test.prop([fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 10 * DAY })])(
    "within five days there is always a later try, afterwards none",
    (attempts, age) => {
      const now = plusMs(QUEUED, age)
      const next = nextAttempt(attempts, QUEUED, now)
      if (age >= 5 * DAY) expect(next).toBeNull()
      else expect(next !== null && next > now).toBe(true)
    },
  )
})
