import { Writable } from "node:stream"
import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { routesOf } from "../../src/app/http/routes.ts"
import { modulesAt } from "../../src/app/modules.ts"
import type { UnitView } from "../../src/modules/people/contract.ts"
import { installJobs } from "../../src/platform/jobs/index.ts"
import { createLog } from "../../src/platform/log.ts"
import { reservedIdNumber } from "../../tools/provider-sim/synthetic/id-numbers.ts"
import { openOffice, type Answer, type Desk, type Office } from "../support/office.ts"
import {
  accessed,
  announced,
  done,
  fileUploaded,
  itNotified,
  noticeRecorded,
  registerFilled,
  releasedFile,
  stamped,
  type Story,
} from "../support/story.ts"

const ORIGIN = "http://localhost:8080"
const LOGINS = ["handler", "supervisor", "it-handler", "administrator", "ethics-officer"] as const

let office: Office
let logged = ""
const problems: string[] = []
const planted = new Map<string, string>()

beforeAll(async () => {
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, written) => {
      logged += chunk.toString()
      written()
    },
  })
  office = await openOffice(undefined, createLog("trace", sink))
})
afterAll(() => office.close())

/** A new synthetic number, remembered with the place it is put into. */
function plant(place: string): string {
  const number = reservedIdNumber(99, planted.size)
  planted.set(number, place)
  return number
}

/** The places whose number `text` holds; numbers of the synthetic files themselves count as well. */
function leaksIn(text: string): readonly string[] {
  const found = text.match(/Y[12][6-9]\d{7}/gi) ?? []
  return [...new Set(found.map((number) => planted.get(number.toUpperCase()) ?? "資料檔案之內容"))]
}

/** Keeps what was answered when it was refused, and gives the answer on. */
function keep<Body>(answer: Answer<Body>): Answer<Body> {
  if (answer.status >= 400) problems.push(JSON.stringify(answer.headers) + answer.bytes.toString())
  return answer
}

function keepRaw({ statusCode, headers, body }: Awaited<ReturnType<Office["server"]["inject"]>>): void {
  if (statusCode >= 400) problems.push(JSON.stringify(headers) + body)
}

async function accepted<Body>(answering: Promise<Answer<Body>>): Promise<Body> {
  const answer = keep(await answering)
  expect(answer.status, answer.bytes.toString()).toBeLessThan(300)
  return answer.body
}

/** Hostile to privacy in every way a client can be: path, query, headers, body and field names. */
async function sweep(cookie: string): Promise<number> {
  let asked = 0
  for (const { endpoint } of routesOf(office.runtime, modulesAt(ORIGIN))) {
    if (endpoint.path === "/sign-out") continue
    const place = `${endpoint.method} ${endpoint.path}`
    const url = endpoint.path.replaceAll(/:\w+/g, () => plant(`${place} 路徑`))
    for (const payload of bodiesFor(place, endpoint.body)) {
      const [query, agent] = [plant(`${place} 查詢字串`), plant(`${place} 標頭`)]
      const answer = await office.server.inject({
        method: endpoint.method,
        url: `/api${url}?${query}=${query}&unit=${query}&search=${query}&page=${query}`,
        headers: {
          ...{ host: "localhost:8080", origin: ORIGIN, cookie: `${cookie}; ${agent}=${agent}` },
          ...{ "user-agent": agent, referer: `${ORIGIN}/${agent}`, "x-forwarded-for": agent },
          ...(payload === undefined ? {} : { "content-type": payload.type }),
        },
        ...(payload === undefined ? {} : { payload: payload.text }),
      })
      asked++
      keepRaw(answer)
    }
  }
  return asked
}

