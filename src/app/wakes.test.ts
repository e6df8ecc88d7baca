import { expect, test } from "vitest"
import { wakesAt } from "./wakes.ts"

test("what must be looked at without being asked is looked at, as often as it must be", () => {
  const crons = Object.fromEntries(
    wakesAt("http://localhost:8080", "keys").map(({ name, cron }) => [name, cron]),
  )
  expect(crons).toMatchObject({
    "witness-ledger": "* * * * *",
    "check-integrity": "30 2 * * *",
    "check-books": "45 2 * * *",
    "check-kept-files": "0 3 * * *",
  })
})
