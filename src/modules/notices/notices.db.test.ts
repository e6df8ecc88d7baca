import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { dutyTest } from "../../../tests/support/duty-test.ts"
import { openSmallOffice, type SmallOffice } from "../../../tests/support/small-office.ts"
import type { PersonActor } from "../../kernel/actor.ts"
import type { Fact } from "../../kernel/decision.ts"
import type { NoticeId } from "../../kernel/ids.ts"
import type { CivilDate } from "../../kernel/time.ts"
import { deliverOutbox, listMailsTo, type SendResult } from "../../platform/mail/index.ts"
import { newId } from "../../platform/ids.ts"
import { runCommand, runJob, when } from "../../runtime/index.ts"
import { acknowledgeInboxItem } from "./commands/acknowledge-item.ts"
import {
  createNotice,
  noticeMailHandlers,
  mailCheckpoint,
  notices,
  noticesAbout,
  raiseFinding,
  sendDigests,
} from "./index.ts"
import type { Channel, FindingDraft, InboxItemId } from "./model.ts"
import { inboxTasksOf, readInbox } from "./reads.ts"
import { keepScan } from "./scans/keep-scan.ts"

let office: SmallOffice
let handler: PersonActor
let itHandler: PersonActor
let ethics: PersonActor
const reactedTo: Fact[] = []

beforeAll(async () => {
  const react = (_tx: unknown, fact: Fact) => {
    reactedTo.push(fact)
    return Promise.resolve([])
  }
  office = await openSmallOffice([notices], { reactions: [when("notice-accepted", react)] })
  handler = await office.appoint("王承辦", "handler", office.units.business)
  itHandler = await office.appoint("李資訊", "it-handler", office.units.it)
})
afterAll(() => office.close())

async function give(channel: Channel) {
  const about = { type: "delivery", id: newId() }
  const id = newId() as NoticeId
  await runJob(office.runtime, "test", (tx, context) =>
    createNotice(tx, context, {
      ...{ id, about, channel },
      duty: "6-1a",
      itemNumber: "115-0007",
      link: `/deliveries/${about.id}`,
      from: handler.person,
      to: [itHandler.person],
      happenedAt: context.now,
    }),
  )
  return { id, about }
}

/** Lets the outbox meet a mail server that answers every mail so. */
async function deliver(outcome: SendResult["outcome"], response: string): Promise<void> {
  const { db, clock, log } = office.runtime
  const transport = { send: () => Promise.resolve({ outcome, response }) }
  const handlers = noticeMailHandlers(office.runtime)
  await deliverOutbox({ db, clock, log, transport, handlers, domain: "health.example" })
}

dutyTest("6-1a", "郵件經伺服器接受始完成通知，並保存郵件識別碼及回應", async () => {
  const { id, about } = await give({ kind: "mail" })
  const before = await noticesAbout(office.runtime.db, about)
  expect(before).toMatchObject([{ state: "queued", stands: false, label: "尚未完成通知", from: "王承辦" }])
  await deliver("accepted", "250 2.0.0 OK")
  const after = await noticesAbout(office.runtime.db, about)
  expect(after).toMatchObject([{ state: "accepted", stands: true }])
  expect(after[0]?.recipients).toMatchObject([
    {
      name: "李資訊",
      messageId: expect.stringMatching(/^<.+@health\.example>$/) as string,
      response: "250 2.0.0 OK",
    },
  ])
  expect(reactedTo).toMatchObject([
    { about: { type: "notice", id }, refs: { delivery: about.id }, duties: ["6-1a"] },
  ])
})

dutyTest("6-1a", "郵件遭拒收，尚未完成通知，並回到通知者之待辦", async () => {
  const { about } = await give({ kind: "mail" })
  await deliver("refused", "550 5.1.1 no such mailbox")
  expect(await noticesAbout(office.runtime.db, about)).toMatchObject([{ state: "failed", stands: false }])
  const tasks = await inboxTasksOf(office.runtime.db, handler)
  expect(tasks).toMatchObject([{ kind: "notice-failed", duty: "6-1a", link: `/deliveries/${about.id}` }])
  expect(await inboxTasksOf(office.runtime.db, itHandler)).toEqual([])
})

dutyTest("6-1a", "未設郵件伺服器而僅存檔之郵件，不算通知", async () => {
  const { about } = await give({ kind: "mail" })
  await deliver("kept", "kept.eml")
  expect(await noticesAbout(office.runtime.db, about)).toMatchObject([{ state: "queued", stands: false }])
})

test("the outbox may tell an answer twice; the second changes nothing", async () => {
  const { id, about } = await give({ kind: "mail" })
  await deliver("accepted", "250 2.0.0 OK")
  const { mail } = await office.runtime.db
    .selectFrom("notice_recipient")
    .select("mail")
    .where("notice", "=", id)
    .executeTakeFirstOrThrow()
  const outcome = { mail: mail ?? "", messageId: "<2@health.example>", at: office.clock.now() }
  const again = { ...outcome, accepted: false, response: "550 no" }
  await office.runtime.db
    .transaction()
    .execute(async (tx) => noticeMailHandlers(office.runtime)["notice"]?.(tx, again))
  expect(await noticesAbout(office.runtime.db, about)).toMatchObject([{ state: "accepted", stands: true }])
  expect(reactedTo.filter((fact) => fact.about.id === id)).toHaveLength(1)
})

