import { fc, test as fcTest } from "@fast-check/vitest"
import { describe, expect, test } from "vitest"
import {
  act,
  actorOf,
  ago,
  BOTH_STAMPS,
  deputy,
  fetched,
  given,
  handler,
  inState,
  itHandler,
  named,
  NOW,
  registered,
  stranger,
  supervisor,
  TODAY,
  UNIT,
  type Member,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { DeliveryId, FileId, NoticeId, ProjectId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import type { MachineCount, NamedPerson } from "../model.ts"
import type { NoticeChannel } from "./change.ts"
import { decideCountAgain } from "./arrival.ts"
import {
  afterNoticeToIt,
  decideAnnounce,
  decideLapse,
  decideNotifyReady,
  decideRequestDownload,
  type AroundAnnouncement,
  type PaperEvidence,
} from "./intake.ts"
import {
  decideAppointCustodian,
  decideCreateProject,
  type NewProject,
  type ProjectLinkage,
} from "./projects.ts"

const { project, linkage } = inState("announced")
const { declaredRecords, appliedFor, fileName, format } = inState("announced").delivery.announcement
const LINKAGE: ProjectLinkage = { unit: UNIT, mode: "file", state: "active" }
const NEW: NewProject = {
  id: "project-2" as ProjectId,
  number: "115-0002",
  linkage: "linkage-1",
  name: "長者關懷",
  purpose: "獨居長者關懷訪視",
  legalDocument: "北市衛健字第1150002號",
}
const NOTICE = {
  notice: "notice-1" as NoticeId,
  channel: { kind: "mail" },
  evidence: null,
  happenedAt: ago(1),
} as const
const NOT_NOTIFIED = inState("downloaded", { notices: { toIt: "given", toHandler: "none" } })
const PAPER: Extract<NoticeChannel, { kind: "paper" }> = {
  kind: "paper",
  number: "北市衛疾字第1150003號",
  date: "2026-11-24" as CivilDate,
  receiver: itHandler.person,
  scan: "file-9" as FileId,
}
const COUNT: MachineCount = { counted: true, records: 100, undecodable: 0, unknownCodes: [] }

function announce(changes: Partial<AroundAnnouncement> = {}, by: Member = handler) {
  const notice = { declaredRecords, appliedFor, fileName, format, mail: null, happenedAt: ago(5) }
  const numbered = { ...notice, id: "delivery-2" as DeliveryId, number: "115-D-0008" }
  const decision = decideAnnounce({ project, linkage, mail: null, ...changes }, numbered, {
    actor: actorOf(by),
    now: NOW,
  })
  return decision.ok ? decision.next.delivery : decision.refusals.map(({ code }) => code)
}

function createProject(
  changes: Partial<NewProject>,
  from: Partial<ProjectLinkage> = {},
  by: Member = handler,
) {
  const deciding = { actor: actorOf(by), now: NOW }
  const decision = decideCreateProject({ ...LINKAGE, ...from }, { ...NEW, ...changes }, deciding)
  return decision.ok ? decision.next : decision.refusals.map(({ code }) => code)
}

function appoint(custodian: Member, second: Member, by: Member = supervisor) {
  const around = { project, members: new Set([handler.person, deputy.person]) }
  const chosen = { custodian: custodian.person, deputy: second.person }
  const decision = decideAppointCustodian(around, chosen, { actor: actorOf(by), now: NOW })
  return decision.ok ? decision.next : decision.refusals.map(({ code }) => code)
}

dutyTest("4-2c", "檔案傳輸與磁性媒體始有附表流程，線上查詢不適用", () => {
  expect(announce({ linkage: { mode: "media", state: "active" } })).toMatchObject({ state: "announced" })
  expect(announce({ linkage: { mode: "online", state: "active" } })).toEqual(["MODE_NOT_ALLOWED"])
  expect(createProject({}, { mode: "online" })).toEqual(["MODE_NOT_ALLOWED"])
})

dutyTest("4-2c", "連結停用後不得收受、下載或提供", () => {
  const suspended = { mode: "file", state: "suspended" } as const
  expect(announce({ linkage: suspended })).toEqual(["LINKAGE_NOT_ACTIVE"])
  expect(createProject({}, { state: "ended" })).toEqual(["LINKAGE_NOT_ACTIVE"])
  const request = act(decideRequestDownload, handler, NOTICE)
  given(inState("announced", { linkage: suspended }))
    .when(request)
    .refuses("LINKAGE_NOT_ACTIVE")
})

dutyTest("5-5a", "單位主管指定專人及其代理人，須為二人且屬本單位", () => {
  expect(appoint(handler, deputy)).toMatchObject({
    custodian: handler.person,
    custodianDeputy: deputy.person,
  })
  expect(appoint(handler, handler)).toEqual(["CUSTODIAN_IS_DEPUTY"])
  expect(appoint(handler, itHandler)).toEqual(["CUSTODIAN_NOT_IN_UNIT"])
  expect(appoint(handler, deputy, handler)).toEqual(["NOT_PERMITTED"])
})

dutyTest("5-5a", "未設專人，不得登錄提供機關通知", () => {
  expect(announce({ project: { ...project, custodian: null } })).toEqual(["CUSTODIAN_MISSING"])
})

dutyTest("5-5b", "專案須有使用目的及依據公文文號", () => {
  expect(createProject({})).toMatchObject({ unit: UNIT, custodian: null })
  for (const changes of [{ purpose: " " }, { legalDocument: "" }])
    expect(createProject(changes)).toEqual(["PROJECT_INCOMPLETE"])
  expect(createProject({}, {}, stranger)).toEqual(["NOT_PERMITTED"])
})

dutyTest("5-5b", "資料於專案內收受，由本單位承辦人登錄", () => {
  expect(announce()).toMatchObject({ project: project.id, unit: UNIT, handler: handler.person })
  expect(announce({}, stranger)).toEqual(["NOT_PERMITTED"])
  expect(announce({}, itHandler)).toEqual(["NOT_PERMITTED"])
})

dutyTest("6-1a", "承辦人以書面或電子郵件通知資訊室，通知完成始得下載", () => {
  const asked = given(inState("announced"))
    .when(act(decideRequestDownload, handler, NOTICE))
    .goesTo("announced")
  const fetch = act(fetched, itHandler, {
    file: { id: "file-2" as FileId, name: "a.csv", sha256: "ef".repeat(32), bytes: 9 },
    count: COUNT,
    via: "sftp",
  })
  given(asked).when(fetch).refuses("NOTICE_NOT_SENT")
  const notified = { ...asked, delivery: afterNoticeToIt(asked.delivery, NOW) }
  expect(notified.delivery.state).toBe("download-requested")
  expect(afterNoticeToIt(notified.delivery, NOW)).toBe(notified.delivery)
  given(notified).when(fetch).goesTo("downloaded")
})

const EVIDENCE: PaperEvidence = {
  receiver: named(itHandler),
  scan: { keptBy: handler.person, isUsed: false },
}
const onPaper = (changes: Partial<typeof PAPER> = {}, evidence: Partial<PaperEvidence> = {}) =>
  act(decideRequestDownload, handler, {
    ...NOTICE,
    channel: { ...PAPER, ...changes },
    evidence: { ...EVIDENCE, ...evidence },
  })

dutyTest("6-1a", "書面通知須有文號、簽收人及掃描檔", () => {
  given(inState("announced")).when(onPaper()).goesTo("announced")
  for (const [field, missing] of [
    ["文號", { number: " " }],
    ["簽收人", { receiver: null }],
    ["掃描檔", { scan: null }],
  ] as const) {
    const refusal = given(inState("announced")).when(onPaper(missing)).refuses("PAPER_NOTICE_INCOMPLETE")
    expect(refusal.detail).toEqual({ field })
  }
})

dutyTest("6-1a", "書面通知由資訊室之人簽收，簽收之人即受通知之人，非發出者本人", () => {
  const decision = onPaper()(inState("announced"))
  expect(decision.ok && decision.next.notice).toMatchObject({
    to: itHandler.person,
    channel: { receiver: "資訊室技士 陳資訊" },
  })
  for (const receiver of [null, named(handler)]) {
    const refusal = given(inState("announced"))
      .when(onPaper({}, { receiver }))
      .refuses("PAPER_RECEIVER_WRONG")
    expect(refusal.detail).toEqual({ office: "資訊室" })
  }
})

dutyTest("6-1a", "掃描檔須為登錄者本人所保存，且僅證明一次通知", () => {
  const begun = given(inState("announced"))
  begun.when(onPaper({}, { scan: null })).refuses("SCAN_UNKNOWN")
  begun.when(onPaper({}, { scan: { keptBy: deputy.person, isUsed: false } })).refuses("SCAN_UNKNOWN")
  begun.when(onPaper({}, { scan: { keptBy: handler.person, isUsed: true } })).refuses("SCAN_USED")
})

dutyTest("6-1c", "書面通知之簽收人須為申請單位之人", () => {
  const notify = (receiver: NamedPerson | null) =>
    act(decideNotifyReady, itHandler, {
      ...NOTICE,
      channel: PAPER,
      evidence: { receiver, scan: { keptBy: itHandler.person, isUsed: false } },
    })
  given(NOT_NOTIFIED)
    .when(notify(named(handler)))
    .goesTo("downloaded")
  const refusal = given(NOT_NOTIFIED).when(notify(null)).refuses("PAPER_RECEIVER_WRONG")
  expect(refusal.detail).toEqual({ office: "申請單位" })
})

dutyTest("6-1b", "僅資訊室得下載，下載留存檔案雜湊", () => {
  const file = { id: "file-2" as FileId, name: "a.csv", sha256: "ef".repeat(32), bytes: 9 }
  const input = { file, count: COUNT, via: "upload" } as const
  const { delivery } = given(inState("download-requested"))
    .when(act(fetched, itHandler, input))
    .goesTo("downloaded")
  expect(delivery).toMatchObject({ fetched: { file, fetchedAt: NOW, fetchedBy: itHandler.person } })
  for (const by of [handler, supervisor, stranger])
    given(inState("download-requested"))
      .when(act(fetched, by, input))
      .refuses("NOT_IT_OFFICE")
})

dutyTest("6-1c", "資訊室下載後通知承辦人；未下載不得通知", () => {
  const notify = act(decideNotifyReady, itHandler, NOTICE)
  given(NOT_NOTIFIED).when(notify).goesTo("downloaded")
  given(inState("downloaded")).when(notify).refuses("NOTICE_ALREADY_GIVEN")
  given(inState("download-requested")).when(notify).refuses("NOT_DOWNLOADED")
  given(NOT_NOTIFIED)
    .when(act(decideNotifyReady, handler, NOTICE))
    .refuses("NOT_PERMITTED")
})

describe("times typed by hand", () => {
  const at = (happenedAt: Instant, date: CivilDate) =>
    act(decideRequestDownload, handler, {
      ...NOTICE,
      channel: { ...PAPER, date },
      evidence: EVIDENCE,
      happenedAt,
    })

  test("a paper notice lies between the fact it tells of and now", () => {
    given(inState("announced"))
      .when(at(ago(-5), TODAY))
      .refuses("EVENT_IN_FUTURE")
    given(inState("announced"))
      .when(at(ago(600), TODAY))
      .refuses("EVENT_OUT_OF_ORDER")
  })

  const offsets = fc.integer({ min: -3, max: 3 })
  fcTest.prop([offsets, offsets, offsets])(
    "provider's notice, paper, signature and today come in this order",
    (noticed, dated, signed) => {
      const day = (offset: number) => ago(-offset * 24 * 60)
      const around = inState("announced")
      const announcement = { ...around.delivery.announcement, happenedAt: day(noticed) }
      const delivery = { ...around.delivery, announcement }
      const decision = at(day(signed), taipeiDate(day(dated)))({ ...around, delivery })
      expect(decision.ok).toBe(noticed <= dated && dated <= signed && signed <= 0)
    },
  )

  test("a mail is given when it is sent, whatever time is typed", () => {
    const decision = act(decideRequestDownload, handler, { ...NOTICE, happenedAt: ago(600) })(
      inState("announced"),
    )
    expect(decision.ok && decision.next.notice?.happenedAt).toBe(NOW)
  })
})

dutyTest("6-3a", "重新計數後，原核之職章失效", () => {
  const again = act(decideCountAgain, itHandler, { count: { ...COUNT, records: 99 }, format })
  const { entry } = given(registered(BOTH_STAMPS)).when(again).goesTo("registered")
  expect(entry?.stamps).toEqual({})
  given(inState("released")).when(again).refuses("ALREADY_RELEASED")
  const same = { counted: true, records: 100, undecodable: 0, unknownCodes: [] } as const
  const unchanged = act(decideCountAgain, itHandler, { count: same, format })
  expect(given(registered(BOTH_STAMPS)).when(unchanged).goesTo("registered").entry?.stamps).toEqual(
    BOTH_STAMPS,
  )
  const problem = { code: "ARCHIVE_PASSWORD_WRONG" } as const
  const wrong = act(decideCountAgain, itHandler, { count: { counted: false, problem }, format })
  given(registered(BOTH_STAMPS)).when(wrong).refuses("ARCHIVE_PASSWORD_WRONG")
})

test("撤回須敘明理由，且不得早於提供機關通知", () => {
  const lapse = (reason: string, minutesAgo: number) =>
    act(decideLapse, handler, { reason, happenedAt: ago(minutesAgo) })
  given(inState("announced")).when(lapse("提供機關撤回", 5)).goesTo("lapsed")
  given(inState("announced")).when(lapse(" ", 5)).refuses("LAPSE_NEEDS_REASON")
  given(inState("announced")).when(lapse("提供機關撤回", 600)).refuses("EVENT_OUT_OF_ORDER")
})

test("通知所附郵件須為登錄人所保存者，雜湊取自保存時，不採自行填報", () => {
  const kept = {
    id: "mail-1" as FileId,
    sha256: "ab".repeat(32),
    bytes: 9,
    messageId: "<a@b>",
    keptBy: handler.person,
    keptAt: ago(9),
  }
  const record = (mail: FileId | null, found: typeof kept | null) => {
    const said = { declaredRecords, appliedFor, fileName, format, mail, happenedAt: ago(5) }
    const notice = { ...said, id: "delivery-2" as DeliveryId, number: "115-D-0008" }
    return decideAnnounce({ project, linkage, mail: found }, notice, { actor: actorOf(handler), now: NOW })
  }
  expect(record(kept.id, kept)).toMatchObject({
    ok: true,
    next: {
      delivery: { announcement: { mail: { file: kept.id, sha256: kept.sha256, messageId: "<a@b>" } } },
    },
  })
  for (const found of [null, { ...kept, keptBy: deputy.person }, { ...kept, id: "mail-2" as FileId }])
    expect(record(kept.id, found)).toMatchObject({ refusals: [{ code: "PROVIDER_MAIL_UNKNOWN" }] })
})
