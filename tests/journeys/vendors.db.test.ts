import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import type { Task } from "../../src/runtime/index.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, stranger, type Desk, type Office } from "../support/office.ts"
import { done } from "../support/story.ts"
import {
  agreementInForce,
  agreementRecorded,
  agreementSeen,
  signedPaper,
  vendorSeen,
  vendorWithContract,
  type VendorStory,
} from "../support/vendors.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
beforeEach(() => office.clock.set("2026-11-02T01:00:00.000Z"))
afterAll(() => office.close())

const isSignedIn = async (desk: Desk) => (await desk.get("/me")).status === 200
const act = (desk: Desk, id: string, path: string, body = {}) =>
  desk.post(`/vendor-agreements/${id}/${path}`, body)
const titlesOf = async (desk: Desk, agreement: string) =>
  (await desk.get<Task[]>("/tasks")).body
    .filter(({ link }) => link.endsWith(agreement))
    .map(({ title }) => title.split("　")[1] ?? title)

/** The vendor's employee at a browser of their own. */
const employee = ({ login }: VendorStory) => office.as(login)

/** Whether the right password lets the vendor's employee in now; it takes the place of a session that stands. */
async function isLetIn({ login }: VendorStory): Promise<boolean> {
  const typed = { loginName: login, password: DEMO_PASSWORD }
  return (await stranger(office).post("/sign-in", typed)).status === 204
}

describe("委外廠商人員之使用權限", () => {
  dutyTest("5-8a", "保密措施生效前，廠商人員不得使用；使用單位主管確認後始得使用", async () => {
    const story = await vendorWithContract(office)
    expect(await isLetIn(story)).toBe(false)
    const id = await agreementRecorded(story)
    expect(await isLetIn(story)).toBe(false)
    expect(await titlesOf(story.head, id)).toContain("確認保密措施")
    await done(story.head, `/vendor-agreements/${id}/confirm`)
    expect(await isLetIn(story)).toBe(true)
    expect(await agreementSeen(story.handler, id)).toMatchObject({
      state: "in-force",
      staff: [{ removal: null }],
    })
  })

  dutyTest("5-8a", "尚未至起日者，確認後仍不得使用，至起日零時起始得使用", async () => {
    const story = await vendorWithContract(office)
    await agreementInForce(story, { from: "2026-11-10" })
    office.clock.set("2026-11-09T15:59:59.999Z")
    expect(await isLetIn(story)).toBe(false)
    office.clock.set("2026-11-09T16:00:00.000Z")
    expect(await isLetIn(story)).toBe(true)
  })

  dutyTest("5-8a", "效期已過之保密措施，主管不得再確認", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementRecorded(story, { to: "2026-11-02" })
    office.clock.set("2026-11-02T16:00:00.000Z")
    const late = await act(await office.as("supervisor"), id, "confirm")
    expect(refusalsIn(late).map((line) => line.split(" ")[0])).toContain("AGREEMENT_OVER")
    expect(await isLetIn(story)).toBe(false)
  })

  dutyTest("5-8a", "效期屆滿之時刻，登入中之工作階段即時失效", async () => {
    const story = await vendorWithContract(office)
    await agreementInForce(story, { to: "2026-11-20" })
    office.clock.set("2026-11-20T15:50:00.000Z")
    const desk = await employee(story)
    office.clock.set("2026-11-20T15:59:59.999Z")
    expect(await isSignedIn(desk)).toBe(true)
    office.clock.set("2026-11-20T16:00:00.000Z")
    expect(await isSignedIn(desk)).toBe(false)
    expect(await isLetIn(story)).toBe(false)
  })

  dutyTest("5-8a", "提前終止者，全體廠商人員即時不得使用", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementInForce(story)
    const desk = await employee(story)
    expect(await isSignedIn(desk)).toBe(true)
    await done(story.head, `/vendor-agreements/${id}/end`, { reason: "契約終止" })
    expect(await isSignedIn(desk)).toBe(false)
    expect(await isLetIn(story)).toBe(false)
    expect(await agreementSeen(story.head, id)).toMatchObject({
      state: "ended",
      ending: { reason: "契約終止" },
    })
  })

  dutyTest("5-8a", "移除一人者，僅其一人不得使用；其後列入者自列入時起得使用", async () => {
    const story = await vendorWithContract(office)
    const other = await vendorWithContract(office)
    const id = await agreementInForce(story)
    const stays = await agreementInForce(other)
    const desk = await employee(story)
    const pledge = await signedPaper(story.handler)
    const joining = { person: story.person, reason: "離職" }
    await done(story.administrator, `/vendor-agreements/${id}/people/remove`, joining)
    expect(await isSignedIn(desk)).toBe(false)
    const twice = await act(story.administrator, id, "people/remove", joining)
    expect(refusalsIn(twice).map((line) => line.split(" ")[0])).toEqual(["VENDOR_PERSON_ABSENT"])
    expect(await isLetIn(other)).toBe(true)
    office.clock.set("2026-11-02T02:00:00.000Z")
    const [handler] = [await office.as("handler")]
    await done(handler, `/vendor-agreements/${id}/people`, { person: story.person, pledge })
    expect(await isLetIn(story)).toBe(true)
    expect((await agreementSeen(handler, stays)).state).toBe("in-force")
  })

  dutyTest("5-8a", "展延經主管確認者，至新迄日為止；未確認者依原迄日失效", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementInForce(story, { to: "2026-11-10" })
    const waits = await vendorWithContract(office)
    const unconfirmed = await agreementInForce(waits, { to: "2026-11-10" })
    for (const one of [id, unconfirmed])
      await done(story.handler, `/vendor-agreements/${one}/extensions`, {
        to: "2026-11-20",
        paper: await signedPaper(story.handler),
      })
    await done(story.head, `/vendor-agreements/${id}/extensions/confirm`)
    office.clock.set("2026-11-10T16:00:00.000Z")
    expect(await isLetIn(story)).toBe(true)
    expect(await isLetIn(waits)).toBe(false)
    office.clock.set("2026-11-20T16:00:00.000Z")
    expect(await isLetIn(story)).toBe(false)
  })

  dutyTest("5-8a", "廠商人員之職務不得以其他方式取得", async () => {
    const story = await vendorWithContract(office)
    const begin = [{ unit: story.unit, role: "handler" }]
    const added = await story.administrator.post(`/people/${story.person}/posts`, { on: "2026-11-02", begin })
    expect(refusalsIn(added)).toEqual(["VENDOR_PERSON 第五點第（八）款"])
    const order = { kind: "transfer", effectiveOn: "2026-11-02", receivedOn: null, successor: null }
    const moved = { ...order, person: story.person, end: [], begin }
    expect(
      refusalsIn(await story.administrator.post("/personnel-changes", { ...moved, end: "all" })),
    ).toContain("VENDOR_PERSON 第五點第（八）款")
    const posts = [{ unit: story.unit, role: "handler" }]
    const person = {
      name: "假冒",
      title: "工程師",
      email: "mass@vendor.example",
      posts,
      vendor: story.vendor,
    }
    expect(refusalsIn(await story.administrator.post("/people", person))).toEqual([
      "INVALID_INPUT 機關內部控制",
    ])
    expect(await isLetIn(story)).toBe(false)
  })
})

