import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openOffice, refusalsIn, stranger, type Desk, type Office } from "../support/office.ts"
import {
  done,
  FILLED,
  fileUploaded,
  handlerNotified,
  itNotified,
  noticeRecorded,
  registerFilled,
  released,
  accessed,
  accessedFile,
  releasedFile,
  stamped,
  UTF8_CSV,
  type Story,
} from "../support/story.ts"

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const ONE_BYTE = { bytes: 1, fingerprint: "0".repeat(64) }

async function refused(desk: Desk, path: string, body: object): Promise<readonly string[]> {
  const answer = await desk.post(path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400)
  return refusalsIn(answer)
}

async function registered(): Promise<Story> {
  const story = await noticeRecorded(office)
  await itNotified(story)
  await fileUploaded(story)
  await handlerNotified(story)
  await registerFilled(story)
  return story
}

describe("第五點第（五）款", () => {
  test("5-5a 未指定專人，不得收受資料", async () => {
    const handler = await office.as("handler")
    const { body: linkages } = await handler.get<{ id: string }[]>("/linkages")
    const project = await handler.post<{ id: string }>("/projects", {
      linkage: linkages[0]?.id,
      name: "無專人",
      purpose: "測試",
      legalDocument: "北市衛字第1號",
    })
    const notice = {
      project: project.body.id,
      happenedAt: office.clock.now(),
      declaredRecords: 1,
      appliedFor: { kind: "count", records: 1 },
      fileName: "a.csv",
      format: UTF8_CSV,
      mail: null,
    }
    expect(await refused(handler, "/deliveries", notice)).toEqual(["CUSTODIAN_MISSING 第五點第（五）款"])
  })

  test("5-5b 不在專案之內，不得收受資料", async () => {
    const handler = await office.as("handler")
    const { body: linkages } = await handler.get<{ id: string }[]>("/linkages")
    const blank = { linkage: linkages[0]?.id, name: "缺依據", purpose: "測試", legalDocument: "" }
    expect(await refused(handler, "/projects", blank)).toEqual(["PROJECT_INCOMPLETE 第五點第（五）款"])
    const notice = {
      project: crypto.randomUUID(),
      happenedAt: office.clock.now(),
      declaredRecords: 1,
      appliedFor: { kind: "count", records: 1 },
      fileName: "a.csv",
      format: UTF8_CSV,
      mail: null,
    }
    expect(await refused(handler, "/deliveries", notice)).toEqual(["PROJECT_MISSING 第五點第（五）款"])
  })

  test("5-5c 必填欄未填，不得進行下一步", async () => {
    const story = await noticeRecorded(office)
    await itNotified(story)
    await fileUploaded(story)
    const blank = { ...FILLED, records: 25, obtainedBy: " " }
    expect(await refused(story.handler, `/deliveries/${story.id}/register`, blank)).toEqual([
      "REGISTER_COLUMN_MISSING 第五點第（五）款",
    ])
  })

  test("5-5c 資訊室承辦人欄須為資訊室現職承辦人", async () => {
    const story = await registered()
    const { body: me } = await story.supervisor.get<{ person: string }>("/me")
    const revised = { ...FILLED, records: 25, itHandler: me.person }
    expect(await refused(story.handler, `/deliveries/${story.id}/register/revise`, revised)).toEqual([
      "REGISTER_IT_HANDLER_WRONG 第五點第（五）款",
    ])
  })

  test("5-5c 資料僅得提供予登記之承辦人或其職務代理人", async () => {
    const story = await registered()
    await stamped(story, "it")
    await stamped(story, "responsible")
    const { body: me } = await story.supervisor.get<{ person: string }>("/me")
    expect(await refused(story.it, `/deliveries/${story.id}/release`, { to: me.person })).toEqual([
      "RELEASE_TO_HANDLER_ONLY 第五點第（五）款",
    ])
  })

  test("5-5c 已提供之登記不得作廢，作廢之列保留並另編新號", async () => {
    const story = await registered()
    const before = (await story.now()).entry
    expect(await refused(story.handler, `/deliveries/${story.id}/register/void`, { reason: "" })).toEqual([
      "VOID_NEEDS_REASON 機關內部控制",
    ])
    await done(story.handler, `/deliveries/${story.id}/register/void`, { reason: "誤植" })
    await registerFilled(story)
    const after = (await story.now()).entry
    expect(Number(after?.number.slice(-4))).toBe(Number(before?.number.slice(-4)) + 1)
    await stamped(story, "it")
    await stamped(story, "responsible")
    await released(story)
    expect(
      await refused(story.handler, `/deliveries/${story.id}/register/void`, { reason: "誤植" }),
    ).toContain("CANNOT_VOID_RELEASED 機關內部控制")
  })
})

