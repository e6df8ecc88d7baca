import { describe, expect, it } from "vitest"
import { readListSearch } from "./list-search.ts"

describe("the address of a list", () => {
  it("keeps what can be read", () => {
    const given = { page: 2, sort: "number", unit: "u", late: true, entry: 0 }
    expect(readListSearch(given)).toEqual(given)
    expect(readListSearch({ page: "3" })).toEqual({ page: 3 })
  })

  it("drops what somebody mistyped, so that the page still opens", () => {
    expect(readListSearch({ page: "9999999999" })).toEqual({})
    expect(readListSearch({ page: "x", late: "perhaps", year: -1, other: 1, search: 7 })).toEqual({})
  })
})