describe("保密措施之簽訂", () => {
  test("5-8a 登錄人不得自行確認；他單位之人不得見；主管以外之人不得確認", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementRecorded(story)
    expect(refusalsIn(await act(story.handler, id, "confirm"))).toEqual([
      "NOT_PERMITTED 機關內部控制",
      "AGREEMENT_BY_ANOTHER 機關內部控制",
    ])
    const elsewhere = await office.as("center-head")
    expect(refusalsIn(await act(elsewhere, id, "confirm"))).toEqual(["NOT_FOUND 機關內部控制"])
    expect((await elsewhere.get(`/vendor-agreements/${id}`)).status).toBe(404)
    for (const reader of ["ethics-officer", "auditor", "administrator"]) {
      const desk = await office.as(reader)
      expect((await agreementSeen(desk, id)).state).toBe("waiting")
      expect(refusalsIn(await act(desk, id, "confirm"))).toEqual(["NOT_PERMITTED 機關內部控制"])
    }
  })

  test("5-8a 由承辦人代理主管者，不得確認自己登錄之保密措施", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementRecorded(story)
    const me = async (login: string) =>
      (await (await office.as(login)).get<{ person: string }>("/me")).body.person
    const deputyship = await story.head.post<{ id: string }>("/deputies", {
      ...{ unit: story.unit, person: await me("supervisor"), deputy: await me("handler") },
      ...{ from: "2026-11-02", to: null },
    })
    expect(refusalsIn(await act(story.handler, id, "confirm"))).toEqual(["AGREEMENT_BY_ANOTHER 機關內部控制"])
    await done(story.head, `/deputies/${deputyship.body.id}/end`)
  })

  test("5-8a 範圍、效期、簽署文件有誤者，不予登錄", async () => {
    const story = await vendorWithContract(office, { to: "2026-12-31" })
    const record = async (changes: object) => {
      const paper = await signedPaper(story.handler)
      const body = {
        contract: story.contract,
        roles: ["handler"],
        from: "2026-11-02",
        to: "2026-12-31",
        paper,
      }
      return refusalsIn(await story.handler.post("/vendor-agreements", { ...body, ...changes }))
    }
    expect(await record({ roles: [] })).toEqual(["AGREEMENT_SCOPE_WRONG 第五點第（八）款"])
    expect(await record({ roles: ["it-handler"] })).toEqual(["AGREEMENT_SCOPE_WRONG 第五點第（八）款"])
    expect(await record({ roles: ["supervisor"] })).toEqual(["INVALID_INPUT 機關內部控制"])
    for (const period of [
      { to: "2027-01-01" },
      { from: "2025-12-31" },
      { from: "2026-12-01", to: "2026-11-30" },
    ])
      expect(await record(period)).toEqual(["AGREEMENT_PERIOD_WRONG 機關內部控制"])
    const paper = await signedPaper(story.handler)
    expect(await record({ paper: { ...paper, signedOn: "2026-11-03" } })).toEqual([
      "SIGNED_IN_FUTURE 機關內部控制",
    ])
    const others = await signedPaper(await office.as("it-handler"))
    expect(await record({ paper: others })).toEqual(["SIGNED_PAPER_UNKNOWN 機關內部控制"])
    await agreementRecorded(story)
    const [used] = (await vendorSeen(story.handler, story.vendor)).contracts[0]?.agreements ?? []
    const { scan } = (await agreementSeen(story.handler, used?.id ?? "")).paper
    expect(await record({ paper: { ...paper, scan } })).toEqual(["SIGNED_PAPER_USED 機關內部控制"])
  })

  test("5-8a 退回者其文件得重新登錄；非本廠商人員不得列入；同一人不得重複列入", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementRecorded(story)
    const { paper } = await agreementSeen(story.handler, id)
    await done(story.head, `/vendor-agreements/${id}/reject`, { reason: "效期誤植" })
    const again = await story.handler.post<{ id: string }>("/vendor-agreements", {
      ...{ contract: story.contract, roles: ["handler"], from: "2026-11-02", to: "2026-12-31" },
      paper: { number: paper.number, signedOn: paper.signedOn, scan: paper.scan },
    })
    expect(again.status, JSON.stringify(again.body)).toBe(200)
    const add = async (person: string) =>
      act(story.handler, again.body.id, "people", { person, pledge: await signedPaper(story.handler) })
    const another = await vendorWithContract(office)
    expect(refusalsIn(await add(another.person))).toEqual(["VENDOR_PERSON_WRONG 第五點第（八）款"])
    expect((await add(story.person)).status).toBe(204)
    expect(refusalsIn(await add(story.person))).toEqual(["VENDOR_PERSON_SERVES 機關內部控制"])
  })

  test("5-8a 統一編號須正確，且僅得登錄一次", async () => {
    const handler = await office.as("handler")
    const contact = { name: "何聯絡", email: "x@vendor.example", phone: "1999" }
    const register = async (taxId: string) =>
      refusalsIn(await handler.post("/vendors", { taxId, name: "廠商", contact }))
    expect(await register("12345678")).toEqual(["TAX_ID_WRONG 機關內部控制"])
    await vendorWithContract(office)
    expect(await register("10000009")).toEqual(["TAX_ID_TAKEN 機關內部控制"])
  })
})