describe("第六點第（一）款", () => {
  test("6-1a 由業務單位承辦人通知資訊室", async () => {
    const story = await noticeRecorded(office)
    const notice = { happenedAt: office.clock.now(), channel: { kind: "mail" } }
    expect(await refused(story.it, `/deliveries/${story.id}/request-download`, notice)).toEqual([
      "NOT_HANDLER_OF_DELIVERY 第六點第（一）款",
    ])
  })

  test("6-1a 未以書面或電子郵件通知，資訊室不得下載", async () => {
    const story = await noticeRecorded(office)
    expect(await refused(story.it, `/deliveries/${story.id}/upload`, ONE_BYTE)).toEqual([
      "NOTICE_NOT_SENT 第六點第（一）款",
    ])
  })

  test("6-1a 未寄出之郵件不算通知，畫面顯示尚未完成通知", async () => {
    const story = await noticeRecorded(office)
    await done(story.handler, `/deliveries/${story.id}/request-download`, {
      happenedAt: office.clock.now(),
      channel: { kind: "mail" },
    })
    const waiting = await story.now()
    expect(waiting.state).toBe("announced")
    expect(waiting.notices[0]?.label).toContain("尚未完成通知")
    expect(await refused(story.it, `/deliveries/${story.id}/upload`, ONE_BYTE)).toEqual([
      "NOTICE_NOT_SENT 第六點第（一）款",
    ])
    await office.deliverMail()
    expect((await story.now()).state).toBe("download-requested")
  })

  test("6-1a 書面通知須有文號、收受人及掃描檔", async () => {
    const story = await noticeRecorded(office)
    const { receivers } = await story.now()
    const receiver = receivers["6-1a"][0]?.person
    const paper = { kind: "paper", number: "通知115-1", date: "2026-11-02", receiver, scan: null }
    const path = `/deliveries/${story.id}/request-download`
    expect(await refused(story.handler, path, { happenedAt: office.clock.now(), channel: paper })).toEqual([
      "PAPER_NOTICE_INCOMPLETE 第六點第（一）款",
    ])
    const { body: scan } = await story.handler.drop<{ file: string }>("/scans", Buffer.from("%PDF-1.7 scan"))
    await done(story.handler, path, {
      happenedAt: office.clock.now(),
      channel: { ...paper, scan: scan.file },
    })
    expect((await story.now()).state).toBe("download-requested")
  })

  test("6-1b 僅資訊室得下載", async () => {
    const story = await noticeRecorded(office)
    await itNotified(story)
    expect(await refused(story.handler, `/deliveries/${story.id}/upload`, ONE_BYTE)).toEqual([
      "NOT_IT_OFFICE 第六點第（一）款",
    ])
    const notice = { happenedAt: office.clock.now(), channel: { kind: "mail" } }
    expect(await refused(story.it, `/deliveries/${story.id}/notify-ready`, notice)).toEqual([
      "NOT_DOWNLOADED 第六點第（一）款",
    ])
  })

  test("6-1c 資訊室未通知承辦人，不得提供資料", async () => {
    const story = await noticeRecorded(office)
    await itNotified(story)
    await fileUploaded(story)
    await registerFilled(story)
    await stamped(story, "it")
    await stamped(story, "responsible")
    const { handler } = await story.now()
    expect(await refused(story.it, `/deliveries/${story.id}/release`, { to: handler.person })).toEqual([
      "NOTICE_BACK_NOT_SENT 第六點第（一）款",
    ])
  })
})

