import { describe, expect, test, vi } from "vitest"
import type { Instant } from "../kernel/time.ts"
import { packOf } from "../platform/packs.ts"
import { run } from "./cli/keys.ts"
import { isTermOver } from "./keys.ts"

const pack = packOf("taipei-health")

test.each([
  ["register", "2024-10", "2025-10-31T15:59:59.999Z", false],
  ["register", "2024-10", "2025-10-31T16:00:00.000Z", true],
  ["notice", "2020-12", "2025-12-31T15:59:59.999Z", false],
  ["notice", "2020-12", "2025-12-31T16:00:00.000Z", true],
  ["notice", "2030-01", "2025-12-31T16:00:00.000Z", false],
] as const)("%s of %s may be destroyed at %s: %s", (record, month, now, expected) => {
  expect(isTermOver(pack, { record, month }, now as Instant)).toBe(expected)
})

describe("hushou keys", () => {
  test.each([
    [[]],
    [["rotate", "now"]],
    [["rotate", "--yes"]],
    [["destroy"]],
    [["destroy", "--class", "register"]],
    [["destroy", "--class", "no-such-class", "--month", "2019-01"]],
    [["destroy", "--class", "register", "--month", "2019-13"]],
    [["destroy", "--class", "register", "--month", "2019-01", "--force"]],
  ])("%j is a wrong call, which touches nothing and shows the usage", async (argv) => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined)
    expect(await run(argv)).toBe(2)
    expect(said.mock.calls.join("")).toContain("hushou keys rotate")
    said.mockRestore()
  })
})