describe("複委託", () => {
  dutyTest("5-8a", "複委託廠商須自有保密措施，且不得逾原廠商之效期；原廠商終止者隨同終止", async () => {
    const above = await vendorWithContract(office)
    const below = await vendorWithContract(office, { main: above.contract })
    const sub = await agreementRecorded(below)
    expect(refusalsIn(await act(below.head, sub, "confirm"))).toEqual([
      "MAIN_AGREEMENT_MISSING 第五點第（八）款",
    ])
    const short = await agreementInForce(above, { to: "2026-12-30" })
    expect(refusalsIn(await act(below.head, sub, "confirm"))).toEqual([
      "MAIN_AGREEMENT_MISSING 第五點第（八）款",
    ])
    await done(above.handler, `/vendor-agreements/${short}/extensions`, {
      to: "2026-12-31",
      paper: await signedPaper(above.handler),
    })
    await done(above.head, `/vendor-agreements/${short}/extensions/confirm`)
    expect(await isLetIn(below)).toBe(false)
    await done(below.head, `/vendor-agreements/${sub}/confirm`)
    const desk = await employee(below)
    expect(await isSignedIn(desk)).toBe(true)
    await done(above.head, `/vendor-agreements/${short}/end`, { reason: "原契約解除" })
    expect(await isSignedIn(desk)).toBe(false)
    expect((await agreementSeen(below.head, sub)).state).toBe("ended")
  })
})

