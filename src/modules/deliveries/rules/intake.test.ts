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
  NOW,
  registered,
  stranger,
  supervisor,
  UNIT,
  type Member,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { DeliveryId, FileId, NoticeId, ProjectId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { MachineCount } from "../model.ts"
import type { NoticeChannel } from "./change.ts"
import { decideCountAgain } from "./arrival.ts"
import {
  afterNoticeToIt,
  decideAnnounce,
  decideLapse,
  decideNotifyReady,
  decideRequestDownload,
  type AroundAnnouncement,
} from "./intake.ts"
import {
  decideAppointCustodian,
  decideCreateProject,
  type NewProject,
  type ProjectLinkage,
} from "./projects.ts"

const { project, linkage } = inState("announced")
const { declaredRecords, appliedFor, fileName, format, mail } = inState("announced").delivery.announcement
const LINKAGE: ProjectLinkage = { unit: UNIT, mode: "file", state: "active" }
const NEW: NewProject = {
  id: "project-2" as ProjectId,
  number: "115-0002",
  linkage: "linkage-1",
  name: "長者關懷",
  purpose: "獨居長者關懷訪視",
  legalDocument: "北市衛健字第1150002號",
}
const NOTICE = { notice: "notice-1" as NoticeId, channel: { kind: "mail" }, happenedAt: ago(1) } as const
const PAPER: NoticeChannel = {
  kind: "paper",
  number: "北市衛疾字第1150003號",
  date: "2026-11-24" as CivilDate,
  receiver: itHandler.name,
  scan: "file-9" as FileId,
}
const COUNT: MachineCount = { counted: true, records: 100, undecodable: 0, unknownCodes: [] }

function announce(changes: Partial<AroundAnnouncement> = {}, by: Member = handler) {
  const notice = { declaredRecords, appliedFor, fileName, format, mail, happenedAt: ago(5) }
  const numbered = { ...notice, id: "delivery-2" as DeliveryId, number: "115-D-0008" }
  const decision = decideAnnounce({ project, linkage, ...changes }, numbered, {
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

dutyTest("6-1a", "書面通知須有文號、收受人及掃描檔", () => {
  const request = (channel: NoticeChannel) => act(decideRequestDownload, handler, { ...NOTICE, channel })
  given(inState("announced")).when(request(PAPER)).goesTo("announced")
  for (const [field, missing] of [
    ["文號", { number: "" }],
    ["收受人", { receiver: "" }],
    ["掃描檔", { scan: null }],
  ] as const) {
    const refusal = given(inState("announced"))
      .when(request({ ...PAPER, ...missing }))
      .refuses("PAPER_NOTICE_INCOMPLETE")
    expect(refusal.detail).toEqual({ field })
  }
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
  given(inState("downloaded")).when(notify).goesTo("downloaded")
  given(inState("download-requested")).when(notify).refuses("NOT_DOWNLOADED")
  given(inState("downloaded"))
    .when(act(decideNotifyReady, handler, NOTICE))
    .refuses("NOT_PERMITTED")
})

describe("times typed by hand", () => {
  test("a notice lies between the fact it tells of and now", () => {
    const at = (minutes: number) =>
      act(decideRequestDownload, handler, { ...NOTICE, happenedAt: ago(minutes) })
    given(inState("announced")).when(at(-5)).refuses("EVENT_IN_FUTURE")
    given(inState("announced")).when(at(600)).refuses("EVENT_OUT_OF_ORDER")
  })
})

dutyTest("6-3a", "重新計數後，原核之職章失效", () => {
  const again = act<MachineCount>(decideCountAgain, itHandler, { ...COUNT, records: 99 })
  const { entry } = given(registered(BOTH_STAMPS)).when(again).goesTo("registered")
  expect(entry?.stamps).toEqual({})
  given(inState("released")).when(again).refuses("ALREADY_RELEASED")
  const unchanged = act<MachineCount>(decideCountAgain, itHandler, {
    counted: true,
    records: 100,
    undecodable: 0,
    unknownCodes: [],
  })
  expect(given(registered(BOTH_STAMPS)).when(unchanged).goesTo("registered").entry?.stamps).toEqual(
    BOTH_STAMPS,
  )
  const problem = { code: "ARCHIVE_PASSWORD_WRONG" } as const
  const wrong = act<MachineCount>(decideCountAgain, itHandler, { counted: false, problem })
  given(registered(BOTH_STAMPS)).when(wrong).refuses("ARCHIVE_PASSWORD_WRONG")
})

test("撤回須敘明理由，且不得早於提供機關通知", () => {
  const lapse = (reason: string, minutesAgo: number) =>
    act(decideLapse, handler, { reason, happenedAt: ago(minutesAgo) })
  given(inState("announced")).when(lapse("提供機關撤回", 5)).goesTo("lapsed")
  given(inState("announced")).when(lapse(" ", 5)).refuses("LAPSE_NEEDS_REASON")
  given(inState("announced")).when(lapse("提供機關撤回", 600)).refuses("EVENT_OUT_OF_ORDER")
})
