import { fc, test as property } from "@fast-check/vitest"
import { expect, test } from "vitest"
import { instantOf } from "../../kernel/time.ts"
import { findClockJumps, findGaps } from "./findings.ts"

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

test("a clock set back, and one that was ahead, each once; small disorder of appends is none", () => {
  expect(findClockJumps(entriesAt(0, 1, 0.5, 2), at(0), at(10))).toEqual([])
  expect(findClockJumps(entriesAt(0, 60, 2, 3, 4), at(0), at(100))).toEqual([
    { kind: "clock-jumped", index: 2, from: at(60), to: at(2) },
  ])
  expect(findClockJumps(entriesAt(1, 500), at(0), at(10))).toEqual([
    { kind: "clock-jumped", index: 1, from: at(10), to: at(500) },
  ])
  expect(findClockJumps(entriesAt(1), at(30), at(10))).toMatchObject([{ index: 0, from: at(30) }])
})
