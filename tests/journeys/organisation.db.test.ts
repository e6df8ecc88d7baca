import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { checkIntegrity } from "../../src/app/integrity.ts"
import type { PersonDetail, UnitView } from "../../src/modules/people/contract.ts"
import { openOffice, refusalsIn, type Desk, type Office } from "../support/office.ts"

let office: Office
let administrator: Desk
beforeAll(async () => {
  office = await openOffice()
  administrator = await office.as("administrator")
})
afterAll(() => office.close())

const units = async () => (await administrator.get<UnitView[]>("/units")).body
const unitOf = async (code: string) => {
  const found = (await units()).find((unit) => unit.code === code)
  if (found === undefined) throw new Error(`no unit ${code}`)
  return found
}
const personOf = async (login: string) =>
  (await (await office.as(login)).get<{ person: string }>("/me")).body.person
const detailOf = async (id: string, desk = administrator) =>
  (await desk.get<PersonDetail>(`/people/${id}`)).body

describe("組織及人員", () => {
  test("2-1 單位依機關、各單位、健康服務中心之序排列；改名、改隸、裁撤均有限制", async () => {
    const codes = (await units()).map(({ code }) => code)
    expect(codes.slice(0, 5)).toEqual(["衛生局", "疾管", "健管", "資訊", "政風"])
    expect(codes.slice(5, 8)).toEqual(["中正", "大同", "中山"])
    const [agency, business] = [await unitOf("衛生局"), await unitOf("健管")]
    const words = { code: "健管", name: "健康促進科", parent: agency.id }
    expect((await administrator.put(`/units/${business.id}`, words)).status).toBe(204)
    expect((await unitOf("健管")).name).toBe("健康促進科")
    const handler = await office.as("handler")
    expect(refusalsIn(await handler.put(`/units/${business.id}`, words))).toContain(
      "NOT_PERMITTED 機關內部控制",
    )
    const circle = { code: "衛生局", name: "衛生局", parent: business.id }
    expect(refusalsIn(await administrator.put(`/units/${agency.id}`, circle))).toContain(
      "UNIT_BELOW_ITSELF 機關內部控制",
    )
    const busy = await unitOf("疾管")
    const refused = await administrator.post(`/units/${busy.id}/end`, { on: "2026-11-02" })
    expect(refusalsIn(refused)).toEqual(["UNIT_HAS_PEOPLE 第二點"])
    expect((await administrator.post(`/units/${business.id}/end`, { on: "2026-11-03" })).status).toBe(204)
    expect((await unitOf("健管")).until).toBe("2026-11-02T16:00:00.000Z")
    const body = { name: "新人", title: "技士", email: "new@health.example" }
    const posts = [{ unit: business.id, role: "handler" }]
    expect(refusalsIn(await administrator.post("/people", { ...body, posts }))).toEqual(["UNIT_ENDED 第二點"])
    office.clock.set("2026-11-03T01:00:00.000Z")
    administrator = await office.as("administrator")
    expect((await units()).map(({ code }) => code)).not.toContain("健管")
  })

  test("2-1 人員登載事項之變更保留原登載；職務歷程逐筆可查，增列職務自所定之日起", async () => {
    const person = await personOf("handler")
    const change = {
      name: "林承辦",
      title: "技正",
      email: "handler@health.example",
      staffNumber: "A0001",
    }
    expect((await administrator.put(`/people/${person}`, change)).status).toBe(204)
    expect(refusalsIn(await administrator.put(`/people/${person}`, change))).toEqual([
      "NOTHING_TO_CHANGE 機關內部控制",
    ])
    const taken = { ...change, staffNumber: "a0001" }
    expect(refusalsIn(await administrator.put(`/people/${await personOf("deputy")}`, taken))).toEqual([
      "EMAIL_TAKEN 機關內部控制",
      "STAFF_NUMBER_TAKEN 機關內部控制",
    ])
    const center = await unitOf("大同")
    const begin = [{ unit: center.id, role: "center-handler" }]
    const added = await administrator.post(`/people/${person}/posts`, { on: "2026-11-05", begin })
    expect(added.status).toBe(204)
    const detail = await detailOf(person)
    expect(detail.versions.map(({ title }) => title)).toEqual(["技正", "技士"])
    expect(detail.posts.map(({ unitName, state }) => `${unitName} ${state}`)).toEqual([
      "臺北市大同區健康服務中心 to-come",
      "疾病管制科 in-force",
    ])
    const today = { on: "2026-11-03", begin: [{ unit: (await unitOf("疾管")).id, role: "supervisor" }] }
    expect((await administrator.post(`/people/${person}/posts`, today)).status).toBe(204)
    expect(refusalsIn(await administrator.post(`/people/${person}/posts`, today))).toEqual([
      "POST_HELD_ALREADY 機關內部控制",
    ])
  })

  test("2-1 人員之職務歷程僅本人、其主管及全局權責人員得閱", async () => {
    const person = await personOf("center-handler")
    for (const login of ["center-handler", "center-head", "auditor", "ethics-officer", "director"])
      expect((await detailOf(person, await office.as(login))).name).toBe("許健康")
    for (const login of ["deputy", "supervisor", "it-handler"])
      expect((await (await office.as(login)).get(`/people/${person}`)).status).toBe(404)
  })

  test("2-1 人員及單位之先後登載遭改動者，核對時可查知", async () => {
    expect((await checkIntegrity(office.runtime)).findings).toEqual([])
    const person = await personOf("handler")
    await office.runtime.db.updateTable("person").set({ title: "科長" }).where("id", "=", person).execute()
    const { findings } = await checkIntegrity(office.runtime)
    expect(findings).toMatchObject([{ kind: "aggregate-changed", aggregate: "person", id: person }])
  })
})
