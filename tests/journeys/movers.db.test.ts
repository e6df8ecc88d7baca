import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { modulesAt } from "../../src/app/modules.ts"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { checkIntegrity } from "../../src/app/integrity.ts"
import type { TaskView } from "../../src/contract/tasks.ts"
import type { PersonId } from "../../src/kernel/ids.ts"
import { startWorkday } from "../../src/modules/deadlines/index.ts"
import type { DeliveryDetail, ProjectView } from "../../src/modules/deliveries/contract.ts"
import type { ChangeDetail, ChangeLine } from "../../src/modules/handover/contract.ts"
import { changePosts } from "../../src/modules/people/index.ts"
import { runCommand } from "../../src/runtime/index.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, type Desk, type Office } from "../support/office.ts"
import { done, noticeRecorded, type Story } from "../support/story.ts"

/** Friday before a long weekend: 2026-09-25 中秋節 to 2026-09-28 教師節 are days of rest. */
const ORDERED = "2026-09-18T02:00:00.000Z"
const LAST_MOMENT = "2026-09-19T15:59:59.999Z"
/** 00:00 of 2026-09-20 in Taipei. */
const EFFECTIVE = "2026-09-19T16:00:00.000Z"

let office: Office
let story: Story
let handler: Desk
let supervisor: Desk
let id: string
beforeAll(async () => {
  office = await openOffice(ORDERED)
  story = await noticeRecorded(office)
  handler = story.handler
  supervisor = story.supervisor
})
afterAll(() => office.close())

const scan = Buffer.from("%PDF-1.7\n% 簽收單\n%%EOF\n")

async function personOf(login: string): Promise<PersonId> {
  const row = await office.runtime.db
    .selectFrom("account")
    .select("person")
    .where("login_name", "=", login)
    .executeTakeFirstOrThrow()
  return row.person as PersonId
}

async function read(desk: Desk, change = id): Promise<ChangeDetail> {
  return (await desk.get<ChangeDetail>(`/personnel-changes/${change}`)).body
}

