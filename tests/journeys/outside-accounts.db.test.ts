import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Fact } from "../../src/kernel/decision.ts"
import { browseEntries } from "../../src/ledger/index.ts"
import type { OutsideAccountView } from "../../src/modules/providers/contract.ts"
import { outsideAccountsCancelled } from "../../src/modules/providers/index.ts"
import { readTx } from "../../src/platform/db/tx.ts"
import { runJob, type Task } from "../../src/runtime/index.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, type Office } from "../support/office.ts"

const START = "2026-11-02T01:00:00.000Z"

let office: Office
let provider: string
let handler: { readonly person: string; readonly unit: string }
beforeAll(async () => {
  office = await openOffice(START)
  const desk = await office.as("handler")
  provider = (await desk.get<{ id: string }[]>("/providers")).body[0]?.id ?? ""
  const me = (await desk.get<{ person: string; posts: { unit: string }[] }>("/me")).body
  handler = { person: me.person, unit: me.posts[0]?.unit ?? "" }
})
beforeEach(() => office.clock.set(START))
afterAll(() => office.close())

let counter = 0
/** A body for an account of the handler's in a system of its own. */
function account(part: object = {}) {
  const system = `戶役政資訊系統-${++counter}`
  const way = { keptBy: "password", changedOn: "2026-11-02", standsFor: null }
  const holder = { holder: handler.person, unit: handler.unit }
  return { provider, system, name: "tpe-health-01", class: "use", ...holder, ...way, ...part }
}

