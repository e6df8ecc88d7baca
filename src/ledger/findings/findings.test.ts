import { fc, test as property } from "@fast-check/vitest"
import { expect, test } from "vitest"
import { epochMs, instantOf } from "../../kernel/time.ts"
import { clockSet, findClockJumps, findGaps } from "./findings.ts"

const at = (minutes: number) => instantOf(Date.UTC(2026, 10, 23) + minutes * 60_000)
const entriesAt = (...minutes: number[]) => minutes.map((m, index) => ({ index, time: at(m) }))

test("gaps are named by their neighbours", () => {
  expect(findGaps([5, 6, 9, 10, 12], 3)).toEqual([
    { kind: "ledger-gap", after: 2, next: 5 },
    { kind: "ledger-gap", after: 6, next: 9 },
    { kind: "ledger-gap", after: 10, next: 12 },
  ])
})

property.prop([fc.uniqueArray(fc.nat(50)), fc.nat(5)])(
  "gaps are exactly the missing indices",
  (some, first) => {
    const indices = some.filter((index) => index >= first).toSorted((a, b) => a - b)
    const missing = findGaps(indices, first).flatMap((gap) =>
      gap.kind === "ledger-gap"
        ? Array.from({ length: gap.next - gap.after - 1 }, (_, i) => gap.after + 1 + i)
        : [],
    )
    const all = Array.from(
      { length: Math.max(0, (indices.at(-1) ?? first - 1) - first + 1) },
      (_, i) => first + i,
    )
    expect(missing).toEqual(all.filter((index) => !indices.includes(index)))
  },
)

test("a clock set back is found once, wherever the page ends; small disorder of appends is none", () => {
  expect(findClockJumps(entriesAt(0, 1, 0.5, 2), at(0)).found).toEqual([])
  const jump = { kind: "clock-jumped", index: 2, from: at(60), to: at(2) }
  expect(findClockJumps(entriesAt(0, 60, 2, 3, 4), at(0)).found).toEqual([jump])
  for (const end of [1, 2, 3, 4]) {
    const entries = entriesAt(0, 60, 2, 3, 4)
    const first = findClockJumps(entries.slice(0, end), at(0))
    const second = findClockJumps(entries.slice(end), first.latest)
    expect([...first.found, ...second.found]).toEqual([jump])
  }
})

property.prop([fc.integer({ min: -5_000, max: 5_000 }), fc.nat(100_000)])(
  "the machine's clock against one that cannot be set: what was set by more than a minute shows, and how far",
  (setBySeconds, ranMs) => {
    const shown = instantOf(epochMs(at(0)) + ranMs + setBySeconds * 1000)
    const found = clockSet({ now: at(0), elapsed: 7 }, { now: shown, elapsed: 7 + ranMs })
    if (Math.abs(setBySeconds) <= 60) expect(found).toBeNull()
    else expect(found).toEqual({ expected: instantOf(epochMs(at(0)) + ranMs), shown })
  },
)