const noticeTo = (detail: ChangeDetail, to: string) => {
  const found = detail.notices.find((notice) => notice.office === to)
  if (found === undefined) throw new Error(`no notice to ${to}`)
  return found
}
const itemOf = (detail: ChangeDetail, kind: string) => {
  const found = detail.items.find((item) => item.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} in the inventory`)
  return found
}

/** As the server wakes every minute. */
async function wake(): Promise<void> {
  for (const { name, work } of modulesAt(office.runtime.origin).flatMap((module) => module.wakes ?? []))
    if (name === "personnel-changes-begin") await work(office.runtime)
}

const tasksOf = async (desk: Desk) => (await desk.get<TaskView[]>("/tasks")).body.map(({ title }) => title)

describe("職務異動：連續假期前離職之承辦人", () => {
  dutyTest("5-4a", "主管登錄異動，生效日在將來者，權限至該日零時終止", async () => {
    const order = { kind: "resignation", effectiveOn: "2026-09-20", receivedOn: null }
    const input = { ...order, person: await personOf("handler"), end: "all", begin: [] }
    const started = await supervisor.post<{ changes: string[] }>("/personnel-changes", {
      ...input,
      successor: await personOf("deputy"),
    })
    expect(started.status, JSON.stringify(started.body)).toBe(200)
    id = started.body.changes[0] ?? ""
    const change = await read(supervisor)
    expect(change).toMatchObject({ state: "ordered", retroactive: false, at: EFFECTIVE, leaves: true })
    expect(change.ended).toEqual([{ unitName: "疾病管制科", role: "handler", class: "use" }])
  })

  it("a stranger learns nothing, and a head of another unit starts nothing", async () => {
    const center = await office.as("center-head")
    expect((await center.get(`/personnel-changes/${id}`)).status).toBe(404)
    const refused = await center.post("/personnel-changes", {
      ...{ kind: "transfer", effectiveOn: "2026-09-20", receivedOn: null, successor: null },
      ...{ person: await personOf("deputy"), end: "all", begin: [] },
    })
    expect(refusalsIn(refused)).toEqual(["NOT_PERMITTED 機關內部控制"])
  })

  dutyTest("5-4c", "知會資訊室與政風室之期限各別開始，連續假期末日順延", async () => {
    const change = await read(supervisor)
    expect(
      change.notices.map(({ office: to, duty, due, standing }) => ({ to, duty, due, standing })),
    ).toEqual([
      { to: "it-office", duty: "5-4c", due: "2026-09-29", standing: "owed" },
      { to: "ethics-office", duty: "5-4d", due: "2026-09-29", standing: "owed" },
    ])
    const why = await supervisor.get<{ why: { zh: string[] } }>(
      `/deadlines/${noticeTo(change, "it-office").deadline ?? ""}`,
    )
    expect(why.body.why.zh.join("")).toContain("次一上班日民國115年9月29日")
  })

  dutyTest("5-4b", "生效日零時起，原登入失效，再登入亦不得使用", async () => {
    office.clock.set(LAST_MOMENT)
    handler = await office.as("handler")
    expect((await handler.get("/deliveries")).status).toBe(200)
    office.clock.set(EFFECTIVE)
    expect((await handler.get("/deliveries")).status).toBe(401)
    const again = await office.server.inject({
      method: "POST",
      url: "/api/sign-in",
      headers: { origin: "http://localhost:8080", host: "localhost:8080" },
      payload: { loginName: "handler", password: DEMO_PASSWORD },
    })
    const cookie = again.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
    const asked = await office.server.inject({
      url: "/api/deliveries",
      headers: { host: "localhost:8080", cookie },
    })
    expect(asked.statusCode).toBe(401)
  })

  dutyTest("5-4b", "生效時列冊，未點收前列於接任人及主管之待辦", async () => {
    supervisor = await office.as("supervisor")
    const deputy = await office.as("deputy")
    const early = await read(supervisor)
    expect(early.items).toEqual([])
    await wake()
    const change = await read(supervisor)
    expect(change.state).toBe("in-force")
    expect(change.items.map(({ kind, state }) => [kind, state])).toEqual([
      ["delivery", "open"],
      ["custody", "open"],
    ])
    expect((await tasksOf(deputy)).join()).toContain("點收移交事項 2 項")
    expect((await tasksOf(supervisor)).join()).toContain("點收移交事項 2 項")
    expect((await tasksOf(supervisor)).join()).toContain("知會政風室職務異動")
  })

  dutyTest("5-4b", "點收後由接任人承辦；違反專人與代理人不得同一者，退由主管", async () => {
    const deputy = await office.as("deputy")
    const change = await read(deputy)
    const path = (kind: string, act: string) =>
      `/personnel-changes/${id}/items/${itemOf(change, kind).id}/${act}`
    await done(deputy, path("delivery", "accept"))
    const delivery = await deputy.get<DeliveryDetail>(`/deliveries/${story.id}`)
    expect(delivery.body.handler.name).toBe("張代理")
    expect(refusalsIn(await deputy.post(path("delivery", "accept")))).toEqual(["ITEM_ACCEPTED 機關內部控制"])
    expect(refusalsIn(await deputy.post(path("custody", "accept")))).toEqual([
      "CUSTODIAN_IS_DEPUTY 機關內部控制",
    ])
    expect(itemOf(await read(deputy), "custody").state).toBe("open")
    expect(refusalsIn(await deputy.post(path("custody", "refuse"), { reason: " " }))).toEqual([
      "ITEM_REFUSED_WITHOUT_REASON 機關內部控制",
    ])
    await done(deputy, path("custody", "refuse"), { reason: "已任本專案專人之代理人" })
    expect(refusalsIn(await deputy.post(path("custody", "accept")))).toEqual(["ITEM_NOT_YOURS 機關內部控制"])
    await done(await office.as("supervisor"), path("custody", "accept"))
    const { body: projects } = await deputy.get<ProjectView[]>("/projects")
    expect(projects[0]?.custodianName).toBe("陳主管")
  })

  dutyTest("5-4c", "以電子郵件知會資訊室，郵件主機收受時為準；知悉另計", async () => {
    office.clock.set("2026-09-22T02:00:00.000Z")
    supervisor = await office.as("supervisor")
    const mail = { happenedAt: office.clock.now(), channel: { kind: "mail" } }
    await done(supervisor, `/personnel-changes/${id}/notices/it-office`, mail)
    expect(noticeTo(await read(supervisor), "it-office").standing).toBe("waiting")
    await office.deliverMail()
    const told = noticeTo(await read(supervisor), "it-office")
    expect(told).toMatchObject({
      standing: "given",
      metAt: office.clock.now(),
      late: false,
      acknowledgedAt: null,
    })
    const it = await office.as("it-handler")
    const inbox = await it.get<{ items: { id: string; kind: string }[] }>("/inbox")
    const item = inbox.body.items.find(({ kind }) => kind === "personnel-notice")
    await done(it, `/inbox/${item?.id ?? ""}/acknowledge`)
    expect(noticeTo(await read(supervisor), "it-office").acknowledgedBy).toBe("黃資訊")
    expect(noticeTo(await read(supervisor), "ethics-office").standing).toBe("owed")
  })

  dutyTest("5-4d", "知會資訊室不等同知會政風室，未知會者不得結案", async () => {
    expect(refusalsIn(await supervisor.post(`/personnel-changes/${id}/close`))).toEqual([
      "ETHICS_OFFICE_NOT_TOLD 第五點第（四）款",
    ])
  })

  dutyTest("5-4d", "期限末日之次日始以書面知會政風室者，列為逾期", async () => {
    office.clock.set("2026-09-30T02:00:00.000Z")
    await startWorkday(office.runtime)
    supervisor = await office.as("supervisor")
    expect(noticeTo(await read(supervisor), "ethics-office")).toMatchObject({ standing: "owed", late: true })
    const receivers = noticeTo(await read(supervisor), "ethics-office").receivers
    const { body: kept } = await supervisor.drop<{ file: string }>("/scans", scan)
    const paper = (receiver: string | undefined) => ({
      happenedAt: office.clock.now(),
      channel: { kind: "paper", number: "衛疾字第1號", date: "2026-09-30", receiver, scan: kept.file },
    })
    const path = `/personnel-changes/${id}/notices/ethics-office`
    expect(refusalsIn(await supervisor.post(path, paper(await personOf("it-handler"))))).toEqual([
      "PAPER_RECEIVER_WRONG 機關內部控制",
    ])
    await done(supervisor, path, paper(receivers[0]?.person))
    expect(noticeTo(await read(supervisor), "ethics-office")).toMatchObject({ standing: "given", late: true })
    expect(refusalsIn(await supervisor.post(path, paper(receivers[0]?.person)))).toContain(
      "NOTICE_ALREADY_GIVEN 機關內部控制",
    )
  })

  it("it is printed, closed, and the tables agree with the ledger", async () => {
    for (const path of ["notices/ethics-office/pdf", "inventory/pdf"]) {
      const { status, bytes } = await supervisor.get(`/personnel-changes/${id}/${path}`)
      expect(status).toBe(200)
      expect(bytes.subarray(0, 5).toString()).toBe("%PDF-")
    }
    await done(supervisor, `/personnel-changes/${id}/close`)
    expect((await read(supervisor)).state).toBe("closed")
    expect((await checkIntegrity(office.runtime)).findings).toEqual([])
  })
})

describe("職務異動：人事系統終止職務，未附派令", () => {
  const SCIM = { kind: "system", job: "scim" } as const

  async function endedBySystem(login: string): Promise<string> {
    const person = await personOf(login)
    const change = { person, at: office.clock.now(), end: "all", begin: [], order: null } as const
    await runCommand(office.runtime, changePosts, change, SCIM)
    const director = await office.as("director")
    const { body } = await director.get<{ items: ChangeLine[] }>("/personnel-changes")
    return body.items[0]?.id ?? ""
  }

  dutyTest("5-4b", "同樣列案、列冊並開始期限，由原單位主管補登", async () => {
    const change = await endedBySystem("center-handler")
    const head = await office.as("center-head")
    expect(await read(head, change)).toMatchObject({
      state: "in-force",
      isComplete: false,
      personName: "許健康",
      effectiveOn: "2026-09-30",
    })
    expect((await tasksOf(head)).join()).toContain("補登異動種類及派令資料")
    expect(refusalsIn(await head.post(`/personnel-changes/${change}/close`))).toContain(
      "CHANGE_INCOMPLETE 機關內部控制",
    )
    await done(head, `/personnel-changes/${change}/complete`, {
      ...{ kind: "retirement", effectiveOn: "2026-09-30", receivedOn: null, successor: null },
    })
    expect(await read(head, change)).toMatchObject({ isComplete: true, kind: "retirement" })
  })

  dutyTest("5-4c", "派令到達日晚於生效日者，期限自到達之日起算並列為補登", async () => {
    const change = await endedBySystem("it-handler")
    const director = await office.as("director")
    const before = await read(director, change)
    expect(before.ended.map((post) => post.class)).toEqual(["linkage"])
    expect(noticeTo(before, "it-office").due).toBe("2026-10-05")
    await done(director, `/personnel-changes/${change}/complete`, {
      ...{ kind: "transfer", effectiveOn: "2026-09-15", receivedOn: "2026-09-22", successor: null },
    })
    const after = await read(director, change)
    expect(after.retroactive).toBe(true)
    expect(noticeTo(after, "it-office").due).toBe("2026-09-29")
  })

  it("a post that gives no right to data starts nothing", async () => {
    const director = await office.as("director")
    const count = async () => (await director.get<{ total: number }>("/personnel-changes")).body.total
    const before = await count()
    await endedBySystem("auditor")
    expect(await count()).toBe(before)
  })
})