/** Addresses that cannot be decoded, so that no route and no binding sees them. */
async function unreadableAddresses(): Promise<void> {
  for (const method of ["GET", "POST", "PUT", "DELETE"] as const)
    for (const address of [
      "/@%zz",
      "/api/@%zz",
      "/api/people/@%e0",
      "/@?@=%zz",
      "/api/deliveries/@".padEnd(200, "@"),
    ]) {
      const number = plant(`無法解讀之網址 ${method} ${address}`)
      const headers = {
        host: "localhost:8080",
        origin: ORIGIN,
        cookie: number,
        referer: `${ORIGIN}/${number}`,
      }
      keepRaw(await office.server.inject({ method, url: address.replaceAll("@", number), headers }))
    }
}

/** As a monitoring server reads them, after everything that was asked. */
async function metrics(): Promise<string> {
  const answer = await office.server.inject({ url: "/metrics", headers: { host: "localhost:8080" } })
  expect(answer.statusCode).toBe(200)
  return answer.body
}

interface Payload {
  readonly type: string
  readonly text: string
}

function bodiesFor(place: string, body: unknown): readonly (Payload | undefined)[] {
  if (body === undefined) return [undefined]
  const number = plant(`${place} 內容`)
  const names = body === "stream" ? [] : Object.keys((body as { shape?: object }).shape ?? {})
  const fields = Object.fromEntries([...names, number].map((name) => [name, number]))
  return [
    { type: "application/json", text: JSON.stringify(fields) },
    { type: "application/json", text: `{"${number}": ${number}` },
    { type: "application/json", text: `"${number}"` },
    { type: `application/${number}`, text: number },
    { type: "application/octet-stream", text: `Subject: ${number}\r\n\r\n${number},${number}\n` },
  ]
}

async function cookieOf(loginName: string): Promise<string> {
  const answer = await office.server.inject({
    method: "POST",
    url: "/api/sign-in",
    headers: { origin: ORIGIN, host: "localhost:8080" },
    payload: { loginName, password: DEMO_PASSWORD },
  })
  return `hushou_session=${answer.cookies[0]?.value}`
}

/** Master data whose texts hold numbers, each sent twice so that what refuses a duplicate is heard. */
async function masterData(): Promise<void> {
  const administrator = await office.as("administrator")
  const { body: units } = await administrator.get<UnitView[]>("/units")
  const agency = units.find(({ kind }) => kind === "agency")?.id
  const unit = { code: plant("單位代碼"), name: plant("單位名稱"), kind: "business", parent: agency }
  const { id } = await accepted(administrator.post<{ id: string }>("/units", unit))
  keep(await administrator.post("/units", unit))
  const person = { name: plant("姓名"), title: plant("職稱"), email: "planted@health.example" }
  const posts = [{ unit: id, role: "handler" }]
  const made = await accepted(administrator.post<{ id: string }>("/people", { ...person, posts }))
  keep(await administrator.post("/people", { ...person, posts }))
  const wrong = { ...person, email: "other@health.example", posts: [{ unit: id, role: "it-handler" }] }
  expect(keep(await administrator.post("/people", wrong)).status).toBe(422)
  const account = { person: made.id, loginName: plant("帳號") }
  await accepted(administrator.post("/accounts", account))
  keep(await administrator.post("/accounts", account))
  await providerData(administrator, id)
}

async function providerData(administrator: Desk, unit: string): Promise<void> {
  const names = { code: plant("提供機關代碼"), name: plant("提供機關名稱") }
  const provider = { ...names, kind: "county", contactEmail: `${plant("提供機關信箱")}@x.example` }
  const { id } = await accepted(administrator.post<{ id: string }>("/providers", provider))
  keep(await administrator.post("/providers", provider))
  const sftp = {
    ...{ host: `${plant("主機")}.example`, port: 22, user: plant("主機帳號"), password: plant("主機密碼") },
    ...{ directory: `/${plant("主機目錄")}`, hostKey: `SHA256:${"A".repeat(43)}` },
  }
  await accepted(administrator.put(`/providers/${id}/sftp`, sftp))
  const numbers = { approvalNumber: plant("核准文號"), testNumber: plant("連結測試文號") }
  const dates = { approvedOn: "2026-03-02", testedOn: "2026-03-20" }
  const linkage = { provider: id, unit, purpose: plant("連結作業目的"), mode: "file", ...numbers, ...dates }
  await accepted((await office.as("it-handler")).post("/linkages", linkage))
}