describe("第六點第（二）款", () => {
  test("6-2a 未填具登記表，不得核章", async () => {
    const story = await noticeRecorded(office)
    await itNotified(story)
    await fileUploaded(story)
    const stamp = { place: "it", notedOn: "2026-11-02", digest: "0".repeat(64) }
    expect(await refused(story.it, `/deliveries/${story.id}/stamps`, stamp)).toContain(
      "REGISTER_NOT_FILLED 第六點第（二）款",
    )
  })

  test.each(["it", "responsible"] as const)("6-2d 缺一職章，資訊室不得提供資料：僅有 %s", async (place) => {
    const story = await registered()
    await stamped(story, place)
    const { handler } = await story.now()
    expect(await refused(story.it, `/deliveries/${story.id}/release`, { to: handler.person })).toEqual([
      "STAMPS_MISSING 第六點第（二）款",
    ])
    expect(await refused(story.handler, `/deliveries/${story.id}/open`, {})).toEqual([
      "NOT_RELEASED 第六點第（二）款",
    ])
  })

  test("6-2c 權責人員須註記日期，不得早於填具之日亦不得晚於今日", async () => {
    const story = await registered()
    const { entry } = await story.now()
    const stamp = { place: "responsible", notedOn: "2026-11-03", digest: entry?.digest }
    expect(await refused(story.supervisor, `/deliveries/${story.id}/stamps`, stamp)).toEqual([
      "STAMP_DATE_WRONG 機關內部控制",
    ])
  })

  test("6-2c 權責人員欄不得由資訊室核章", async () => {
    const story = await registered()
    const { entry } = await story.now()
    const stamp = { place: "responsible", notedOn: "2026-11-02", digest: entry?.digest }
    expect(await refused(story.it, `/deliveries/${story.id}/stamps`, stamp)).toEqual([
      "STAMP_BY_RESPONSIBLE_OFFICER 第六點第（二）款",
    ])
  })

  test("6-2b 資訊室承辦人欄僅由該承辦人核章", async () => {
    const story = await registered()
    const { entry } = await story.now()
    const stamp = { place: "it", notedOn: "2026-11-02", digest: entry?.digest }
    expect(await refused(story.supervisor, `/deliveries/${story.id}/stamps`, stamp)).toEqual([
      "IT_STAMP_BY_IT_HANDLER 第六點第（二）款",
    ])
  })

  test("6-2d 核章前內容變更，兩職章失效；所見與所核不同者不予核章", async () => {
    const story = await registered()
    await stamped(story, "it")
    const seen = (await story.now()).entry
    await done(story.handler, `/deliveries/${story.id}/register/revise`, {
      ...FILLED,
      records: 24,
      itHandler: null,
    })
    const stamp = { place: "responsible", notedOn: "2026-11-02", digest: seen?.digest }
    expect(await refused(story.supervisor, `/deliveries/${story.id}/stamps`, stamp)).toEqual([
      "STAMPED_CONTENT_CHANGED 機關內部控制",
    ])
    expect((await story.now()).entry?.stamps).toEqual([])
  })

  test("6-2d 提供後之更正須兩核章人確認，原版本保留", async () => {
    const story = await releasedFile(office)
    await done(story.handler, `/deliveries/${story.id}/corrections`, {
      ...FILLED,
      records: 25,
      purpose: "更正後目的",
      noticedAt: (await story.now()).announcement.happenedAt,
      handler: (await story.now()).handler.person,
      reason: "目的誤繕",
    })
    expect((await story.now()).entry?.columns.purpose).toBe(FILLED.purpose)
    await done(story.it, `/deliveries/${story.id}/corrections/confirm`)
    await done(story.supervisor, `/deliveries/${story.id}/corrections/confirm`)
    const { entry } = await story.now()
    expect(entry?.columns.purpose).toBe("更正後目的")
    const versions = await story.handler.get<{ columns: { purpose: string } }[]>(
      `/register/${entry?.id}/versions`,
    )
    expect(versions.body.map((version) => version.columns.purpose)).toContain(FILLED.purpose)
  })
})

