import { once } from "node:events"
import { request, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { DEMO_PASSWORD } from "../../src/app/demo/seed.ts"
import type { AccountId, DeliveryId } from "../../src/kernel/ids.ts"
import { plusMs } from "../../src/kernel/time.ts"
import { browseEntries, readEntry } from "../../src/ledger/index.ts"
import { deliveries } from "../../src/modules/deliveries/index.ts"
import { installJobs } from "../../src/platform/jobs/index.ts"
import { readTx } from "../../src/platform/db/tx.ts"
import { openOffice, type Office } from "../support/office.ts"
import { itNotified, noticeRecorded, releasedFile, type Story } from "../support/story.ts"

const MIB = 1 << 20
/** More than a stopped reader's connection takes in, and several looks at the right to it. */
const FILE = { records: 500_000 }

let office: Office
let port: number
beforeAll(async () => {
  office = await openOffice()
  await installJobs(
    office.ownerUrl,
    (deliveries.jobNames ?? []).map((name) => ({ name })),
  )
  await office.server.listen({ host: "127.0.0.1", port: 0 })
  port = (office.server.server.address() as AddressInfo).port
})
afterAll(() => office.close())

const account = (login: string) => office.runtime.db.updateTable("account").where("login_name", "=", login)
const disable = (login: string) => account(login).set({ disabled_at: office.clock.now() }).execute()
const enable = (login: string) => account(login).set({ disabled_at: null }).execute()

/** The posts of the person behind an account. */
const postsOf = (login: string) =>
  office.runtime.db
    .updateTable("post")
    .where("person", "=", (eb) => eb.selectFrom("account").select("person").where("login_name", "=", login))

/** A browser's own connection, which can stop reading. */
async function send(path: string, cookie: string, body: object = {}): Promise<IncomingMessage> {
  const headers = { host: "localhost:8080", origin: "http://localhost:8080", cookie }
  const sent = request({
    port,
    path: `/api${path}`,
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
  })
  sent.end(JSON.stringify(body))
  const [answer] = (await once(sent, "response")) as [IncomingMessage]
  return answer
}

async function signIn(loginName: string): Promise<string> {
  const answer = await send("/sign-in", "", { loginName, password: DEMO_PASSWORD })
  answer.resume()
  return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? ""
}

/** Reads to the end, however it comes; how many bytes arrived, and whether all did. */
async function read(answer: IncomingMessage): Promise<{ readonly bytes: number; readonly whole: boolean }> {
  let bytes = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) bytes += chunk.length
  } catch {
    return { bytes, whole: false }
  }
  return { bytes, whole: answer.complete }
}

async function payloadsOf(kind: string, aboutId: string): Promise<unknown[]> {
  const { db, ledger } = office.runtime
  return readTx(db, async (tx) => {
    const { items } = await browseEntries(tx, { kind, aboutId }, 1, 10)
    const read = await Promise.all(items.map(({ index }) => readEntry(tx, ledger.sealKeys, index)))
    return read.map((entry) => (entry?.payload.state === "open" ? entry.payload.value : null))
  })
}

describe("6-2d 提供中之檔案，權限一經終止即停止", () => {
  let story: Story
  let cookie: string
  beforeAll(async () => {
    story = await releasedFile(office, { file: FILE })
  })
  beforeEach(async () => {
    await enable("handler")
    await postsOf("handler").set({ until: null }).execute()
    cookie = await signIn("handler")
  })
  const endPosts = () => postsOf("handler").set({ until: office.clock.now() }).execute()
  const twelveHoursLater = () => {
    office.clock.set(plusMs(office.clock.now(), 12 * 3_600_000))
    return Promise.resolve()
  }
  const cutOffs = () => payloadsOf("file-cut-off", story.id)

  test.each([
    ["帳號停用", () => disable("handler")],
    ["登出", () => send("/sign-out", cookie).then((answer) => answer.resume())],
    ["職務終止", endPosts],
    ["登入逾十二小時", twelveHoursLater],
  ])("6-2d %s：串流中斷，紀錄載明送出多少", async (_, end) => {
    const before = (await cutOffs()).length
    const answer = await send(`/deliveries/${story.id}/open`, cookie)
    expect(answer.statusCode).toBe(200)
    await end()
    const { bytes, whole } = await read(answer)
    expect(whole).toBe(false)
    await expect.poll(async () => (await cutOffs()).length).toBe(before + 1)
    const [latest] = (await cutOffs()) as { cause: string; handedOut: number; bytes: number }[]
    expect(latest).toMatchObject({ cause: "right-ended", bytes: story.file.bytes })
    expect(latest?.handedOut).toBeLessThan(story.file.bytes)
    expect(latest?.handedOut).toBeGreaterThanOrEqual(bytes)
  })

  test("6-2d 收受人中斷連線，亦予紀錄", async () => {
    const before = (await cutOffs()).length
    const answer = await send(`/deliveries/${story.id}/open`, cookie)
    answer.destroy()
    await expect.poll(async () => (await cutOffs()).length).toBe(before + 1)
    expect((await cutOffs())[0]).toMatchObject({ cause: "connection-closed" })
  })

  test("6-2d 全部送出者，僅有開啟之紀錄", async () => {
    const before = (await cutOffs()).length
    const opened = (await payloadsOf("file-opened", story.id)).length
    expect(await read(await send(`/deliveries/${story.id}/open`, cookie))).toEqual({
      bytes: story.file.bytes,
      whole: true,
    })
    expect((await payloadsOf("file-opened", story.id)).length).toBe(opened + 1)
    expect((await cutOffs()).length).toBe(before)
  })
})

describe("6-1b 自提供機關下載中之檔案，權限一經終止即停止", () => {
  test.each([
    ["帳號停用", () => disable("it-handler"), () => enable("it-handler")],
    [
      "職務終止",
      () => postsOf("it-handler").set({ until: office.clock.now() }).execute(),
      () => postsOf("it-handler").set({ until: null }).execute(),
    ],
  ])("6-1b %s：下載停止，已收部分保留，續傳至完成", async (_, end, restore) => {
    const { runtime, sim } = office
    const story = await noticeRecorded(office, { file: FILE })
    await itNotified(story)
    const transfer = () =>
      runtime.db.selectFrom("transfer").selectAll().where("delivery", "=", story.id).executeTakeFirstOrThrow()
    const [job] = deliveries.jobs?.(runtime) ?? []
    const { person, id } = await runtime.db
      .selectFrom("account")
      .select(["person", "id"])
      .where("login_name", "=", "it-handler")
      .executeTakeFirstOrThrow()
    const data = { delivery: story.id as DeliveryId, person, account: id as AccountId }
    const begin = () => story.it.post(`/deliveries/${story.id}/download`, { path: story.file.path })

    sim.faults.bytesPerSecond = 8 * MIB
    expect((await begin()).status).toBe(204)
    const running = job?.run(data)
    while ((await transfer()).bytes_done === 0) await sleep(20)
    await end()
    sim.faults.bytesPerSecond = undefined
    await running
    const stopped = await transfer()
    expect(stopped).toMatchObject({ state: "failed", failure: "NOT_PERMITTED" })
    expect(stopped.bytes_done).toBeLessThan(story.file.bytes)
    expect((await story.now()).state).toBe("download-requested")

    await restore()
    expect((await begin()).status).toBe(204)
    await job?.run(data)
    expect((await story.now()).fetched?.sha256).toBe(story.file.sha256)
  })
})
