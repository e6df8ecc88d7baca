import { describe, expect, it } from "vitest"
import { z } from "zod"
import { endpoint } from "../../contract/endpoint.ts"
import { listPeople } from "../../modules/people/contract.ts"
import { addressOf } from "./address.ts"
import { readProblem } from "./problem.ts"

const detail = endpoint({
  method: "GET",
  path: "/things/:id/parts/:part",
  summary: "",
  params: z.object({ id: z.string(), part: z.number() }),
  reply: "file",
  refuses: [],
})

describe("addresses of endpoints", () => {
  it("fill parameters and escape them", () => {
    expect(addressOf(detail, { params: { id: "a/b?c", part: 3 } })).toBe("/api/things/a%2Fb%3Fc/parts/3")
  })

  it("leave out what is not asked", () => {
    expect(addressOf(listPeople)).toBe("/api/people")
    expect(addressOf(listPeople, { query: { page: 2, search: "", unit: undefined } })).toBe(
      "/api/people?page=2",
    )
    expect(addressOf(listPeople, { query: { search: "王小明" } })).toBe(
      "/api/people?search=%E7%8E%8B%E5%B0%8F%E6%98%8E",
    )
  })
})

describe("problems", () => {
  it("read every refusal", () => {
    const refusals = [{ code: "X", source: "第六點第（二）款", zh: "否", en: "No" }]
    const text = JSON.stringify({ type: "t", title: "否", status: 409, refusals })
    expect(readProblem(409, text).refusals).toEqual(refusals)
  })

  it.for(["<html>502</html>", "{}", ""])("stay readable when another answers: %s", (text) => {
    expect(readProblem(502, text).refusals[0]?.zh).toContain("HTTP 502")
  })
})
