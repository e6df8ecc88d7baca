import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { AccountId, PersonId, UnitId } from "../../src/kernel/ids.ts"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { createAccount, hashPassword, setInitialPassword } from "../../src/modules/access/index.ts"
import type { RegisterRowView } from "../../src/modules/deliveries/contract.ts"
import { createPerson } from "../../src/modules/people/index.ts"
import { newId } from "../../src/platform/ids.ts"
import { runCommand, type Task } from "../../src/runtime/index.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, type Office } from "../support/office.ts"
import { accessed, done, FILLED, releasedFile, type Story } from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
beforeEach(() => office.clock.set("2026-11-02T01:00:00.000Z"))
afterAll(() => office.close())

async function propose(story: Story, changes: object = {}) {
  const { announcement, handler } = await story.now()
  return story.handler.post(`/deliveries/${story.id}/corrections`, {
    ...{ ...FILLED, records: 25, noticedAt: announcement.happenedAt, handler: handler.person },
    reason: "依核定公文更正",
    purpose: "更正後之使用目的",
    ...changes,
  })
}

async function proposed(): Promise<Story> {
  const story = await releasedFile(office)
  const answer = await propose(story)
  expect(answer.status, JSON.stringify(answer.body)).toBe(204)
  return story
}

const LINE = "確認或退回登記表之更正"
async function isTold(login: string, { id }: Story, line = LINE): Promise<boolean> {
  const { body } = await (await office.as(login)).get<Task[]>("/tasks")
  return body.some((task) => task.link === `/deliveries/${id}` && task.title.endsWith(line))
}

const post = (login: string) =>
  office.runtime.db
    .updateTable("post")
    .where("person", "=", (eb) => eb.selectFrom("account").select("person").where("login_name", "=", login))

