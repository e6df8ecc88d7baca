import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { RosterRow } from "../../src/modules/people/contract.ts"
import { changePosts } from "../../src/modules/people/index.ts"
import type { PersonId, UnitId } from "../../src/kernel/ids.ts"
import type { Instant } from "../../src/kernel/time.ts"
import { runCommand } from "../../src/runtime/index.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, type Desk, type Office } from "../support/office.ts"

let office: Office
let administrator: Desk
beforeAll(async () => {
  office = await openOffice()
  administrator = await office.as("administrator")
})
afterAll(() => office.close())

const SETUP = { kind: "system", job: "set-up" } as const

interface Page {
  readonly items: readonly RosterRow[]
  readonly total: number
}

async function rosterOn(on: string, more = "", desk = administrator): Promise<Page> {
  const answer = await desk.get<Page>(`/roster?size=200&on=${on}${more}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

const namesOn = async (on: string, more = "") =>
  (await rosterOn(on, more)).items.map(({ name, title }) => `${name} ${title}`)

async function rowOf(name: string, on = "2026-11-02"): Promise<RosterRow> {
  const row = (await rosterOn(on)).items.find((known) => known.name === name)
  if (row === undefined) throw new Error(`no ${name}`)
  return row
}

dutyTest(
  "2-1",
  "使用者清冊依機關、各單位、健康服務中心之序，主管在前，載明第五點第（四）款之權限類別",
  async () => {
    const { items } = await rosterOn("2026-11-02")
    const found = items.map(({ unitName, name, authorities }) => [unitName, name, authorities.join()])
    expect(found.slice(0, 4)).toEqual([
      ["臺北市政府衛生局", "周局長", "use"],
      ["疾病管制科", "陳主管", "use"],
      ["疾病管制科", "張代理", "use"],
      ["疾病管制科", "林承辦", "use"],
    ])
    expect((await rowOf("黃資訊")).authorities).toEqual(["linkage"])
    expect((await rowOf("吳政風")).authorities).toEqual([])
    expect(found.at(-1)?.[0]).toContain("健康服務中心")
  },
)

dutyTest("2-1", "過去之日之清冊，依當日之職務、姓名及職稱；尚未開始或已經結束之職務不列", async () => {
  const { person, unit } = await rowOf("林承辦")
  const post = { unit: unit as UnitId, role: "handler" } as const
  const change = { person: person as PersonId, begin: [], order: null }
  office.clock.set("2026-11-04T02:00:00.000Z")
  administrator = await office.as("administrator")
  const words = { name: "林承辦", title: "技正", email: "handler@health.example", staffNumber: "A001" }
  expect((await administrator.put(`/people/${person}`, words)).status).toBe(204)
  const leaves = "2026-11-09T16:00:00.000Z" as Instant
  await runCommand(office.runtime, changePosts, { ...change, at: leaves, end: [post] }, SETUP)
  const returns = "2026-11-19T16:00:00.000Z" as Instant
  await runCommand(office.runtime, changePosts, { ...change, at: returns, end: [], begin: [post] }, SETUP)

  expect(await namesOn("2026-11-01")).toEqual([])
  expect(await namesOn("2026-11-03")).toContain("林承辦 技士")
  expect(await namesOn("2026-11-04")).toContain("林承辦 技正")
  expect(await namesOn("2026-11-09")).toContain("林承辦 技正")
  for (const gone of ["2026-11-10", "2026-11-19"]) expect(await namesOn(gone)).not.toContain("林承辦 技正")
  expect(await namesOn("2026-11-20")).toContain("林承辦 技正")
  expect(await namesOn("2026-11-04", "&search=a001")).toEqual(["林承辦 技正"])
  expect(await namesOn("2026-11-03", "&search=a001")).toEqual([])
  expect(await namesOn("2026-11-04", `&unit=${unit}`)).toHaveLength(3)
})

dutyTest("2-1", "裁撤之單位，於裁撤前之日仍列於清冊", async () => {
  const { unit } = await rowOf("周局長")
  const made = await administrator.post<{ id: string }>("/units", {
    ...{ code: "臨時", name: "防疫專案辦公室", kind: "business", parent: unit },
  })
  const posts = [{ unit: made.body.id, role: "handler" }]
  const person = { name: "洪臨時", title: "約僱人員", email: "temporary@health.example", posts }
  const added = await administrator.post<{ id: string }>("/people", person)
  const until = "2026-11-04T16:00:00.000Z" as Instant
  const end = { person: added.body.id as PersonId, at: until, end: "all", begin: [], order: null } as const
  await runCommand(office.runtime, changePosts, end, SETUP)
  expect((await administrator.post(`/units/${made.body.id}/end`, { on: "2026-11-05" })).status).toBe(204)
  office.clock.set("2026-11-06T02:00:00.000Z")
  administrator = await office.as("administrator")
  const { items } = await rosterOn("2026-11-04", "&search=洪臨時")
  expect(items.map(({ unitName }) => unitName)).toEqual(["防疫專案辦公室"])
  expect(await namesOn("2026-11-05", "&search=洪臨時")).toEqual([])
})

test("清冊僅供系統管理者、政風、稽核、局長閱覽，主管限其單位及所屬；承辦人不得閱覽", async () => {
  const handler = await office.as("deputy")
  expect(refusalsIn(await handler.get("/roster"))).toEqual(["NOT_PERMITTED 機關內部控制"])
  expect(refusalsIn(await handler.get("/roster/export?as=csv"))).toEqual(["NOT_PERMITTED 機關內部控制"])
  const supervisor = await office.as("supervisor")
  const { items } = await rosterOn("2026-11-06", "", supervisor)
  expect(new Set(items.map(({ unitName }) => unitName))).toEqual(new Set(["疾病管制科"]))
  for (const login of ["ethics-officer", "auditor", "director"])
    expect((await rosterOn("2026-11-06", "", await office.as(login))).total).toBeGreaterThan(5)
})

dutyTest("2-1", "清冊匯出 CSV、ODS 及 PDF，與畫面相同，匯出本身予以紀錄", async () => {
  const count = async () =>
    (
      await office.runtime.db
        .selectFrom("ledger_entry")
        .select("index")
        .where("kind", "=", "roster-exported")
        .execute()
    ).length
  const before = await count()
  const csv = await administrator.get("/roster/export?on=2026-11-03&as=csv")
  const text = csv.bytes.toString("utf8")
  expect(text).toMatch(
    /^\uFEFF"單位代碼","單位名稱","姓名","職稱","職務","員工編號","電子郵件","權限類別","身分"\r\n/,
  )
  expect(text).toContain(
    '"林承辦","技士","業務單位承辦人",,"handler@health.example","查詢使用權限人員","機關人員"',
  )
  const ods = await administrator.get("/roster/export?as=ods")
  expect(ods.bytes.toString("latin1", 0, 2)).toBe("PK")
  const pdf = await administrator.get("/roster/export?on=2026-11-03&as=pdf")
  const read = execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf.bytes, encoding: "utf8" })
  expect(read.replaceAll(/\s/g, "")).toContain("基準日：民國115年11月3日")
  expect(read).toContain("林承辦")
  expect((await administrator.get("/units/export?as=csv")).bytes.toString("utf8")).toContain(
    '"疾管","疾病管制科","業務單位","衛生局"',
  )
  expect(await count()).toBe(before + 4)
})
