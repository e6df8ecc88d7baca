import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readOfficeYear } from "./calendar-file.ts"
import { officeCalendar, officeDay } from "./calendar.ts"
import type { CivilDate } from "../../kernel/time.ts"

const official = readFileSync(new URL("calendars/2026-1.csv", import.meta.url))
const text = official.toString("utf8")
const utf8 = (s: string) => new TextEncoder().encode(s)

/** Big5 by inverting the decoder; enough for a calendar. */
function big5(s: string): Uint8Array {
  const codes = new Map<string, number[]>()
  const decoder = new TextDecoder("big5")
  for (let lead = 0xa1; lead <= 0xf9; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail))
      if (!codes.has(char)) codes.set(char, [lead, trail])
    }
  return Uint8Array.from(
    Array.from(s).flatMap((c) => (c < "\u0080" ? [c.charCodeAt(0)] : (codes.get(c) ?? [0xff]))),
  )
}

function errorsOf(bytes: Uint8Array) {
  const read = readOfficeYear(bytes, 1)
  if (read.ok) throw new Error("It was accepted")
  return read.errors
}

describe("the official calendar file 辦公日曆表", () => {
  it("reads UTF-8 with and without BOM, Big5, and either line end alike", () => {
    const withBom = readOfficeYear(official, 1)
    expect(withBom).toMatchObject({ ok: true, year: { year: 2026, version: "2026-1" } })
    const plain = text.replace("\uFEFF", "")
    for (const bytes of [utf8(plain), big5(plain), utf8(plain.replaceAll("\r\n", "\n").trimEnd())])
      expect(readOfficeYear(bytes, 1)).toEqual(withBom)
  })

  it("knows holidays by name, and weekends alone beyond its years", () => {
    const read = readOfficeYear(official, 1)
    if (!read.ok) throw new Error("unreadable")
    const calendar = officeCalendar([read.year])
    expect(officeDay(calendar, "2026-10-26" as CivilDate)).toEqual({
      isRest: true,
      remark: "補假",
      version: "2026-1",
    })
    expect(officeDay(calendar, "2031-10-10" as CivilDate)).toEqual({
      isRest: false,
      remark: "",
      version: undefined,
    })
  })

  it.for([
    ["a missing day", "20260315,日,2,\r\n", "", 75],
    ["a doubled day", "20260315,日,2,\r\n", "20260315,日,2,\r\n20260315,日,2,\r\n", 76],
    ["a wrong weekday", "20260315,日,2,", "20260315,一,2,", 75],
    ["another number", "20260315,日,2,", "20260315,日,1,", 75],
    ["a day that does not exist", "20260228,", "20260230,", 60],
    ["too few columns", "20260315,日,2,", "20260315,日,2", 75],
    ["another year", "20261231,四,0,", "20271231,五,0,", 366],
    ["a missing last day", "20261231,四,0,\r\n", "", 365],
  ] as const)("%s is refused with its line", ([, from, to, line]) => {
    const altered = text.replace(from, to)
    expect(altered).not.toBe(text)
    expect(errorsOf(utf8(altered)).map((e) => e.line)).toContain(line)
  })

  it("the Google 行事曆 edition is refused by name", () => {
    const google = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location\r\n"
    const [refused] = errorsOf(utf8(google))
    expect(refused.line).toBe(1)
    expect(refused.zh).toContain("Google 行事曆")
  })

  it("another header, another encoding and an empty year are refused", () => {
    expect(errorsOf(utf8("date,isHoliday\n"))[0].line).toBe(1)
    expect(errorsOf(Uint8Array.of(0xff, 0xfe, 0x00))[0].line).toBe(0)
    expect(errorsOf(utf8("西元日期,星期,是否放假,備註\r\n"))[0].en).toBe("The file has no days.")
    expect(errorsOf(new Uint8Array())[0].line).toBe(1)
  })
})