describe("提供後之更正", () => {
  dutyTest(
    "5-5c",
    "更正經兩核章人確認始生效；畫面、PDF 及 CSV 均列明前後內容、提出人、理由及確認",
    async () => {
      const story = await proposed()
      expect([await isTold("it-handler", story), await isTold("supervisor", story)]).toEqual([true, true])
      await done(story.it, `/deliveries/${story.id}/corrections/confirm`)
      expect([await isTold("it-handler", story), await isTold("supervisor", story)]).toEqual([false, true])
      await done(story.supervisor, `/deliveries/${story.id}/corrections/confirm`)
      const { entry } = await story.now()
      expect(entry?.corrections).toMatchObject([
        {
          before: { purpose: FILLED.purpose },
          columns: { purpose: "更正後之使用目的" },
          proposedBy: { name: "林承辦" },
          confirmations: [
            { place: "it", name: "黃資訊", inPlaceOf: null },
            { place: "responsible", name: "陳主管", inPlaceOf: null },
          ],
        },
      ])
      const versions = await story.handler.get<{ changedBy: string; correction: object | null }[]>(
        `/register/${entry?.id}/versions`,
      )
      expect(versions.body.slice(-3).map(({ changedBy }) => changedBy)).toEqual([
        "林承辦",
        "黃資訊",
        "陳主管",
      ])
      const [book] = (await story.handler.get<{ unit: string; year: number }[]>("/register/books")).body
      const query = `unit=${book?.unit}&year=${book?.year}`
      const said = `使用目的：「${FILLED.purpose}」更正為「更正後之使用目的」（事由：依核定公文更正；林承辦提出`
      const csv = await story.handler.get(`/register/print?${query}&as=csv`)
      expect(csv.bytes.toString("utf8")).toContain(said)
      expect(csv.bytes.toString("utf8").match(/更正：/gu)).toHaveLength(1)
      expect(csv.bytes.toString("utf8")).toMatch(/資訊室黃資訊確認.*業務單位陳主管確認/u)
      const pdf = await story.handler.get(`/register/${entry?.id}/print`)
      const text = execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf.bytes, encoding: "utf8" })
      expect(text.replaceAll(/\s/gu, "")).toContain(said.replaceAll(/\s/gu, ""))
      const { body: page } = await story.handler.get<{ items: RegisterRowView[] }>(`/register?${query}`)
      expect(page.items.find(({ id }) => id === entry?.id)?.corrections).toHaveLength(1)
    },
  )

  test("提供機關通知時間及承辦人亦得更正；非本單位承辦人及核章人不得列為承辦人", async () => {
    const story = await releasedFile(office)
    const { unitHandlers, itHandlers } = await story.now()
    for (const handler of [itHandlers[0]?.person, newId()])
      expect(refusalsIn(await propose(story, { handler }))).toEqual(["REGISTER_HANDLER_WRONG 機關內部控制"])
    const handler = unitHandlers.find(({ name }) => name === "張代理")?.person
    const noticedAt = "2026-10-30T01:00:00.000Z"
    expect((await propose(story, { handler, noticedAt })).status).toBe(204)
    await done(story.supervisor, `/deliveries/${story.id}/corrections/confirm`)
    await done(story.it, `/deliveries/${story.id}/corrections/confirm`)
    const { entry, announcement } = await story.now()
    expect(entry?.columns).toMatchObject({ noticedAt, handler: { name: "張代理" } })
    expect(announcement.happenedAt).toBe(noticedAt)
  })

  test("誤提之更正得由提出人撤回或核章人退回，不妨礙結案核章", async () => {
    const story = await proposed()
    const happenedAt = office.clock.now()
    await accessed(story)
    await done(story.handler, `/deliveries/${story.id}/comparison`, {
      accessedRecords: 25,
      explanation: null,
      happenedAt,
    })
    const confirm = `/deliveries/${story.id}/comparison/confirm`
    expect(refusalsIn(await story.supervisor.post(confirm))).toEqual(["CORRECTION_UNCONFIRMED 機關內部控制"])
    const withdrawn = await story.supervisor.post(`/deliveries/${story.id}/corrections/withdraw`)
    expect(refusalsIn(withdrawn)).toEqual(["NOT_PERMITTED 機關內部控制"])
    await done(story.handler, `/deliveries/${story.id}/corrections/withdraw`)
    expect((await propose(story)).status).toBe(204)
    await done(story.it, `/deliveries/${story.id}/corrections/reject`, { reason: "原登記無誤" })
    expect((await story.now()).entry?.correction).toBeNull()
    await done(story.supervisor, confirm)
  })

  dutyTest("6-2b", "資訊室核章人調離後，由另一資訊室承辦人代為確認並留紀錄", async () => {
    const unit = (await (await office.as("it-handler")).get<{ posts: { unit: UnitId }[] }>("/me")).body
      .posts[0]
    const person = newId() as PersonId
    const system = { kind: "system", job: "test" } as const
    const posts = [{ role: "it-handler", unit: unit?.unit as UnitId }] as const
    await runCommand(
      office.runtime,
      createPerson,
      { id: person, name: "簡資訊", title: "技士", email: "it2@example.test", posts },
      system,
    )
    const account = { id: newId() as AccountId, person, loginName: "it-handler-2" }
    await runCommand(office.runtime, createAccount, account, system)
    const passwordHash = await hashPassword(DEMO_PASSWORD)
    await runCommand(office.runtime, setInitialPassword, { id: account.id, passwordHash }, system)
    const story = await proposed()
    const other = await office.as("it-handler-2")
    const path = `/deliveries/${story.id}/corrections/confirm`
    expect(refusalsIn(await other.post(path))).toEqual(["NOT_PERMITTED 機關內部控制"])
    await post("it-handler").set({ until: office.clock.now() }).execute()
    try {
      expect(await isTold("it-handler-2", story)).toBe(true)
      await done(await office.as("it-handler-2"), path)
      await done(story.supervisor, path)
      expect((await story.now()).entry?.corrections[0]?.confirmations[0]).toMatchObject({
        name: "簡資訊",
        inPlaceOf: "黃資訊",
      })
    } finally {
      await post("it-handler").set({ until: null }).execute()
    }
  })
})
