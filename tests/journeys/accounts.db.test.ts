import { afterAll, beforeAll, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import type { AccountView } from "../../src/modules/access/contract.ts"
import type { PersonView } from "../../src/modules/people/contract.ts"
import { createServer } from "../../src/app/http/server.ts"
import type { InboxItemView } from "../../src/modules/notices/contract.ts"
import { deskAt, openOffice, refusalsIn, stranger, type Desk, type Office } from "../support/office.ts"

let office: Office
let administrator: Desk
let people: readonly PersonView[]
beforeAll(async () => {
  office = await openOffice()
  administrator = await office.as("administrator")
  people = (await administrator.get<{ items: PersonView[] }>("/people?size=200")).body.items
})
afterAll(() => office.close())

const accounts = async () => {
  const ids = people.map((person) => person.id).join(",")
  return (await administrator.get<AccountView[]>(`/accounts?people=${ids}`)).body
}

async function accountOf(loginName: string): Promise<AccountView> {
  const account = (await accounts()).find((account) => account.loginName === loginName)
  if (account === undefined) throw new Error(`no account ${loginName}`)
  return account
}

const kindsAbout = async (id: string) => {
  const entries = await office.runtime.db
    .selectFrom("ledger_entry")
    .select("kind")
    .where("about_id", "=", id)
    .orderBy("index")
    .execute()
  return entries.map((entry) => entry.kind)
}

const linkItemsOf = async (desk: Desk, id: string) =>
  (await desk.get<{ items: InboxItemView[] }>("/inbox?size=200")).body.items.filter(
    ({ kind, about }) => kind === "password-link-issued" && about.id === id,
  )

const tokenIn = (link: string) => link.slice(link.indexOf("#") + 1)
const setPassword = (link: string, password: string) =>
  stranger(office).post("/set-password", { token: tokenIn(link), password })
const signIn = (loginName: string, password: string) =>
  stranger(office).post("/sign-in", { loginName, password })

test("停用帳號：登入中之工作階段立即結束，恢復使用後始得再登入", async () => {
  const handler = await office.as("handler")
  const { id } = await accountOf("handler")
  expect((await administrator.post(`/accounts/${id}/disable`, { reason: "留職停薪" })).status).toBe(204)
  expect(refusalsIn(await handler.get("/me"))).toEqual(["NOT_SIGNED_IN 機關內部控制"])
  expect((await signIn("handler", DEMO_PASSWORD)).status).toBe(401)
  expect((await accountOf("handler")).state).toBe("disabled")
  expect(refusalsIn(await administrator.post(`/accounts/${id}/link`))).toEqual([
    "ACCOUNT_DISABLED 機關內部控制",
  ])
  expect((await administrator.post(`/accounts/${id}/enable`)).status).toBe(204)
  expect(refusalsIn(await administrator.post(`/accounts/${id}/enable`))).toEqual([
    "NOT_IN_THIS_STATE 機關內部控制",
  ])
  expect((await handler.get("/me")).status).toBe(401)
  expect((await (await office.as("handler")).get("/me")).status).toBe(200)
  expect(await kindsAbout(id)).toEqual([
    ...["account-created", "password-set", "signed-in"],
    ...["account-disabled", "account-enabled", "signed-in"],
  ])
})

test("重發連結：先前之連結失效，舊密碼之工作階段於設定新密碼時結束", async () => {
  const deputy = await office.as("deputy")
  const { id } = await accountOf("deputy")
  const first = await administrator.post<{ link: string }>(`/accounts/${id}/link`)
  const second = await administrator.post<{ link: string }>(`/accounts/${id}/link`)
  expect(refusalsIn(await setPassword(first.body.link, "A longer password 1"))).toEqual([
    "LINK_NOT_VALID 機關內部控制",
  ])
  expect((await deputy.get("/me")).status).toBe(200)
  expect((await setPassword(second.body.link, "A longer password 1")).status).toBe(204)
  expect((await deputy.get("/me")).status).toBe(401)
  expect((await signIn("deputy", DEMO_PASSWORD)).status).toBe(401)
  expect((await signIn("deputy", "A longer password 1")).status).toBe(204)
})

test("有郵件伺服器者，連結僅寄送本人；本人及政風室均獲通知", async () => {
  const server = await createServer({ ...office.runtime, demo: false }, 1_000)
  const { id } = await accountOf("center-handler")
  const atServer = await deskAt(server, "administrator")
  const issued = await atServer.post<{ link: string | null }>(`/accounts/${id}/link`)
  expect([issued.status, issued.body.link]).toEqual([200, null])
  const mails = await office.runtime.db
    .selectFrom("mail_outbox")
    .selectAll()
    .where("secret_link", "=", true)
    .execute()
  expect(mails.map(({ recipient, state }) => [recipient, state])).toEqual([
    ["center-handler@health.example", "waiting"],
  ])
  const link = mails[0]?.link ?? ""
  expect((await setPassword(link, "A longer password 1")).status).toBe(204)
  await office.deliverMail()
  const left = office.runtime.db
    .selectFrom("mail_outbox")
    .select(["state", "link"])
    .where("secret_link", "=", true)
  expect(await left.execute()).toEqual([{ state: "accepted", link: null }])
  expect(await linkItemsOf(await office.as("ethics-officer"), id)).toHaveLength(1)
  expect(await linkItemsOf(await office.as("auditor"), id)).toEqual([])
  const { cookies } = await server.inject({
    method: "POST",
    url: "/api/sign-in",
    headers: { origin: office.runtime.origin, host: "localhost:8080" },
    payload: { loginName: "center-handler", password: "A longer password 1" },
  })
  const headers = { host: "localhost:8080", cookie: `${cookies[0]?.name ?? ""}=${cookies[0]?.value ?? ""}` }
  const inbox = (await server.inject({ url: "/api/inbox", headers })).json<{ items: InboxItemView[] }>()
  expect(inbox.items.map(({ title }) => title)).toEqual([
    "您的帳號經核發設定密碼之連結；如非您所請求，請即通知政風室",
  ])
  await server.close()
  administrator = await office.as("administrator")
})

test("示範環境及未設定郵件伺服器者顯示連結，本人及政風室同獲通知", async () => {
  const { id } = await accountOf("director")
  for (const at of ["2026-11-02T01:10:00.000Z", "2026-11-02T01:11:00.000Z"]) {
    office.clock.set(at)
    expect((await administrator.post<{ link: string | null }>(`/accounts/${id}/link`)).body.link).toMatch(
      /^http:\/\/localhost:8080\/set-password#/,
    )
  }
  expect(await linkItemsOf(await office.as("ethics-officer"), id)).toHaveLength(2)
  expect(await linkItemsOf(await office.as("director"), id)).toHaveLength(2)
})

test("停用之帳號，先前核發之連結亦失效", async () => {
  const { id } = await accountOf("center-head")
  const { body } = await administrator.post<{ link: string }>(`/accounts/${id}/link`)
  await administrator.post(`/accounts/${id}/disable`, { reason: "測試" })
  expect(refusalsIn(await setPassword(body.link, "A longer password 1"))).toEqual([
    "LINK_NOT_VALID 機關內部控制",
  ])
})

test("唯一可登入之系統管理者不得停用；另有一位設定密碼後始得為之", async () => {
  const { id } = await accountOf("administrator")
  const disable = () => administrator.post(`/accounts/${id}/disable`, { reason: "測試" })
  expect(refusalsIn(await disable())).toEqual(["LAST_ADMINISTRATOR 機關內部控制"])
  const agency = people.flatMap((person) => person.posts).find((post) => post.role === "administrator")?.unit
  const posts = [{ unit: agency, role: "administrator" }]
  const second = { name: "林管理", title: "科員", email: "second@health.example", posts }
  const { body: person } = await administrator.post<{ id: string }>("/people", second)
  const account = { person: person.id, loginName: "second" }
  const { body: made } = await administrator.post<{ link: string }>("/accounts", account)
  expect(refusalsIn(await administrator.post("/accounts", { ...account, loginName: "third" }))).toEqual([
    "PERSON_HAS_ACCOUNT 機關內部控制",
  ])
  expect(refusalsIn(await disable())).toEqual(["LAST_ADMINISTRATOR 機關內部控制"])
  expect((await setPassword(made.link, "A longer password 1")).status).toBe(204)
  expect((await disable()).status).toBe(204)
  expect((await administrator.get("/me")).status).toBe(401)
})

test("他人不得閱覽或變更帳號", async () => {
  const supervisor = await office.as("supervisor")
  const [person] = people
  const { id } = { id: person?.id ?? "" }
  for (const answer of [
    await supervisor.get(`/accounts?people=${id}`),
    await supervisor.post("/accounts", { person: id, loginName: "x" }),
  ])
    expect(refusalsIn(answer)).toContain("NOT_PERMITTED 機關內部控制")
  const account = await office.runtime.db
    .selectFrom("account")
    .select("id")
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const [act, body] of [
    ["link", {}],
    ["disable", { reason: "測試" }],
    ["enable", {}],
  ] as const)
    expect(refusalsIn(await supervisor.post(`/accounts/${account.id}/${act}`, body))).toContain(
      "NOT_PERMITTED 機關內部控制",
    )
})