describe("第六點第（三）款", () => {
  test("6-3a 未提供前不得比對，筆數不符須敘明並經主管確認", async () => {
    const story = await releasedFile(office, { appliedFor: 30 })
    const path = `/deliveries/${story.id}/comparison`
    const happenedAt = office.clock.now()
    expect(await refused(story.supervisor, `${path}/confirm`, {})).toEqual([
      "COMPARISON_MISSING 第六點第（三）款",
    ])
    const uncounted = { accessedRecords: 25, explanation: null, happenedAt }
    expect(await refused(story.handler, path, uncounted)).toEqual(["NOT_ACCESSED 第六點第（三）款"])
    await accessed(story)
    expect(await refused(story.handler, path, uncounted)).toEqual([
      "COUNT_MISMATCH_UNEXPLAINED 第六點第（三）款",
    ])
    await done(story.handler, path, { accessedRecords: 25, explanation: "五筆已遷出", happenedAt })
    const compared = await story.now()
    expect(compared.state).toBe("compared")
    expect(compared.entry?.comparison).toBe("申請 30 筆，取得 25 筆，不符：五筆已遷出")
    await done(story.supervisor, `${path}/confirm`)
    expect((await story.now()).state).toBe("in-use")
  })

  test("6-3b 不符者得向提供機關提出疑義，爭議中不得續用", async () => {
    const story = await accessedFile(office, { appliedFor: 30 })
    const path = `/deliveries/${story.id}/comparison`
    await done(story.handler, path, {
      accessedRecords: 25,
      explanation: "待查",
      happenedAt: office.clock.now(),
    })
    await done(story.handler, `${path}/dispute`, {
      letter: "北市衛疾字第1號",
      reason: "筆數不符",
      happenedAt: office.clock.now(),
    })
    expect((await story.now()).state).toBe("disputed")
    expect(await refused(story.supervisor, `${path}/confirm`, {})).toEqual(["NOT_IN_THIS_STATE 機關內部控制"])
  })

  test("6-3a 全體母體檔未申請特定筆數，以通知筆數比對並敘明", async () => {
    const story = await accessedFile(office, { appliedFor: null })
    expect(
      await refused(story.handler, `/deliveries/${story.id}/comparison`, {
        accessedRecords: 24,
        explanation: null,
        happenedAt: office.clock.now(),
      }),
    ).toEqual(["COUNT_OTHER_THAN_NOTICE 第六點第（三）款"])
    await done(story.handler, `/deliveries/${story.id}/comparison`, {
      accessedRecords: 25,
      explanation: null,
      happenedAt: office.clock.now(),
    })
    expect((await story.now()).entry?.comparison).toBe(
      "全體母體檔（未申請特定筆數），通知 25 筆，取得 25 筆，相符",
    )
  })
})

test("2-1 未登入者不得知悉任何資料，拒絕不透露進度", async () => {
  const story = await noticeRecorded(office)
  expect((await stranger(office).get(`/deliveries/${story.id}`)).status).toBe(401)
  const center = await office.as("center-handler")
  expect((await center.get(`/deliveries/${story.id}`)).status).toBe(404)
  const administrator = await office.as("administrator")
  expect(
    await refused(administrator, `/deliveries/${story.id}/release`, {
      to: "00000000-0000-4000-8000-000000000000",
    }),
  ).toEqual(["NOT_FOUND 機關內部控制"])
})