async function recorded(part: object = {}): Promise<{ readonly id: string; readonly system: string }> {
  const body = account(part)
  const answer = await (await office.as("handler")).post<{ id: string }>("/outside-accounts", body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return { id: answer.body.id, system: body.system }
}

async function seenBy(login: string, id: string): Promise<OutsideAccountView | undefined> {
  const desk = await office.as(login)
  const { body } = await desk.get<{ items: OutsideAccountView[] }>(
    "/outside-accounts?size=200&cancelled=true",
  )
  return body.items.find((item) => item.id === id)
}

/** What waits for this person about the account, but for changes of its password that a head has yet to see. */
async function tasksAbout(login: string, system: string): Promise<Task[]> {
  const { body } = await (await office.as(login)).get<Task[]>("/tasks")
  return body.filter(({ title }) => title.endsWith(system) && !title.startsWith("核閱"))
}

async function post(login: string, path: string, body: object) {
  return (await office.as(login)).post(path, body)
}

/** The fact that somebody holds no post any more. */
function left(person: string): Fact {
  const about = { type: "person", id: person }
  return { kind: "posts-changed", duties: ["5-4a"], about, retention: "account", payload: { leaves: true } }
}

/** As the change of post of the holder will call it. */
function leaves(person: string): Promise<void> {
  return runJob(office.runtime, "test-leaving", (tx, context) =>
    outsideAccountsCancelled.react(tx, left(person), context),
  )
}

async function countOf(kind: string, aboutId: string): Promise<number> {
  return (await readTx(office.runtime.db, (tx) => browseEntries(tx, { kind, aboutId }, 1, 10))).total
}

describe("外部帳號之密碼", () => {
  dutyTest(
    "5-3a",
    "外部帳號密碼自最近變更日起三個月（依曆計、不順延）內更新，屆期前列入持有人待辦",
    async () => {
      // 2027-01-31 is a Sunday.
      const { id, system } = await recorded({ changedOn: "2026-10-31" })
      expect(await seenBy("handler", id)).toMatchObject({ due: "2027-01-31", state: "in-use" })
      expect(await tasksAbout("handler", system)).toEqual([])
      office.clock.set("2027-01-17T01:00:00.000Z")
      const [task] = await tasksAbout("handler", system)
      expect(task).toMatchObject({ duty: "5-3a", due: "2027-01-31", link: "/outside-accounts" })
      expect(task?.deadline).not.toBeNull()
      expect((await post("handler", `/outside-accounts/${id}/changes`, { on: "2027-01-15" })).status).toBe(
        204,
      )
      const after = await seenBy("handler", id)
      expect(after).toMatchObject({ due: "2027-04-15" })
      expect(after?.changes.map(({ on, at }) => `${on} ${at}`)).toEqual([
        "2027-01-15 2027-01-17T01:00:00.000Z",
        "2026-10-31 2026-11-02T01:00:00.000Z",
      ])
      expect(await tasksAbout("handler", system)).toEqual([])
    },
  )

  dutyTest("5-3a", "逾三個月未更新者為逾期；補登之變更仍以變更日判斷", async () => {
    const { id } = await recorded({ changedOn: "2026-08-02" })
    const due = await seenBy("handler", id)
    expect(due?.due).toBe("2026-11-02")
    office.clock.set("2026-11-10T01:00:00.000Z")
    expect((await post("handler", `/outside-accounts/${id}/changes`, { on: "2026-11-09" })).status).toBe(204)
    const desk = await office.as("handler")
    const deadline = await desk.get(`/deadlines/${due?.deadline ?? ""}`)
    expect(deadline.body).toMatchObject({ state: "met", late: true })
  })

  dutyTest("5-3a", "不以密碼登入者須載明代替之佐證，不另計期限；以密碼登入者須載明變更日期", async () => {
    const desk = await office.as("handler")
    const passkey = account({ keptBy: "passkey", changedOn: null })
    const undated = account({ changedOn: null })
    expect(refusalsIn(await desk.post("/outside-accounts", passkey))).toEqual([
      "OUTSIDE_EVIDENCE_MISSING 第五點第（三）款",
    ])
    expect(refusalsIn(await desk.post("/outside-accounts", undated))).toEqual([
      "OUTSIDE_PASSWORD_UNDATED 第五點第（三）款",
    ])
    const { id } = await recorded({
      ...{ keptBy: "single-sign-on", changedOn: null },
      standsFor: "機關單一簽入之密碼更新紀錄",
    })
    expect(await seenBy("handler", id)).toMatchObject({ due: null, allowed: ["request"] })
    const changed = await post("handler", `/outside-accounts/${id}/changes`, { on: "2026-11-02" })
    expect(refusalsIn(changed)).toEqual(["NOT_IN_THIS_STATE 機關內部控制"])
  })

  test("5-3a 變更僅得由持有人登錄，日期不得在將來或早於前次變更", async () => {
    const { id } = await recorded({ changedOn: "2026-10-20" })
    const change = (login: string, on: string) => post(login, `/outside-accounts/${id}/changes`, { on })
    expect(refusalsIn(await change("supervisor", "2026-11-02"))).toEqual(["NOT_PERMITTED 機關內部控制"])
    expect(refusalsIn(await change("handler", "2026-11-03"))).toEqual(["EVENT_IN_FUTURE 機關內部控制"])
    expect(refusalsIn(await change("handler", "2026-10-19"))).toEqual([
      "OUTSIDE_DATES_DISORDERED 機關內部控制",
    ])
  })

  dutyTest("5-3c", "同一帳號以一人使用為限，不得再登錄於他人", async () => {
    const { system } = await recorded({ name: "Shared" })
    const again = await post("it-handler", "/outside-accounts", account({ system, name: "shared" }))
    expect(refusalsIn(again)).toEqual(["OUTSIDE_ACCOUNT_TAKEN 第五點第（三）款"])
  })
})

describe("密碼變更之佐證", () => {
  dutyTest("5-3a", "持有人登錄密碼變更得附佐證；單位主管核閱，核閱前列入其待辦", async () => {
    const { id, system } = await recorded()
    const desk = await office.as("handler")
    const kept = await desk.drop<{ file: string }>("/scans", Buffer.from("%PDF-1.7 password changed"))
    const change = { on: "2026-11-02", scan: kept.body.file }
    expect((await desk.post(`/outside-accounts/${id}/changes`, change)).status).toBe(204)
    const again = await desk.post(`/outside-accounts/${id}/changes`, change)
    expect(refusalsIn(again)).toEqual(["SIGNED_PAPER_USED 機關內部控制"])
    const others = await (
      await office.as("it-handler")
    ).drop<{ file: string }>("/scans", Buffer.from("%PDF-1.7 x"))
    const borrowed = await desk.post(`/outside-accounts/${id}/changes`, { ...change, scan: others.body.file })
    expect(refusalsIn(borrowed)).toEqual(["SIGNED_PAPER_UNKNOWN 機關內部控制"])
    const evidence = `/outside-accounts/${id}/evidence/${kept.body.file}`
    expect(String((await (await office.as("supervisor")).get(evidence)).bytes)).toBe(
      "%PDF-1.7 password changed",
    )
    expect((await (await office.as("deputy")).get(evidence)).status).toBe(404)

    const waiting = async () => {
      const { body } = await (await office.as("supervisor")).get<Task[]>("/tasks")
      return body.map(({ title }) => title).filter((title) => title.endsWith(system))
    }
    expect(await waiting()).toEqual([`核閱外部帳號密碼變更紀錄：${system}`])
    expect(refusalsIn(await post("handler", `/outside-accounts/${id}/seen`, {}))).toEqual([
      "NOT_PERMITTED 機關內部控制",
    ])
    expect((await post("supervisor", `/outside-accounts/${id}/seen`, {})).status).toBe(204)
    expect(await waiting()).toEqual([])
    expect((await seenBy("handler", id))?.changes[0]).toMatchObject({ scan: kept.body.file, seenAt: START })
    expect(refusalsIn(await post("supervisor", `/outside-accounts/${id}/seen`, {}))).toEqual([
      "NOT_IN_THIS_STATE 機關內部控制",
    ])
  })
})

describe("外部帳號之註銷", () => {
  dutyTest(
    "5-4a",
    "持有連結作業權限之外部帳號者異動，其帳號即應註銷，列入主管及資訊室待辦至確認為止",
    async () => {
      const { id, system } = await recorded({ class: "linkage" })
      await leaves(handler.person)
      await leaves(handler.person)
      expect(await countOf("outside-cancellation-due", id)).toBe(1)
      expect(await seenBy("supervisor", id)).toMatchObject({ state: "to-cancel", due: null, deadline: null })
      for (const login of ["supervisor", "it-handler"])
        expect(await tasksAbout(login, system)).toMatchObject([{ duty: "5-4a", due: "2026-11-02" }])
      expect(await tasksAbout("ethics-officer", system)).toEqual([])

      const request = { on: "2026-11-02", documentNumber: "北市衛資字第1150009999號", reason: "職務異動" }
      const asked = await post("supervisor", `/outside-accounts/${id}/cancellation`, request)
      expect(asked.status).toBe(204)
      const confirmation = `/outside-accounts/${id}/cancellation/confirmation`
      const early = await post("it-handler", confirmation, { on: "2026-11-01" })
      expect(refusalsIn(early)).toEqual(["OUTSIDE_DATES_DISORDERED 機關內部控制"])
      const own = await post("handler", confirmation, { on: "2026-11-02" })
      expect(refusalsIn(own)).toEqual(["NOT_PERMITTED 機關內部控制"])
      expect(await tasksAbout("it-handler", system)).toMatchObject([{ duty: "5-4a", due: null }])
      expect((await post("it-handler", confirmation, { on: "2026-11-02" })).status).toBe(204)
      expect(await tasksAbout("it-handler", system)).toEqual([])
      expect(await seenBy("handler", id)).toMatchObject({
        state: "cancelled",
        allowed: [],
        cancellation: {
          reason: "離職或職務異動，權限終止",
          requestedOn: "2026-11-02",
          confirmedOn: "2026-11-02",
        },
      })
    },
  )

  dutyTest("5-4b", "資料查詢、使用權限之外部帳號註銷後，帳號名稱始得再登錄", async () => {
    const { id, system } = await recorded()
    const request = { on: "2026-11-02", documentNumber: "北市衛資字第1150009998號", reason: "不再使用" }
    expect((await post("handler", `/outside-accounts/${id}/cancellation`, request)).status).toBe(204)
    const change = await post("handler", `/outside-accounts/${id}/changes`, { on: "2026-11-02" })
    expect(refusalsIn(change)).toEqual(["NOT_IN_THIS_STATE 機關內部控制"])
    const again = await post("handler", "/outside-accounts", account({ system }))
    expect(refusalsIn(again)).toEqual(["OUTSIDE_ACCOUNT_TAKEN 第五點第（三）款"])
    const confirmation = { on: "2026-11-02" }
    await post("it-handler", `/outside-accounts/${id}/cancellation/confirmation`, confirmation)
    expect((await post("handler", "/outside-accounts", account({ system }))).status).toBe(200)
  })

  test("5-4a 他單位人員不得檢視或辦理；持有人須為該單位現職人員", async () => {
    const { id } = await recorded()
    for (const login of ["center-handler", "center-head", "deputy", "director"]) {
      expect(await seenBy(login, id)).toBeUndefined()
      const act = await post(login, `/outside-accounts/${id}/changes`, { on: "2026-11-02" })
      expect(refusalsIn(act)).toEqual(["NOT_FOUND 機關內部控制"])
    }
    for (const login of ["auditor", "ethics-officer", "administrator", "supervisor"])
      expect(await seenBy(login, id)).toBeDefined()
    expect(refusalsIn(await post("center-head", "/outside-accounts", account()))).toEqual([
      "NOT_PERMITTED 機關內部控制",
    ])
    const it = (await (await office.as("it-handler")).get<{ posts: { unit: string }[] }>("/me")).body
    const elsewhere = account({ unit: it.posts[0]?.unit })
    expect(refusalsIn(await post("it-handler", "/outside-accounts", elsewhere))).toEqual([
      "OUTSIDE_HOLDER_NOT_OF_UNIT 機關內部控制",
    ])
  })
})
