import { once } from "node:events"
import { connect, type AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createServer } from "../../src/app/http/server.ts"
import { Problem } from "../../src/contract/problem.ts"
import { reservedIdNumber } from "../../tools/provider-sim/synthetic/id-numbers.ts"
import { openOffice, type Answer, type Desk, type Office } from "../support/office.ts"
import { fileUploaded, itNotified, noticeRecorded, UTF8_CSV } from "../support/story.ts"

const ORIGIN = "http://localhost:8080"
const HOST = "localhost:8080"
const PLANTED = reservedIdNumber(7, 1)

let office: Office
let administrator: Desk
beforeAll(async () => {
  office = await openOffice()
  administrator = await office.as("administrator")
})
afterAll(() => office.close())

/** Refused for these fields, and nothing went wrong inside. */
function expectInvalid(answer: Answer<unknown>, fields: string): void {
  expect(answer.status, answer.bytes.toString()).toBe(422)
  const { title, refusals } = answer.body as Problem
  expect(refusals.map(({ code }) => code)).toEqual(["INVALID_INPUT"])
  expect(title).toContain(`輸入內容有誤：${fields}。`)
}

describe("資料庫及軌跡紀錄無法保存之文字", () => {
  test.each([
    ["空字元", "防\0疫"],
    ["不成對之代理碼", "防\ud800疫"],
    ["倒置之代理碼", "防\udc00\ud800疫"],
  ])("%s一律拒絕，並指明欄位", async (_, bad) => {
    const { body: units } = await administrator.get<{ id: string; kind: string }[]>("/units")
    const parent = units.find(({ kind }) => kind === "agency")?.id
    const unit = { code: "X01", name: bad, kind: "business", parent }
    expectInvalid(await administrator.post("/units", unit), "name")
    const { body: after } = await administrator.get<unknown[]>("/units")
    expect(after).toHaveLength(units.length)
    const signIn = { loginName: bad, password: `${bad}${"x".repeat(20)}` }
    expectInvalid(await administrator.post("/sign-in", signIn), "loginName、password")
  })

  test("查詢字串亦同", async () => {
    expectInvalid(await administrator.get("/people?search=%00"), "search")
    expectInvalid(await (await office.as("auditor")).get("/ledger?kind=%00&aboutId=a%00"), "kind、aboutId")
  })

  test("罕用字及基本多語文平面以外之字照常收受", async () => {
    const { body: units } = await administrator.get<{ id: string; kind: string }[]>("/units")
    const parent = units.find(({ kind }) => kind === "agency")?.id
    const unit = { code: "X02", name: "𠮷堃\u{f0000}科", kind: "business", parent }
    expect((await administrator.post("/units", unit)).status).toBe(200)
    const { body: after } = await administrator.get<{ name: string }[]>("/units")
    expect(after.map(({ name }) => name)).toContain(unit.name)
  })

  test("位元組不是 UTF-8 之 JSON 不予猜測，不存入替代字元", async () => {
    const payload = Buffer.concat([
      Buffer.from('{"loginName":"handler'),
      Buffer.from([0xa8, 0xbe]),
      Buffer.from('","password":"x"}'),
    ])
    const headers = { host: HOST, origin: ORIGIN, "content-type": "application/json" }
    const answer = await office.server.inject({ method: "POST", url: "/api/sign-in", headers, payload })
    expect(answer.statusCode, answer.body).toBe(422)
    expect(answer.json<Problem>().title).toContain("輸入內容有誤：body。")
  })
})

describe("檔案名稱", () => {
  const NONE = "01900000-0000-7000-8000-000000000000"
  const BAD = [
    "../../etc/passwd",
    "a\r\nX: y.csv",
    "a\u0000.csv",
    "a\u001b[2J.csv",
    "a\u2028b.csv",
    "a\\b.csv",
    "..",
    ".",
    "",
  ]

  test("登錄通知、上傳、下載，均不收受含路徑或控制字元之檔名", async () => {
    const story = await noticeRecorded(office)
    const { body: projects } =
      await story.handler.get<{ id: string; custodianName: string | null }[]>("/projects")
    const notice = {
      project: projects.find(({ custodianName }) => custodianName !== null)?.id,
      happenedAt: office.clock.now(),
      declaredRecords: 1,
      appliedFor: { kind: "count", records: 1 },
      format: UTF8_CSV,
      mail: null,
    }
    await itNotified(story)
    const path = `/deliveries/${story.id}`
    for (const name of BAD) {
      expectInvalid(await story.handler.post("/deliveries", { ...notice, fileName: name }), "fileName")
      expectInvalid(await story.it.post(`${path}/upload/finish`, { upload: NONE, name }), "name")
      if (!name.startsWith("../../"))
        expectInvalid(await story.it.post(`${path}/download`, { path: `/out/${name}` }), "path")
    }
    const good = { ...notice, fileName: "..戶籍 資料（115年）.csv" }
    expect((await story.handler.post("/deliveries", good)).status).toBe(200)
    await fileUploaded(story)
  })
})

describe("無法解讀之要求", () => {
  test.each([
    ["網址", `/${PLANTED}%zz`],
    ["查詢之前之網址", `/api/people%e0/${PLANTED}?a=${PLANTED}`],
    ["過長之參數", `/api/deliveries/${PLANTED.repeat(20)}`],
  ])("%s：以同一格式答覆，不複述所求", async (_, url) => {
    for (const method of ["GET", "POST"] as const) {
      const answer = await office.server.inject({ method, url, headers: { host: HOST, origin: ORIGIN } })
      expect(answer.statusCode).toBe(404)
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/)
      expect(answer.headers["x-content-type-options"]).toBe("nosniff")
      expect(answer.headers["content-security-policy"]).toContain("default-src 'self'")
      expect(answer.body).toContain("NOT_FOUND")
      expect(JSON.stringify([answer.headers, answer.body])).not.toContain(PLANTED)
    }
  })

  test.each([
    ["不是 HTTP", `${PLANTED} ${PLANTED}\r\n\r\n`, "422 ", "INVALID_INPUT"],
    ["標頭有誤", `GET / HTTP/1.1\r\n${PLANTED}\r\n\r\n`, "422 ", "INVALID_INPUT"],
    ["標頭過大", `GET / HTTP/1.1\r\nX: ${PLANTED.repeat(5000)}\r\n\r\n`, "413 ", "BODY_TOO_LARGE"],
  ])("%s：答覆後關閉連線", async (_, bytes, status, code) => {
    const server = await createServer(office.runtime, 1000)
    await server.listen({ host: "127.0.0.1", port: 0 })
    const socket = connect((server.server.address() as AddressInfo).port, "127.0.0.1")
    await once(socket, "connect")
    socket.write(bytes)
    const [head = "", body = ""] = (await text(socket)).split("\r\n\r\n")
    await server.close()
    expect(head.startsWith(`HTTP/1.1 ${status}`), head).toBe(true)
    expect(head).toContain("content-type: application/problem+json")
    expect(head).toContain("content-security-policy: default-src 'none'")
    expect(head).toContain("x-content-type-options: nosniff")
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`)
    const problem = Problem.parse(JSON.parse(body))
    expect(problem.refusals.map((refusal) => refusal.code)).toEqual([code])
    expect(head + body).not.toContain(PLANTED)
  })
})
