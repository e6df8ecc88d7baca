import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Instant } from "../../src/kernel/time.ts"
import type { DeliveryDetail, LateEntryView } from "../../src/modules/deliveries/contract.ts"
import { dutyTest } from "../support/duty-test.ts"
import { openOffice, refusalsIn, type Desk, type Office } from "../support/office.ts"
import {
  done,
  fileUploaded,
  itNotified,
  noticeRecorded,
  registerFilled,
  stamped,
  type Story,
} from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
beforeEach(() => office.clock.set("2026-11-02T01:00:00.000Z"))
afterAll(() => office.close())

const PDF = Buffer.from("%PDF-1.7 signed form")

let scans = 0
/** Every signed paper looks another way. */
const another = () => Buffer.concat([PDF, Buffer.from(String(scans++))])

async function scanBy(desk: Desk, bytes = another()): Promise<string> {
  const kept = await desk.drop<{ file: string; sha256: string }>("/scans", bytes)
  expect(kept.status, JSON.stringify(kept.body)).toBe(200)
  return kept.body.file
}

interface Paper {
  readonly number: string
  readonly date: string
  readonly receiver: string | undefined
  readonly scan: string | null
}

/** 資訊室 signed today, unless said otherwise. */
async function toIt(story: Story, changes: Partial<Paper> = {}, happenedAt = office.clock.now()) {
  const receiver = (await story.now()).receivers["6-1a"].find(({ name }) => name === "黃資訊")?.person
  const scan = changes.scan === undefined ? await scanBy(story.handler) : changes.scan
  const paper = { number: "北市衛疾字第1150002號", date: "2026-11-02", receiver, ...changes, scan }
  return story.handler.post(`/deliveries/${story.id}/request-download`, {
    happenedAt,
    channel: { kind: "paper", ...paper },
  })
}

const at = (instant: string) => instant as Instant

/** Sessions end with the day; the same people sign in again. */
async function signedInAnew(story: Story): Promise<Story> {
  const handler = await office.as("handler")
  const now = async () => (await handler.get<DeliveryDetail>(`/deliveries/${story.id}`)).body
  return { ...story, handler, it: await office.as("it-handler"), now }
}

const textOf = (pdf: Buffer) =>
  execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf, encoding: "utf8" }).replaceAll(/\s/gu, "")

describe("書面通知", () => {
  dutyTest("6-1a", "先印通知單供簽收，再登錄文號、日期、簽收人及掃描檔，資訊室始得下載", async () => {
    const story = await noticeRecorded(office)
    const form = await story.handler.get(`/deliveries/${story.id}/notice-form?duty=6-1a`)
    expect(textOf(form.bytes)).toContain("受文單位簽收（簽名）")
    const given = await toIt(story)
    expect(given.status, JSON.stringify(given.body)).toBe(204)
    const { state, notices, timeline } = await story.now()
    expect(state).toBe("download-requested")
    expect(notices).toMatchObject([
      {
        stands: true,
        label: "已通知（書面）",
        recipients: [{ name: "黃資訊" }],
        paper: { number: "北市衛疾字第1150002號", receiver: "資訊室分析師 黃資訊" },
      },
    ])
    expect(timeline.map(({ kind }) => kind)).toContain("notice-given-on-paper")
  })

  dutyTest("6-1c", "資訊室以書面通知承辦人，由申請單位之人簽收，始得提供", async () => {
    const story = await noticeRecorded(office)
    const early = await story.it.get(`/deliveries/${story.id}/notice-form?duty=6-1c`)
    expect(refusalsIn(early)).toEqual(["NOT_DOWNLOADED 第六點第（一）款"])
    await itNotified(story)
    await fileUploaded(story)
    const seen = await story.it.get<DeliveryDetail>(`/deliveries/${story.id}`)
    const path = `/deliveries/${story.id}/notify-ready`
    const notice = async (receiver: string | undefined) => ({
      happenedAt: office.clock.now(),
      channel: {
        kind: "paper",
        number: "資字第1號",
        date: "2026-11-02",
        receiver,
        scan: await scanBy(story.it),
      },
    })
    const [ofIt] = (await story.now()).receivers["6-1a"]
    const refused = await story.it.post(path, await notice(ofIt?.person))
    expect(refusalsIn(refused)).toEqual(["PAPER_RECEIVER_WRONG 機關內部控制"])
    const names = seen.body.receivers["6-1c"].map(({ name }) => name)
    expect(names.toSorted()).toEqual(["張代理", "林承辦", "陳主管"])
    await done(story.it, path, await notice(seen.body.receivers["6-1c"][0]?.person))
    await registerFilled(story)
    await stamped(story, "it")
    await stamped(story, "responsible")
    await done(story.it, `/deliveries/${story.id}/release`, { to: (await story.now()).handler.person })
  })

  test("掃描檔以內容判別格式，非掃描檔者不予保存；僅辦理通知之人得保存", async () => {
    const handler = await office.as("handler")
    for (const bytes of ["PK\u0003\u0004 archive.pdf", "<html>", ""]) {
      const refused = await handler.drop("/scans", Buffer.from(bytes))
      expect(refusalsIn(refused)).toEqual(["SCAN_TYPE_WRONG 機關內部控制"])
    }
    const stranger = await (await office.as("auditor")).drop("/scans", PDF)
    expect(refusalsIn(stranger)).toEqual(["NOT_PERMITTED 機關內部控制"])
  })

  test("杜撰、他人保存或已用過之掃描檔不得證明通知", async () => {
    const story = await noticeRecorded(office)
    const madeUp = await toIt(story, { scan: "00000000-0000-4000-8000-000000000000" })
    expect(refusalsIn(madeUp)).toEqual(["SCAN_UNKNOWN 機關內部控制"])
    const anothers = await toIt(story, { scan: await scanBy(await office.as("deputy")) })
    expect(refusalsIn(anothers)).toEqual(["SCAN_UNKNOWN 機關內部控制"])
    const scan = await scanBy(story.handler)
    expect((await toIt(story, { scan })).status).toBe(204)
    const other = await noticeRecorded(office)
    expect(refusalsIn(await toIt(other, { scan }))).toEqual(["SCAN_USED 機關內部控制"])
    expect((await other.now()).state).toBe("announced")
  })

  test("通知單日期不得早於提供機關通知、不得晚於簽收及今日", async () => {
    const story = await noticeRecorded(office)
    expect(refusalsIn(await toIt(story, { date: "2026-11-01" }))).toEqual(["EVENT_OUT_OF_ORDER 機關內部控制"])
    expect(refusalsIn(await toIt(story, { date: "2026-11-03" }))).toEqual([
      "PAPER_NOTICE_IN_FUTURE 機關內部控制",
    ])
    office.clock.set("2026-11-04T01:00:00.000Z")
    const later = await signedInAnew(story)
    const signedBeforeWritten = await toIt(later, { date: "2026-11-04" }, at("2026-11-03T01:00:00.000Z"))
    expect(refusalsIn(signedBeforeWritten)).toEqual(["EVENT_OUT_OF_ORDER 機關內部控制"])
  })

  test("得閱覽本案者得檢視掃描檔，他單位不得", async () => {
    const story = await noticeRecorded(office)
    await toIt(story)
    const path = `/deliveries/${story.id}/notices/${(await story.now()).notices[0]?.id}/scan`
    const seen = await story.it.get(path)
    expect(seen.status).toBe(200)
    expect(seen.bytes.subarray(0, PDF.length)).toEqual(PDF)
    expect(seen.headers["content-type"]).toBe("application/pdf")
    expect((await (await office.as("center-handler")).get(path)).status).toBe(404)
    const other = await noticeRecorded(office)
    const crossed = path.replace(story.id, other.id)
    expect((await story.handler.get(crossed)).status).toBe(404)
  })
})