/** The main job with a number in every text it takes. */
async function mainJob(): Promise<void> {
  const handler = await office.as("handler")
  const { body: linkages } = await handler.get<{ id: string }[]>("/linkages")
  const texts = { name: plant("專案名稱"), purpose: plant("專案目的"), legalDocument: plant("專案公文") }
  await accepted(handler.post("/projects", { linkage: linkages[0]?.id, ...texts }))
  const eml = `From: ${plant("郵件寄件人")}@ris.example\r\nTo: a@b.example\r\nSubject: ${plant("郵件主旨")}\r\nMessage-ID: <${plant("郵件識別碼")}@ris.example>\r\nDate: Mon, 02 Nov 2026 08:00:00 +0800\r\n\r\n${plant("郵件內文")}\r\n`
  await accepted(handler.drop("/provider-mails", Buffer.from(eml)))
  await voided(await noticeRecorded(office, { file: { name: `${plant("檔案名稱")}.csv` } }))
  await corrected(await releasedFile(office, { appliedFor: 30 }))
  await lapsed(await noticeRecorded(office))
  await queued(await noticeRecorded(office))
}

const columns = () => ({
  ...{ records: 25, purpose: plant("登記表目的"), legalDocument: plant("登記表公文") },
  obtainedBy: plant("登記表取得方式"),
})

async function voided(story: Story): Promise<void> {
  const { handler, id } = story
  const path = `/deliveries/${id}`
  const { body: scan } = await handler.drop<{ file: string }>(
    "/scans",
    Buffer.from(`%PDF-1.7 ${plant("掃描檔")}`),
  )
  const receiver = (await story.now()).receivers["6-1a"][0]?.person
  const paper = { kind: "paper", number: plant("通知文號"), receiver, date: "2026-11-02" }
  const notice = { happenedAt: office.clock.now() }
  const incomplete = { ...notice, channel: { ...paper, scan: null } }
  keep(await handler.post(`${path}/request-download`, incomplete))
  await done(handler, `${path}/request-download`, { ...notice, channel: { ...paper, scan: scan.file } })
  await fileUploaded(story)
  await done(handler, `${path}/register`, columns())
  keep(await handler.post(`${path}/register`, columns()))
  await done(handler, `${path}/register/revise`, { ...columns(), itHandler: null })
  await done(handler, `${path}/register/void`, { reason: plant("作廢原因") })
  await registerFilled(story)
  await stamped(story, "it")
}

async function corrected(story: Story): Promise<void> {
  const { handler, it, supervisor, id, now } = story
  const { announcement, handler: named } = await now()
  const facts = { noticedAt: announcement.happenedAt, handler: named.person }
  const path = `/deliveries/${id}`
  await done(handler, `${path}/corrections`, { ...columns(), ...facts, reason: plant("更正原因") })
  await done(it, `${path}/corrections/confirm`)
  await done(supervisor, `${path}/corrections/confirm`)
  await accessed(story)
  const happenedAt = office.clock.now()
  const explanation = plant("比對說明")
  await done(handler, `${path}/comparison`, { accessedRecords: 25, explanation, happenedAt })
  const dispute = { letter: plant("疑義文號"), reason: plant("疑義原因"), happenedAt }
  await done(handler, `${path}/comparison/dispute`, dispute)
}

/** Leaves a job on the queue, as the program's own start would have made it. */
async function queued(story: Story): Promise<void> {
  const names = modulesAt(ORIGIN).flatMap((module) => module.jobNames ?? [])
  await installJobs(
    office.ownerUrl,
    names.map((name) => ({ name })),
  )
  await itNotified(story)
  await done(story.it, `/deliveries/${story.id}/download`, { path: `/${plant("遠端路徑")}.csv` })
}

