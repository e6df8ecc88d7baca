import { setTimeout as sleep } from "node:timers/promises"
import { sql } from "kysely"
import { Client } from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { access } from "../../src/modules/access/index.ts"
import { plusMs } from "../../src/kernel/time.ts"
import { openOffice, stranger, type Desk, type Office } from "../support/office.ts"

let office: Office
let administrator: Desk
let owner: Client
beforeAll(async () => {
  office = await openOffice()
  administrator = await office.as("administrator")
  owner = new Client({ connectionString: office.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await office.close()
})

const accountOf = (login: string) =>
  office.runtime.db
    .selectFrom("account")
    .select(["id", "person"])
    .where("login_name", "=", login)
    .executeTakeFirstOrThrow()
const signIn = (loginName: string) =>
  stranger(office).post("/sign-in", { loginName, password: DEMO_PASSWORD })
const sessionsOf = async (account: string) =>
  (await office.runtime.db.selectFrom("session").selectAll().where("account", "=", account).execute()).length
const rowsIn = async (table: "session" | "sign_in_lock" | "one_time_link") =>
  (await office.runtime.db.selectFrom(table).selectAll().execute()).length

const MINUTE_MS = 60_000
const forgetEnded = async () => {
  for (const { work } of access(office.runtime.origin).wakes ?? []) await work(office.runtime)
}

/** Resolves when so many wait for a lock in this database. */
async function untilWaiting(waiting: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ pid: number }>`select distinct l.pid from pg_locks l
      join pg_stat_activity a using (pid)
      where not l.granted and a.datname = current_database()`.execute(office.runtime.db)
    if (rows.length === waiting) return
    await sleep(20)
  }
}

/** Holds the account back, lines the deeds up one behind the other, and lets them go. */
async function inThisOrder<T>(account: string, ...deeds: (() => Promise<T>)[]): Promise<T[]> {
  await owner.query("begin")
  await owner.query("select 1 from account where id = $1 for update", [account])
  const answers: Promise<T>[] = []
  for (const deed of deeds) {
    answers.push(deed())
    await untilWaiting(answers.length)
  }
  await owner.query("rollback")
  return Promise.all(answers)
}

test("登入與設定新密碼同時：以舊密碼登入者不得留下工作階段", async () => {
  const { id } = await accountOf("deputy")
  const { body } = await administrator.post<{ link: string }>(`/accounts/${id}/link`)
  const token = body.link.slice(body.link.indexOf("#") + 1)
  const [set, old] = await inThisOrder(
    id,
    () => stranger(office).post("/set-password", { token, password: "A longer password 1" }),
    () => signIn("deputy"),
  )
  expect([set?.status, old?.status, await sessionsOf(id)]).toEqual([204, 401, 0])
})

test("登入與停用同時：登入者不得於恢復使用後留有工作階段", async () => {
  const { id } = await accountOf("center-head")
  const answers = await inThisOrder(
    id,
    () => administrator.post(`/accounts/${id}/disable`, { reason: "離職" }),
    () => administrator.post(`/accounts/${id}/enable`),
    () => signIn("center-head"),
  )
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 401])
  expect(await sessionsOf(id)).toBe(0)
})

test("同一瀏覽器再登入者，前一工作階段隨即結束", async () => {
  const { id } = await accountOf("handler")
  const at = (cookie: string) => ({ origin: office.runtime.origin, host: "localhost:8080", cookie })
  const enter = async (loginName: string, cookie: string) => {
    const payload = { loginName, password: DEMO_PASSWORD }
    const [set] = (
      await office.server.inject({ method: "POST", url: "/api/sign-in", headers: at(cookie), payload })
    ).cookies
    return `${set?.name ?? ""}=${set?.value ?? ""}`
  }
  const me = async (cookie: string) =>
    (await office.server.inject({ url: "/api/me", headers: at(cookie) })).statusCode
  const first = await enter("handler", "")
  const second = await enter("handler", first)
  expect([await me(first), await me(second), await sessionsOf(id)]).toEqual([401, 200, 1])
  const other = await enter("supervisor", second)
  expect([await me(second), await me(other), await sessionsOf(id)]).toEqual([401, 200, 0])
})

test("逾期之嘗試、工作階段及連結均予清除，未逾期者不受影響", async () => {
  const { id } = await accountOf("center-handler")
  for (let n = 0; n < 20; n++)
    await stranger(office).post("/sign-in", { loginName: `nobody-${n}`, password: "x" })
  await administrator.post(`/accounts/${id}/link`)
  const [locks, sessions, links] = [
    await rowsIn("sign_in_lock"),
    await rowsIn("session"),
    await rowsIn("one_time_link"),
  ]
  const started = office.clock.now()
  expect(locks).toBeGreaterThanOrEqual(20)
  office.clock.set(plusMs(started, 15 * MINUTE_MS - 1))
  await forgetEnded()
  expect([await rowsIn("sign_in_lock"), await rowsIn("session")]).toEqual([locks, sessions])
  expect(await rowsIn("one_time_link")).toBe(links - 1)
  office.clock.set(plusMs(started, 30 * MINUTE_MS - 1))
  await office.as("auditor")
  await forgetEnded()
  expect([await rowsIn("sign_in_lock"), await rowsIn("one_time_link")]).toEqual([0, 1])
  office.clock.set(plusMs(started, 24 * 3_600_000))
  await forgetEnded()
  expect([await rowsIn("session"), await rowsIn("one_time_link")]).toEqual([0, 0])
})

test("以資料庫寫入或移用之工作階段，無從登入", async () => {
  const handler = await office.as("handler")
  expect((await handler.get("/me")).status).toBe(200)
  await owner.query(
    "update session set account = (select id from account where login_name = 'director') " +
      "where account = (select id from account where login_name = 'handler')",
  )
  expect((await handler.get("/me")).status).toBe(401)
})

test("以資料庫寫入之一次性連結，無從設定密碼", async () => {
  const { id } = await accountOf("center-head")
  const token = "a-link-that-nobody-issued"
  await owner.query(
    "insert into one_time_link (token_hash, kind, account, created_at, expires_at, seal) " +
      "values (sha256($1), 'set-password', $2, $3, $4, sha256($1))",
    [Buffer.from(token), id, office.clock.now(), plusMs(office.clock.now(), MINUTE_MS)],
  )
  const answer = await stranger(office).post("/set-password", { token, password: "Xx-long-enough-12345" })
  expect(answer.status).toBe(409)
})
