import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { freshDatabase, type TestDatabase } from "../../../tests/support/database.ts"
import { startMailServer, type MailServer } from "../../../tools/provider-sim/servers/mail-server.ts"
import { instantOf, plusMs, type Instant } from "../../kernel/time.ts"
import { inTx } from "../db/tx.ts"
import { createLog } from "../log.ts"
import {
  deliverOutbox,
  keepingTransport,
  listMailsTo,
  queueMail,
  smtpTransport,
  type MailDraft,
  type MailHandlers,
  type MailOutcome,
  type MailTransport,
  type OutboxMail,
} from "./index.ts"

const LETTERHEAD = { from: "hushou@health.example", origin: "https://hushou.example" }
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let database: TestDatabase
let dir: string
let server: MailServer
let now: Instant
let keys = 0

beforeAll(async () => {
  database = await freshDatabase()
  dir = await mkdtemp(join(tmpdir(), "mail-"))
  server = await startMailServer({ directory: dir, port: 0, host: "127.0.0.1" })
})
afterAll(async () => {
  await server.stop()
  await database.close()
  await rm(dir, { recursive: true })
})
beforeEach(() => (now = instantOf(Date.UTC(2026, 10, 23))))
afterEach(async () => {
  server.faults.refuseWith = undefined
  await database.db.deleteFrom("mail_attempt").execute()
  await database.db.deleteFrom("mail_outbox").execute()
})

const smtp = () => smtpTransport(`smtp://127.0.0.1:${server.port}`, LETTERHEAD)
const down = () => smtpTransport("smtp://127.0.0.1:1", LETTERHEAD)
const pass = (ms: number) => (now = plusMs(now, ms))

function draft(over: Partial<MailDraft> = {}): MailDraft {
  const text = { subject: "【戶守】機關通知 115-0007", body: "案號：115-0007", itemNumber: "115-0007" }
  return {
    to: "it@health.example",
    kind: "notice",
    ...text,
    link: "/d/7",
    idempotencyKey: `k${keys++}`,
    ...over,
  }
}

const queue = (over?: Partial<MailDraft>) => inTx(database.db, (tx) => queueMail(tx, draft(over), now))
const deliver = (transport: MailTransport, handlers: MailHandlers = {}) =>
  deliverOutbox({
    db: database.db,
    clock: { now: () => now },
    log: createLog("silent"),
    transport,
    handlers,
    domain: "hushou.example",
  })
const mailOf = (id: string) =>
  database.db.selectFrom("mail_outbox").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
const received = () => server.received.map((mail) => mail.messageId)

/** Keeps what it is told. */
function listening() {
  const told: MailOutcome[] = []
  const handlers: MailHandlers = { notice: (_, outcome) => Promise.resolve(void told.push(outcome)) }
  return { told, handlers }
}

describe("6-1 通知郵件", () => {
  test("a mail taken by the server counts as accepted, with Message-ID, answer and time", async () => {
    const id = await queue()
    const { told, handlers } = listening()
    expect(await deliver(smtp(), handlers)).toMatchObject({ accepted: 1 })
    const messageId = `<${id}@hushou.example>`
    expect(told).toMatchObject([{ mail: id, accepted: true, messageId, at: now }])
    expect(told[0]?.response).toMatch(/^250 .*queued as/)
    expect(await mailOf(id)).toMatchObject({
      state: "accepted",
      message_id: messageId,
      settled_at: now,
      attempts: 1,
    })
    expect(server.received.at(-1)).toMatchObject({
      messageId,
      to: ["it@health.example"],
      subject: draft().subject,
    })
    expect(server.received.at(-1)?.text).toBe("案號：115-0007\n\nhttps://hushou.example/d/7\n")
  })

  test("without a server the mail is kept as .eml and does not count as accepted", async () => {
    const id = await queue()
    const { told, handlers } = listening()
    const kept = join(dir, "kept")
    expect(await deliver(keepingTransport(kept, LETTERHEAD), handlers)).toMatchObject({
      kept: 1,
      accepted: 0,
    })
    expect(told).toEqual([])
    expect(await mailOf(id)).toMatchObject({ state: "kept" })
    expect(await readdir(kept)).toEqual([`${id}.eml`])
    expect(await readFile(join(kept, `${id}.eml`), "latin1")).toContain(`Message-ID: <${id}@hushou.example>`)
    const shown = await listMailsTo(database.db, "IT@health.example", 10)
    expect(shown).toMatchObject([{ id, state: "kept", link: "/d/7", itemNumber: "115-0007" }])
  })

  test("nothing leaves when the transaction that queued it is undone", async () => {
    const undone = inTx(database.db, async (tx) => {
      await queueMail(tx, draft(), now)
      throw new Error("undone")
    })
    await expect(undone).rejects.toThrow("undone")
    expect(await deliver(smtp())).toMatchObject({ accepted: 0 })
  })

  test("the same key queues one mail", async () => {
    const id = await queue({ idempotencyKey: "once" })
    expect(await queue({ idempotencyKey: "once" })).toBe(id)
    expect(await deliver(smtp())).toMatchObject({ accepted: 1 })
  })

  test("a mail with an ID number, a second recipient or a foreign link is not queued", async () => {
    await expect(queue({ body: "Y160000017 已到" })).rejects.toThrow("ID number")
    for (const link of ["/q?id=Y160000017", "/q/Y160000017"])
      await expect(queue({ link })).rejects.toThrow("ID number")
    await expect(queue({ to: "a@b.example, c@d.example" })).rejects.toThrow("one plain address")
    await expect(queue({ subject: "x\r\nBcc: c@d.example" })).rejects.toThrow("line break")
    await expect(queue({ link: "https://elsewhere.example" })).rejects.toThrow("path")
  })
})