describe("查核及返還或刪除切結", () => {
  dutyTest("5-8a", "保密措施屆滿後，未登錄返還或刪除切結者，列為使用單位之待辦", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementInForce(story, { to: "2026-11-05" })
    expect(await titlesOf(story.handler, id)).not.toContain("登錄返還或刪除切結")
    office.clock.set("2026-11-05T16:00:00.000Z")
    const handler = await office.as("handler")
    expect(await titlesOf(handler, id)).toContain("登錄返還或刪除切結")
    const paper = await signedPaper(handler, { signedOn: "2026-11-06" })
    await done(handler, `/vendor-agreements/${id}/statement`, { kind: "deleted", paper })
    expect((await agreementSeen(handler, id)).statement).toMatchObject({ kind: "deleted", paper })
    const again = { kind: "returned", paper: await signedPaper(handler) }
    expect(refusalsIn(await act(handler, id, "statement", again))).toEqual(["NOT_IN_THIS_STATE 機關內部控制"])
  })

  test("5-8a 每十二個月查核一次，期限列於待辦；登錄後自查核日重新起算", async () => {
    const story = await vendorWithContract(office, { to: "2029-12-31" })
    const id = await agreementInForce(story, { from: "2026-01-01", to: "2028-12-31" })
    expect((await agreementSeen(story.handler, id)).nextCheck).toMatchObject({ due: "2027-01-01" })
    const check = { checkedOn: "2026-11-02", result: "conforms", remarks: "權限與人員相符" }
    const early = { ...check, checkedOn: "2025-12-31" }
    expect(refusalsIn(await act(story.head, id, "checks", early))).toEqual(["CHECK_DATE_WRONG 機關內部控制"])
    office.clock.set("2026-12-15T02:00:00.000Z")
    const head = await office.as("supervisor")
    await done(head, `/vendor-agreements/${id}/checks`, { ...check, checkedOn: "2026-12-15" })
    const seen = await agreementSeen(head, id)
    expect(seen.nextCheck).toMatchObject({ due: "2027-12-15" })
    expect(seen.checks).toMatchObject([{ result: "conforms", recorded: { name: "陳主管" } }])
    expect(await titlesOf(head, id)).toContain("查核委外廠商")
    await done(head, `/vendor-agreements/${id}/end`, { reason: "契約終止" })
    expect((await agreementSeen(head, id)).nextCheck).toBeNull()
  })

  test("5-8a 保密切結書可列印供簽署：廠商用及人員用", async () => {
    const { handler, contract, person } = await vendorWithContract(office)
    const read = async (query: string) => {
      const { bytes } = await handler.get(`/vendor-contracts/${contract}/pledge${query}`)
      return execFileSync("pdftotext", ["-raw", "-", "-"], { input: bytes, encoding: "utf8" }).replaceAll(
        /\s/gu,
        "",
      )
    }
    const [vendors, staffs] = [await read(""), await read(`?person=${person}`)]
    expect(vendors).toContain("立切結書廠商（蓋章）")
    for (const words of ["疾病管制科", "統一編號", "戶役政連結作業維護", "第五點第(八)款"])
      expect(vendors).toContain(words)
    expect(staffs).toContain("廠商人員用")
    expect(staffs).toContain("工程師")
    const elsewhere = await office.as("center-head")
    expect((await elsewhere.get(`/vendor-contracts/${contract}/pledge`)).status).toBe(404)
  })

  test("5-8a 廠商人員在效期內亦不得經辦委外事項", async () => {
    const story = await vendorWithContract(office)
    const id = await agreementInForce(story)
    const desk = await employee(story)
    expect((await desk.get("/vendors")).status).toBe(403)
    expect((await desk.get(`/vendor-agreements/${id}`)).status).toBe(404)
    expect(refusalsIn(await act(desk, id, "end", { reason: "x" }))).toEqual(["NOT_FOUND 機關內部控制"])
  })
})
