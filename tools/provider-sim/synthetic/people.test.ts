import { fc, test } from "@fast-check/vitest"
import { stdnum } from "stdnum"
import { describe, expect } from "vitest"
import { encodeBig5 } from "./big5.ts"
import { RESERVED_ID, reservedIdNumber } from "./id-numbers.ts"
import { FEMALE, MALE, RARE, ROADS, SURNAMES } from "./names.ts"
import { DISTRICTS, syntheticPerson, type PeopleOptions } from "./people.ts"

const aSeed = fc.integer({ min: 0, max: 0xffffffff })
const anIndex = fc.integer({ min: 0, max: 100_000_000 })
const options = (seed: number): PeopleOptions => ({ seed, rareEvery: 50, lineBreaks: true })

describe("synthetic people", () => {
  test.prop([aSeed, anIndex])(
    "every ID number passes the official check and lies in the reserved range",
    (seed, i) => {
      const id = reservedIdNumber(seed, i)
      expect(id).toMatch(RESERVED_ID)
      expect(stdnum["TW"]?.["natid"]?.validate(id).isValid).toBe(true)
    },
  )

  test("the check digit matters: any other one fails the official check", () => {
    const id = reservedIdNumber(1, 0)
    for (let digit = 0; digit < 10; digit++) {
      const altered = id.slice(0, -1) + String(digit)
      expect(stdnum["TW"]?.["natid"]?.validate(altered).isValid).toBe(altered === id)
    }
  })

  test("ID numbers do not repeat within a file of two hundred thousand", () => {
    const ids = new Set(Array.from({ length: 200_000 }, (_, i) => reservedIdNumber(7, i)))
    expect(ids.size).toBe(200_000)
  })

  test.prop([aSeed, anIndex])("person n is the same whoever came before, and lives in Taipei", (seed, i) => {
    const person = syntheticPerson(options(seed), i)
    expect(syntheticPerson(options(seed), i)).toEqual(person)
    expect(DISTRICTS.map(([name]) => name)).toContain(person.district)
    expect(person.address.startsWith(`臺北市${person.district}`)).toBe(true)
    expect(person.birthDate).toMatch(/^[01]\d{2}(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])$/)
  })

  test("another seed makes other people", () => {
    const names = (seed: number) =>
      Array.from({ length: 50 }, (_, i) => syntheticPerson(options(seed), i).name)
    expect(names(1)).not.toEqual(names(2))
  })

  test("one name in fifty has a rare character, and with 0 none has", () => {
    const rare = new RegExp(`[${RARE.join("")}]`, "u")
    const count = (rareEvery: number) =>
      Array.from({ length: 1000 }, (_, i) => syntheticPerson({ ...options(3), rareEvery }, i)).filter((p) =>
        rare.test(p.name),
      ).length
    expect(count(50)).toBe(20)
    expect(count(0)).toBe(0)
  })

  test("common names and streets are standard Big5 and survive the way back", () => {
    const text = [...SURNAMES, ...MALE, ...FEMALE, ...ROADS, ...DISTRICTS.map(([name]) => name)].join("")
    expect(new TextDecoder("big5", { fatal: true }).decode(encodeBig5(text))).toBe(text)
  })

  test("rare characters get the provider's own user-defined codes; anything else is refused, never replaced", () => {
    expect(encodeBig5("𠮷堃犇").toString("hex")).toBe("fa40fa41fa42")
    expect(() => encodeBig5("😀")).toThrow("U+1F600 has no Big5 code")
  })
})