dutyTest("6-1a", "書面通知即時成立，事實發生時間與登錄時間分列", async () => {
  const { id: scan } = await keepScan(office.runtime, Buffer.from("%PDF-1.7 signed"), handler)
  const date = "2026-11-01" as CivilDate
  const { about } = await give({ kind: "paper", number: "北市衛字第1號", date, receiver: "李資訊", scan })
  expect(await noticesAbout(office.runtime.db, about)).toMatchObject([
    { state: "given", stands: true, paper: { number: "北市衛字第1號", date, receiver: "李資訊", scan } },
  ])
})

test("a notice to nobody, or to a stranger, is not given", async () => {
  const nobody = {
    id: newId() as NoticeId,
    about: { type: "delivery", id: "1" },
    channel: { kind: "mail" },
  } as const
  const rest = {
    duty: "6-1a",
    itemNumber: "1",
    link: "/",
    from: null,
    happenedAt: office.clock.now(),
  } as const
  const to = (people: never[]) =>
    runJob(office.runtime, "test", (tx, context) =>
      createNotice(tx, context, { ...nobody, ...rest, to: people }),
    )
  await expect(to([])).rejects.toThrow("addressee")
  await expect(to([newId() as never])).rejects.toThrow("not a person here")
})

describe("findings and the mail of the morning", () => {
  const finding: FindingDraft = {
    code: "ledger-gap",
    duty: "internal",
    about: { type: "ledger", id: "42" },
    title: "軌跡紀錄於第 42 筆後有缺漏",
    detail: { after: 42, next: 44 },
  }
  const raise = () => runJob(office.runtime, "test", (tx, context) => raiseFinding(tx, context, finding))
  const day = (date: string) => date as CivilDate

  test("with nobody to hold the checkpoint that is itself a finding, once", async () => {
    const mail = () =>
      runJob(office.runtime, "test", (tx, context) => mailCheckpoint(tx, context, day("2026-11-02")))
    await mail()
    await mail()
    ethics = await office.appoint("政風室人員", "ethics-officer", office.units.ethics)
    const { items } = await readInbox(office.runtime.db, ethics, { page: 1, size: 20 })
    expect(items).toMatchObject([{ kind: "finding", about: { type: "ledger", id: "checkpoint" } }])
  })

  test("a finding is one open item for ethics officers and auditors, and returns when seen again", async () => {
    await raise()
    await raise()
    const read = async () => (await readInbox(office.runtime.db, ethics, { page: 1, size: 20 })).items
    const gap = (await read()).find((item) => item.about.id === "42")
    expect(await read()).toHaveLength(2)
    const acknowledge = (actor: PersonActor) =>
      runCommand(office.runtime, acknowledgeInboxItem, { id: gap?.id as InboxItemId }, actor)
    await expect(acknowledge(handler)).rejects.toMatchObject({ refusals: [{ code: "NOT_FOUND" }] })
    await acknowledge(ethics)
    await expect(acknowledge(ethics)).rejects.toMatchObject({ refusals: [{ code: "INBOX_ITEM_DONE" }] })
    expect(await read()).toHaveLength(1)
    await raise()
    expect(await read()).toHaveLength(2)
  })

  test("waiting lines reach a person as one mail a day, and an acknowledged item is not mailed", async () => {
    const send = (date: string) => sendDigests(office.runtime, day(date))
    await send("2026-11-03")
    await send("2026-11-03")
    const digests = () =>
      office.runtime.db.selectFrom("digest").select(["person", "day", "items"]).orderBy("day").execute()
    expect(await digests()).toEqual(
      expect.arrayContaining([
        { person: handler.person, day: "2026-11-03", items: 1 },
        { person: ethics.person, day: "2026-11-03", items: 1 },
      ]),
    )
    await send("2026-11-04")
    expect(await digests()).toHaveLength(2)
    const mails = await office.runtime.db
      .selectFrom("people_v_actor")
      .select("email")
      .where("person", "=", ethics.person)
      .execute()
    const shown = await listMailsTo(office.runtime.db, mails[0]?.email ?? "", 10)
    expect(shown).toMatchObject([{ kind: "digest", subject: "【戶守】115.11.03 待辦提醒 1 件", link: "/" }])
  })

  test("whoever holds no post any more gets no mail of the morning", async () => {
    const former = await office.appoint("離職稽核", "auditor", office.units.ethics)
    await runJob(office.runtime, "test", (tx, context) =>
      raiseFinding(tx, context, { ...finding, about: { type: "ledger", id: "77" } }),
    )
    const { db, clock } = office.runtime
    await db.updateTable("post").set({ until: clock.now() }).where("person", "=", former.person).execute()
    await sendDigests(office.runtime, day("2026-11-06"))
    const had = await db.selectFrom("digest").select("person").where("day", "=", day("2026-11-06")).execute()
    expect(had).toEqual([{ person: ethics.person }])
  })

  test("an address that no mail can go to keeps nobody else's mail back", async () => {
    const reached = await office.appoint("可寄達", "auditor", office.units.ethics)
    const unreachable = await office.appoint(
      "無法寄達",
      "auditor",
      office.units.ethics,
      `${"x".repeat(65)}@health.example`,
    )
    await runJob(office.runtime, "test", (tx, context) =>
      raiseFinding(tx, context, { ...finding, about: { type: "ledger", id: "99" } }),
    )
    await sendDigests(office.runtime, day("2026-11-09"))
    const had = await office.runtime.db
      .selectFrom("digest")
      .select("person")
      .where("day", "=", day("2026-11-09"))
      .execute()
    expect(had.map(({ person }) => person)).toContain(reached.person)
    expect(had.map(({ person }) => person)).not.toContain(unreachable.person)
  })
})
