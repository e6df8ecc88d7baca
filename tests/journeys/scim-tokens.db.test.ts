import { afterAll, beforeAll, expect, test } from "vitest"
import type { Instant } from "../../src/kernel/time.ts"
import type { ScimClientView } from "../../src/modules/people/contract.ts"
import { refusalsIn, type Desk, type Office } from "../support/office.ts"
import { newToken, openScimOffice, scimClient } from "../support/scim.ts"

let office: Office
let administrator: Desk
beforeAll(async () => {
  ;({ office, administrator } = await openScimOffice())
})
afterAll(() => office.close())

const asking = (token: string) => scimClient(office.server, token)
const statusOf = async (token: string) => (await asking(token)("GET", "/Users?count=0")).status

const listed = async (id: string) => {
  const { body } = await administrator.get<{ items: ScimClientView[] }>("/scim-clients?size=200")
  return body.items.find((client) => client.id === id)
}

const anonymousRefusals = async (code: string) => {
  const rows = await office.runtime.db
    .selectFrom("anonymous_refusal")
    .select("count")
    .where("code", "=", code)
    .execute()
  return rows.reduce((sum, { count }) => sum + count, 0)
}

test("權杖僅由系統管理者建立，僅顯示一次；資料庫僅存其雜湊", async () => {
  const handler = await office.as("handler")
  const body = { name: "目錄", lastDay: "2026-12-31", requestsPerMinute: 10 }
  expect(refusalsIn(await handler.post("/scim-clients", body))).toEqual(["NOT_PERMITTED 機關內部控制"])
  expect(refusalsIn(await handler.get("/scim-clients"))).toEqual(["NOT_PERMITTED 機關內部控制"])
  const { id, token } = await newToken(administrator, "目錄")
  expect(await listed(id)).toMatchObject({ name: "目錄", state: "in-force", lastUsedAt: null })
  expect(await statusOf(token)).toBe(200)
  expect((await listed(id))?.lastUsedAt).toBe("2026-11-02T01:00:00.000Z")
  const dump = JSON.stringify(await office.runtime.db.selectFrom("scim_client").selectAll().execute())
  expect(dump).not.toContain(token)
  expect(refusalsIn(await administrator.post("/scim-clients", body))).toEqual([
    "SCIM_CLIENT_NAME_TAKEN 機關內部控制",
  ])
  for (const lastDay of ["2026-11-01", "2027-11-05"])
    expect(refusalsIn(await administrator.post("/scim-clients", { ...body, name: "別名", lastDay }))).toEqual(
      ["SCIM_CLIENT_EXPIRY_WRONG 機關內部控制"],
    )
})

