import { afterAll, beforeAll, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import { plusMs } from "../../src/kernel/time.ts"
import { browseEntries } from "../../src/ledger/index.ts"
import { checkIntegrity } from "../../src/app/integrity.ts"
import type { Problem } from "../../src/contract/problem.ts"
import { access } from "../../src/modules/access/index.ts"
import type { Me, OwnAccount } from "../../src/modules/access/contract.ts"
import { readTx } from "../../src/platform/db/tx.ts"
import { openOffice, type Office } from "../support/office.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice("2026-08-25T04:00:00.000Z")
})
afterAll(() => office.close())

const NEW = "Renewed in autumn 2026"

/** A browser: what it shows as cookies, and where it stands. */
interface Browser {
  cookies: Map<string, string>
  readonly address: string
}
const browser = (address: string): Browser => ({ cookies: new Map(), address })

async function send(at: Browser, method: "GET" | "POST", path: string, payload?: object) {
  const answer = await office.server.inject({
    method,
    url: `/api${path}`,
    remoteAddress: at.address,
    headers: {
      origin: office.runtime.origin,
      host: "localhost:8080",
      cookie: [...at.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    },
    ...(payload === undefined ? {} : { payload }),
  })
  for (const { name, value } of answer.cookies) at.cookies.set(name, value)
  return answer
}
const signIn = (at: Browser, loginName: string, password = DEMO_PASSWORD) =>
  send(at, "POST", "/sign-in", { loginName, password })
const codes = (answer: Awaited<ReturnType<typeof send>>) =>
  answer.json<Problem>().refusals.map(({ code, source }) => `${code} ${source}`)
const factsOf = (kind: string) =>
  readTx(office.runtime.db, async (tx) => (await browseEntries(tx, { kind }, 1, 50)).total)

async function wake(name: string): Promise<void> {
  for (const one of access(office.runtime.origin).wakes ?? [])
    if (one.name === name) await one.work(office.runtime)
}

test("5-3b 同一帳號另行登入者，先前之工作階段結束，並告知何時由何處登入", async () => {
  const [first, second] = [browser("10.1.0.1"), browser("10.1.0.2")]
  expect((await signIn(first, "handler")).statusCode).toBe(204)
  expect((await signIn(second, "handler")).statusCode).toBe(204)
  const told = await send(first, "GET", "/me")
  expect(told.statusCode).toBe(401)
  expect(codes(told)).toEqual(["NOT_SIGNED_IN 機關內部控制", "SESSION_REPLACED 第五點第（三）款"])
  expect(told.json<Problem>().refusals[1]?.zh).toContain("115.08.25 12:00 由 10.1.0.2 另行登入")
  expect(await factsOf("simultaneous-use")).toBe(1)
  expect((await send(second, "GET", "/me")).statusCode).toBe(200)
})

test("5-3c 同一裝置再登入不列為同時使用；新裝置於紀錄載明", async () => {
  const desk = browser("10.1.0.3")
  await signIn(desk, "supervisor")
  await signIn(desk, "supervisor")
  expect(await factsOf("simultaneous-use")).toBe(1)
  const own = (await send(desk, "GET", "/me/account")).json<OwnAccount>()
  expect(own.devices).toHaveLength(1)
  expect(own.sessions.map(({ isThisOne, address }) => [isThisOne, address])).toEqual([[true, "10.1.0.3"]])
  expect(own.history[0]).toMatchObject({ kind: "signed-in", from: "10.1.0.3", by: "self" })
})

test("5-3a 密碼逾三個月者，登入後僅得更新密碼；更新後始得使用，其他工作階段結束", async () => {
  const desk = browser("10.1.0.4")
  office.clock.set("2026-11-25T15:00:00.000Z")
  await signIn(desk, "director")
  const me = (await send(desk, "GET", "/me")).json<Me>()
  expect([me.stage, me.renewBy]).toEqual(["full", "2026-11-25"])
  office.clock.set("2026-11-25T16:00:00.000Z")
  await signIn(desk, "director")
  expect((await send(desk, "GET", "/me")).json<Me>().stage).toBe("password")
  for (const path of ["/tasks", "/deliveries", "/settings"])
    expect(codes(await send(desk, "GET", path)), path).toEqual(["PASSWORD_RENEWAL_DUE 第五點第（三）款"])
  const renew = (current: string, next: string) => send(desk, "POST", "/me/password", { current, next })
  expect(codes(await renew("wrong", NEW))).toEqual(["PASSWORD_WRONG 機關內部控制"])
  expect(codes(await renew(DEMO_PASSWORD, DEMO_PASSWORD))).toContain(
    "PASSWORD_USED_BEFORE 資通安全責任等級分級辦法附表十",
  )
  const before = desk.cookies.get("hushou_session")
  expect((await renew(DEMO_PASSWORD, NEW)).statusCode).toBe(204)
  expect(desk.cookies.get("hushou_session"), "the token changes with its rights").not.toBe(before)
  expect((await send(desk, "GET", "/me")).json<Me>()).toMatchObject({ stage: "full", renewBy: "2027-02-26" })
  expect((await send(desk, "GET", "/tasks")).statusCode).toBe(200)
  const old = browser("10.1.0.4")
  old.cookies.set("hushou_session", before ?? "")
  expect((await send(old, "GET", "/me")).statusCode).toBe(401)
})

test("最近三次之密碼不得再用，第四次始得沿用", async () => {
  const desk = browser("10.1.0.5")
  await signIn(desk, "director", NEW)
  const passwords = [NEW, "Second in autumn 2026", "Third in autumn 2026", "Fourth in autumn 2026"]
  const change = async (current: string, next: string) => {
    office.clock.set(plusMs(office.clock.now(), 60_000))
    return send(desk, "POST", "/me/password", { current, next })
  }
  for (const [at, next] of passwords.slice(1).entries()) {
    const current = passwords[at] ?? ""
    for (const former of passwords.slice(Math.max(0, at - 2), at + 1))
      expect((await change(current, former)).statusCode, former).toBe(422)
    expect((await change(current, next)).statusCode).toBe(204)
  }
  expect((await change("Fourth in autumn 2026", NEW)).statusCode).toBe(204)
  const { db } = office.runtime
  const account = db.selectFrom("account").select("id").where("login_name", "=", "director")
  const kept = await db.selectFrom("password_history").selectAll().where("account", "in", account).execute()
  expect(kept).toHaveLength(3)
})

test("更新密碼之嘗試與登入併計，五次錯誤即鎖定", async () => {
  const desk = browser("10.1.0.6")
  await signIn(desk, "deputy")
  const renewed = await send(desk, "POST", "/me/password", {
    current: DEMO_PASSWORD,
    next: "One of her own 2026",
  })
  expect(renewed.statusCode).toBe(204)
  for (let n = 0; n < 5; n++) await send(desk, "POST", "/me/password", { current: `wrong ${n}`, next: NEW })
  const answer = await send(desk, "POST", "/me/password", { current: "One of her own 2026", next: NEW })
  expect(codes(answer)).toEqual(["PASSWORD_WRONG 機關內部控制"])
  await signIn(browser("10.1.0.6"), "nobody-at-all", "wrong")
  for (const round of [1, 2]) {
    await wake("tell-of-locked-accounts")
    expect(await factsOf("account-locked"), `round ${round}`).toBe(1)
  }
})

test("本人得結束自己之其他工作階段，不得結束他人者", async () => {
  const [mine, other] = [browser("10.1.0.7"), browser("10.1.0.8")]
  await signIn(mine, "auditor")
  await send(mine, "POST", "/me/password", { current: DEMO_PASSWORD, next: "One of my own 2026" })
  await signIn(other, "ethics-officer")
  await send(other, "POST", "/me/password", { current: DEMO_PASSWORD, next: "One of his own 2026" })
  const own = (await send(other, "GET", "/me/account")).json<OwnAccount>()
  const answer = await send(mine, "POST", `/me/sessions/${own.sessions[0]?.id ?? ""}/end`, {})
  expect(answer.statusCode).toBe(404)
  expect((await send(other, "GET", "/me")).statusCode).toBe(200)
})

test("5-4b 離職者以正確密碼登入者，拒絕並留存其嘗試", async () => {
  const { db } = office.runtime
  const { person } = await db
    .selectFrom("account")
    .select("person")
    .where("login_name", "=", "center-head")
    .executeTakeFirstOrThrow()
  await db.updateTable("post").set({ until: office.clock.now() }).where("person", "=", person).execute()
  const attempts = await factsOf("attempt-refused")
  const answer = await signIn(browser("10.1.0.9"), "center-head")
  expect(codes(answer)).toEqual(["ACCESS_ENDED 第五點第（四）款"])
  expect(await factsOf("attempt-refused")).toBe(attempts + 1)
  await db.updateTable("post").set({ until: null }).where("person", "=", person).execute()
})

test("閒置逾三個月之帳號停用；恢復使用後重新起算", async () => {
  const { db } = office.runtime
  const inUse = async () => {
    const rows = db.selectFrom("account").select("login_name").where("disabled_at", "is", null)
    return (await rows.orderBy("login_name").execute()).map((row) => row.login_name)
  }
  const nightly = () => wake("suspend-idle-accounts")
  await nightly()
  const active = ["administrator", "auditor", "deputy", "director", "ethics-officer"]
  expect(await inUse(), "the last administrator stays").toEqual(active)
  const desk = browser("10.1.0.10")
  await signIn(desk, "administrator")
  const next = "One for the desk 2026"
  await send(desk, "POST", "/me/password", { current: DEMO_PASSWORD, next })
  const { id } = await db
    .selectFrom("account")
    .select("id")
    .where("login_name", "=", "handler")
    .executeTakeFirstOrThrow()
  expect((await send(desk, "POST", `/accounts/${id}/enable`, {})).statusCode).toBe(204)
  await nightly()
  expect(await inUse()).toEqual([...active, "handler"].toSorted())
})

test("密碼及其沿革與軌跡紀錄相符；遭人刪改者即被發現", async () => {
  const findings = async () => (await checkIntegrity(office.runtime)).findings
  expect(await findings()).toEqual([])
  await office.runtime.db.deleteFrom("password_history").execute()
  expect((await findings()).map(({ kind }) => kind)).toContain("aggregate-changed")
})
