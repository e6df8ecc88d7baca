import { fc, test } from "@fast-check/vitest"
import { expect } from "vitest"
import { instantOf } from "../../kernel/time.ts"
import { parseArray, parseInstant, parseInteger } from "./value-types.ts"

test.each([
  ["2026-11-23 01:02:03.004+00", "2026-11-23T01:02:03.004Z"],
  ["2026-11-23 09:02:03+08", "2026-11-23T01:02:03.000Z"],
  ["1938-01-01 08:06:00+08:06", "1938-01-01T00:00:00.000Z"],
  ["2026-11-22 21:32:03.5-03:30", "2026-11-23T01:02:03.500Z"],
])("%s is the instant %s", (text, instant) => {
  expect(parseInstant(text)).toBe(instant)
})

test.each(["infinity", "-infinity", "0044-03-15 12:00:00+00 BC"])("%s is refused", (text) => {
  expect(() => parseInstant(text)).toThrow(RangeError)
})

test.prop([fc.integer({ min: 0, max: Date.UTC(9999, 0) })])("every instant survives", (ms) => {
  const instant = instantOf(ms)
  expect(parseInstant(instant.replace("T", " ").replace("Z", "+00"))).toBe(instant)
})

test("a bigint is a number while it is exact, and refused beyond", () => {
  expect(parseInteger("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => parseInteger("9007199254740993")).toThrow(RangeError)
})

test("arrays are parsed like their elements", () => {
  expect(parseArray("{1,NULL,3}", parseInteger)).toEqual([1, null, 3])
  expect(parseArray('{"2026-11-23 01:02:03+00"}', parseInstant)).toEqual(["2026-11-23T01:02:03.000Z"])
  expect(parseArray("{}", parseInstant)).toEqual([])
})