test("無效、逾期、廢止之權杖一律 401，並計入未登入之拒絕", async () => {
  const before = await anonymousRefusals("SCIM_TOKEN_NOT_VALID")
  expect(await statusOf("")).toBe(401)
  const { headers, body } = await asking("A".repeat(43))("GET", "/Users")
  expect(headers["www-authenticate"]).toBe('Bearer realm="scim"')
  expect(body).toMatchObject({ status: "401", schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"] })
  const revoked = await newToken(administrator, "將廢止")
  expect(await statusOf(revoked.token)).toBe(200)
  const handler = await office.as("handler")
  expect(refusalsIn(await handler.post(`/scim-clients/${revoked.id}/revoke`))).toEqual([
    "NOT_PERMITTED 機關內部控制",
  ])
  expect((await administrator.post(`/scim-clients/${revoked.id}/revoke`)).status).toBe(204)
  expect(await statusOf(revoked.token)).toBe(401)
  expect(refusalsIn(await administrator.post(`/scim-clients/${revoked.id}/revoke`))).toEqual([
    "SCIM_CLIENT_REVOKED 機關內部控制",
  ])
  expect((await listed(revoked.id))?.state).toBe("revoked")
  const shortLived = await newToken(administrator, "當日", { lastDay: "2026-11-02" })
  office.clock.set("2026-11-02T15:59:59.999Z")
  expect(await statusOf(shortLived.token)).toBe(200)
  office.clock.set("2026-11-02T16:00:00.000Z")
  expect(await statusOf(shortLived.token)).toBe(401)
  office.clock.set("2026-11-02T01:00:00.000Z")
  expect(await anonymousRefusals("SCIM_TOKEN_NOT_VALID")).toBe(before + 4)
})

test("逾每分鐘上限者 429，次一分鐘恢復；同時送出亦不得超過", async () => {
  const { token } = await newToken(administrator, "限速", { requestsPerMinute: 5 })
  const burst = await Promise.all(Array.from({ length: 12 }, () => statusOf(token)))
  expect(burst.filter((status) => status === 200)).toHaveLength(5)
  expect(burst.filter((status) => status === 429)).toHaveLength(7)
  expect(await anonymousRefusals("TOO_MANY_REQUESTS")).toBe(1)
  office.clock.set("2026-11-02T01:01:00.000Z")
  expect(await statusOf(token)).toBe(200)
})

test("未經程式搬移或改寫之權杖資料列，不生效力", async () => {
  const moved = await newToken(administrator, "搬移來源")
  const target = await newToken(administrator, "搬移對象")
  const { db } = office.runtime
  const row = await db
    .selectFrom("scim_client")
    .select(["token_hash", "seal"])
    .where("id", "=", moved.id)
    .executeTakeFirstOrThrow()
  await db.deleteFrom("scim_client_use").where("client", "=", moved.id).execute()
  await db
    .updateTable("scim_client")
    .set({ token_hash: Buffer.alloc(32, 1) })
    .where("id", "=", moved.id)
    .execute()
  await db.updateTable("scim_client").set(row).where("id", "=", target.id).execute()
  expect(await statusOf(moved.token)).toBe(401)
  const longer = await newToken(administrator, "延長")
  const expires_at = "2030-01-01T00:00:00.000Z" as Instant
  await db.updateTable("scim_client").set({ expires_at }).where("id", "=", longer.id).execute()
  expect(await statusOf(longer.token)).toBe(401)
  const revived = await newToken(administrator, "復活")
  await administrator.post(`/scim-clients/${revived.id}/revoke`)
  await db.updateTable("scim_client").set({ revoked_at: null }).where("id", "=", revived.id).execute()
  expect(await statusOf(revived.token)).toBe(401)
})

test("瀏覽器之登入身分於介接網址一無所得；權杖於其他網址亦同", async () => {
  const { token } = await newToken(administrator, "邊界")
  const signedIn = await office.server.inject({
    ...{ method: "POST", url: "/api/sign-in" },
    headers: { origin: office.runtime.origin, host: "localhost:8080" },
    payload: { loginName: "administrator", password: "hushou-demo-2026" },
  })
  const cookie = `${signedIn.cookies[0]?.name ?? ""}=${signedIn.cookies[0]?.value ?? ""}`
  const { origin } = office.runtime
  const person = { userName: "x@health.example", displayName: "某甲", title: "技佐" }
  const send = (bearer: string, others: object) =>
    scimClient(office.server, bearer, others)("POST", "/Users", person).then(({ status }) => status)
  expect(await scimClient(office.server, "", { cookie })("GET", "/Users").then(({ status }) => status)).toBe(
    401,
  )
  expect(await send("", { cookie, origin })).toBe(401)
  expect(await send("", { cookie })).toBe(403)
  expect(await send("", {})).toBe(403)
  expect(await send(token, { cookie })).toBe(403)
  expect(await send(token, { cookie, origin: "https://evil.example" })).toBe(403)
  const elsewhere = await office.server.inject({
    ...{ method: "POST", url: "/api/people", payload: {} },
    headers: { host: "localhost:8080", authorization: `Bearer ${token}` },
  })
  expect(elsewhere.statusCode).toBe(403)
  const reading = await office.server.inject({
    ...{ url: "/api/people" },
    headers: { host: "localhost:8080", authorization: `Bearer ${token}` },
  })
  expect(reading.statusCode).toBe(401)
  expect(await send(token, {})).toBe(201)
})