interface Late {
  readonly items: readonly LateEntryView[]
  readonly afterDays: number
}

test("補登者逐筆列明事實發生時間、登錄時間及遲延日數；僅列得閱覽之案件", async () => {
  const story = await noticeRecorded(office)
  office.clock.set("2026-11-05T01:00:00.000Z")
  const later = await signedInAnew(story)
  const signedAt = at("2026-11-03T01:00:00.000Z")
  expect((await toIt(later, { date: "2026-11-02" }, signedAt)).status).toBe(204)
  await fileUploaded(later)
  await registerFilled(later)
  office.clock.set("2026-11-09T01:00:00.000Z")
  const { handler, ...late } = await signedInAnew(story)
  await stamped({ handler, ...late }, "it", "2026-11-05")
  const { body } = await handler.get<Late>("/late-entries?size=100")
  expect(body.afterDays).toBe(0)
  expect(body.items.filter(({ delivery }) => delivery === story.id)).toMatchObject([
    { what: "資訊室承辦人核章", daysLate: 4, recordedBy: "黃資訊" },
    { what: "書面通知資訊室下載", daysLate: 2, happenedAt: signedAt, recordedBy: "林承辦" },
  ])
  const seen = (await handler.get<DeliveryDetail>(`/deliveries/${story.id}`)).body
  expect(seen.entry?.late.map(({ daysLate }) => daysLate)).toEqual([2, 4])
  const elsewhere = await (await office.as("center-handler")).get<Late>("/late-entries")
  expect(elsewhere.body.items).toEqual([])
})

test("同一份簽收單縱經重新上傳，仍不得證明第二次通知", async () => {
  const paper = another()
  const first = await noticeRecorded(office)
  expect((await toIt(first, { scan: await scanBy(first.handler, paper) })).status).toBe(204)
  const second = await noticeRecorded(office)
  const refused = await toIt(second, { scan: await scanBy(second.handler, paper) })
  expect(refusalsIn(refused)).toEqual(["SCAN_USED 機關內部控制"])
})

test("未設定郵件伺服器者，郵件存檔並得於系統內檢視，不算完成通知", async () => {
  const story = await noticeRecorded(office)
  await done(story.handler, `/deliveries/${story.id}/request-download`, {
    happenedAt: office.clock.now(),
    channel: { kind: "mail" },
  })
  await office.keepMail()
  const { body } = await story.it.get<{ subject: string; state: string }[]>("/mails")
  expect(body[0]).toMatchObject({ state: "kept", subject: expect.stringContaining("D115-") as string })
  expect((await story.now()).notices).toMatchObject([{ stands: false }])
})