describe("retry and order", () => {
  test("a server that is down is asked again later, with growing pauses", async () => {
    const id = await queue()
    expect(await deliver(down())).toMatchObject({ unreachable: 1 })
    expect(await mailOf(id)).toMatchObject({
      state: "waiting",
      attempts: 1,
      next_attempt_at: plusMs(now, MINUTE),
    })
    expect(await deliver(smtp())).toMatchObject({ accepted: 0 }) // not due yet
    pass(MINUTE)
    await deliver(down())
    expect(await mailOf(id)).toMatchObject({ attempts: 2, next_attempt_at: plusMs(now, 2 * MINUTE) })
    pass(2 * MINUTE)
    expect(await deliver(smtp())).toMatchObject({ accepted: 1 })
    const attempts = await database.db
      .selectFrom("mail_attempt")
      .selectAll()
      .where("mail", "=", id)
      .orderBy("number")
      .execute()
    expect(attempts.map((a) => a.outcome)).toEqual(["unreachable", "unreachable", "accepted"])
  })

  test("a recipient's mails arrive in the order queued, while another's pass a mail that waits", async () => {
    const first = await queue()
    server.faults.refuseWith = { code: 451, text: "try later" }
    expect(await deliver(smtp())).toMatchObject({ deferred: 1 })
    server.faults.refuseWith = undefined
    const second = await queue()
    const other = await queue({ to: "ethics@health.example" })
    const before = received().length
    expect(await deliver(smtp())).toMatchObject({ accepted: 1 })
    pass(MINUTE)
    expect(await deliver(smtp())).toMatchObject({ accepted: 2 })
    const ids = [other, first, second].map((id) => `<${id}@hushou.example>`)
    expect(received().slice(before)).toEqual(ids)
  })

  test("a lasting refusal ends the mail, tells its handler and lets the next one pass", async () => {
    const refused = await queue()
    server.faults.refuseWith = { code: 550, text: "no such mailbox" }
    const { told, handlers } = listening()
    expect(await deliver(smtp(), handlers)).toMatchObject({ refused: 1 })
    expect(told).toMatchObject([{ mail: refused, accepted: false }])
    expect(told[0]?.response).toContain("no such mailbox")
    server.faults.refuseWith = undefined
    await queue()
    expect(await deliver(smtp())).toMatchObject({ accepted: 1 })
  })

  test("after five days it is given up", async () => {
    const id = await queue()
    pass(5 * DAY)
    await deliver(down())
    expect(await mailOf(id)).toMatchObject({ state: "failed" })
  })

  test("many workers at once send each mail once", async () => {
    for (let i = 0; i < 20; i++) await queue({ to: `p${i % 5}@health.example` })
    const before = received().length
    await Promise.all([1, 2, 3, 4].map(() => deliver(smtp())))
    await deliver(smtp())
    const sent = received().slice(before)
    expect(sent).toHaveLength(20)
    expect(new Set(sent).size).toBe(20)
  })
})

describe("crashes and handlers", () => {
  test("a crash after the server took it sends the mail again under the same Message-ID, after the claim ends", async () => {
    const id = await queue()
    const seen: string[] = []
    const crashing: MailTransport = {
      send: (mail: OutboxMail) => {
        seen.push(mail.messageId)
        return Promise.reject(new Error("killed"))
      },
    }
    await expect(deliver(crashing)).rejects.toThrow("killed")
    expect(await deliver(smtp())).toMatchObject({ accepted: 0 }) // still in the dead worker's hand
    pass(10 * MINUTE)
    expect(await deliver(smtp())).toMatchObject({ accepted: 1 })
    expect(seen).toEqual([received().at(-1)])
    expect(await mailOf(id)).toMatchObject({ state: "accepted" })
  })

  test("a handler's writes and the acceptance are one transaction; a failing handler is told again, the mail not sent again", async () => {
    const id = await queue()
    const before = received().length
    const failing: MailHandlers = {
      notice: async (tx) => {
        await tx
          .insertInto("anonymous_refusal")
          .values({ window_start: now, attempt: "a", code: "X", count: 1 })
          .execute()
        throw new Error("handler failed")
      },
    }
    expect(await deliver(smtp(), failing)).toMatchObject({ accepted: 1 })
    expect(await database.db.selectFrom("anonymous_refusal").selectAll().execute()).toEqual([])
    expect(await mailOf(id)).toMatchObject({ state: "accepted", handled_at: null })
    const { told, handlers } = listening()
    await deliver(smtp(), handlers)
    await deliver(smtp(), handlers)
    expect(told).toMatchObject([{ mail: id, accepted: true }])
    expect(received()).toHaveLength(before + 1)
  })

  test("a secret link is forgotten once the mail has left, and never shown", async () => {
    const id = await queue({ link: "/set-password#secret", secretLink: true })
    await deliver(smtp())
    expect(server.received.at(-1)?.text).toContain("/set-password#secret")
    expect((await mailOf(id)).link).toBeNull()
    expect(await listMailsTo(database.db, "it@health.example", 10)).toEqual([])
  })
})