async function lapsed(story: Story): Promise<void> {
  await itNotified(story)
  const { handler, it, id } = story
  const bytes = Buffer.from(`${plant("上傳內容")},"${plant("上傳內容")}\n`)
  const { body } = await it.post<{ upload: string }>(`/deliveries/${id}/upload`, await announced(bytes))
  const part = `/deliveries/${id}/upload?upload=${body.upload}&offset`
  keep(await it.put(`${part}=7`, bytes.subarray(7)))
  keep(await it.put(`${part}=7`, bytes))
  keep(await it.put(`${part}=0`, bytes))
  const name = `${plant("上傳檔名")}.csv`
  keep(await it.post(`/deliveries/${id}/upload/finish`, { upload: body.upload, name }))
  const password = plant("壓縮檔密碼")
  keep(await it.post(`/deliveries/${id}/count`, { password, format: null }))
  const happenedAt = office.clock.now()
  keep(await handler.post(`/deliveries/${id}/lapse`, { reason: plant("撤回原因"), happenedAt }))
}

/** A wrong file dropped as the office calendar: every field of it may be personal data. */
async function calendars(desk: Desk): Promise<void> {
  const header = "西元日期,星期,是否放假,備註"
  const rows = [
    plant("日曆表標題"),
    `${header}\r\n${plant("日曆表日期")},四,2,x`,
    `${header}\r\n20260101,${plant("日曆表星期")},2,x`,
    `${header}\r\n20260101,四,${plant("日曆表是否放假")},x`,
    `${header}\r\n20260101,四,2,${plant("日曆表備註")}`,
  ]
  for (const text of rows)
    expect(keep(await desk.drop("/calendars", Buffer.from(`${text}\r\n`))).status).toBe(422)
}

async function textsOf(table: "ledger_entry" | "mail_outbox" | "mail_attempt" | "anonymous_refusal") {
  const { rows } = await sql<{ text: string }>`
    select row_to_json(t)::text as text from ${sql.table(table)} t`.execute(office.runtime.db)
  return rows.map((row) => row.text)
}

test("個人資料不入程式紀錄、錯誤回應、統計、軌跡索引、工作佇列及郵件", async () => {
  await masterData()
  await mainJob()
  await calendars(await office.as("administrator"))
  for (const login of LOGINS) expect(await sweep(await cookieOf(login))).toBeGreaterThan(100)
  await sweep("hushou_session=nobody")
  await unreadableAddresses()
  const bad = plant("登入失敗之帳號")
  const wrong = { loginName: bad, password: plant("登入失敗之密碼") }
  keep(await (await office.as("handler")).post("/sign-in", wrong))
  // A failure deep inside: the database's own message quotes what it met.
  office.runtime.log.error({ err: new Error(plant("例外訊息")) }, "planted")
  await office.deliverMail()

  expect(planted.size).toBeGreaterThan(300)
  expect(problems.length).toBeGreaterThan(300)
  expect(logged).toContain('"planted"')
  expect(leaksIn(logged)).toEqual([])
  expect(leaksIn(problems.join("\n"))).toEqual([])
  const measured = await metrics()
  expect(measured).toContain('route="/api/deliveries/:id"')
  expect(leaksIn(measured)).toEqual([])
  const jobs = await sql<{ text: string }>`select data::text as text from pgboss.job`.execute(
    office.runtime.db,
  )
  expect(jobs.rows.length).toBeGreaterThan(0)
  expect(leaksIn(jobs.rows.map(({ text }) => text).join("\n"))).toEqual([])
  for (const table of ["ledger_entry", "mail_outbox", "mail_attempt", "anonymous_refusal"] as const) {
    const texts = await textsOf(table)
    expect(texts.length, table).toBeGreaterThan(0)
    expect(leaksIn(texts.join("\n")), table).toEqual([])
  }
})
