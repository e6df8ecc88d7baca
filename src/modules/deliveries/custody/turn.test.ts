import { fc, test } from "@fast-check/vitest"
import { expect } from "vitest"
import type { FileId } from "../../../kernel/ids.ts"
import { plusMs, taipeiDate, type Instant } from "../../../kernel/time.ts"
import { isItsTurn } from "./turn.ts"

const DAY_MS = 86_400_000
const from = fc.date({ min: new Date("2020-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })

test.prop([fc.uuid(), from])("任何連續二十八日內，每一檔案恰重新讀取一次", (file, start) => {
  const first = start.toISOString() as Instant
  const days = Array.from({ length: 28 }, (_, day) => taipeiDate(plusMs(first, day * DAY_MS)))
  expect(days.filter((day) => isItsTurn(file as FileId, day))).toHaveLength(1)
})

test.prop([fc.uniqueArray(fc.uuid(), { minLength: 560, maxLength: 560 })], { numRuns: 20 })(
  "各日之檔案大致均分",
  (files) => {
    const today = files.filter((file) =>
      isItsTurn(file as FileId, taipeiDate("2026-11-25T00:00:00.000Z" as Instant)),
    )
    expect(today.length).toBeLessThan(60)
  },
)
