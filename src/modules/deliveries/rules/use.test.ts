import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import {
  act,
  ago,
  BOTH_STAMPS,
  deputy,
  given,
  handler,
  inState,
  itHandler,
  NOW,
  registered,
  stranger,
  supervisor,
  type Act,
  type Member,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { AppliedFor } from "../model.ts"
import type { Around } from "./office.ts"
import {
  countsMatch,
  decideCompare,
  decideConfirmComparison,
  decideDispute,
  decideOpenFile,
  decideRelease,
} from "./use.ts"

const release = (to: Member): Act => act(decideRelease, itHandler, { to: to.person })
const compare = (accessedRecords: number, explanation: string | null = null, minutesAgo = 10): Act =>
  act(decideCompare, handler, { accessedRecords, explanation, happenedAt: ago(minutesAgo) })

function appliedFor(appliedFor: AppliedFor, declaredRecords: number): Around {
  const around = inState("released")
  const announcement = { ...around.delivery.announcement, appliedFor, declaredRecords }
  return { ...around, delivery: { ...around.delivery, announcement } }
}

dutyTest("5-5c", "僅提供予附表所載承辦人或其職務代理人", () => {
  for (const to of [handler, deputy]) {
    const { delivery } = given(registered(BOTH_STAMPS)).when(release(to)).goesTo("released")
    expect(delivery).toMatchObject({ handing: { releasedTo: to.person, releasedBy: itHandler.person } })
  }
  for (const to of [stranger, supervisor, itHandler])
    given(registered(BOTH_STAMPS)).when(release(to)).refuses("RELEASE_TO_HANDLER_ONLY")
})

dutyTest("6-2d", "僅登記表所載承辦人或其職務代理人得開啟檔案，提供前任何人均不得開啟", () => {
  given(inState("released"))
    .when(act(decideOpenFile, handler, {}))
    .goesTo("released")
  given(inState("released"))
    .when(act(decideOpenFile, deputy, {}))
    .goesTo("released")
  for (const by of [stranger, supervisor, itHandler])
    given(inState("released"))
      .when(act(decideOpenFile, by, {}))
      .refuses("RELEASE_TO_HANDLER_ONLY")
  given(registered(BOTH_STAMPS))
    .when(act(decideOpenFile, handler, {}))
    .refuses("NOT_RELEASED")
})

dutyTest("6-3a", "取得後比對申請筆數與取得筆數", () => {
  const { delivery } = given(inState("released")).when(compare(100)).goesTo("compared")
  expect(delivery).toMatchObject({ comparison: { accessedRecords: 100, matches: true } })
  given(inState("registered")).when(compare(100)).refuses("NOT_RELEASED")
  given(inState("released"))
    .when(act(decideConfirmComparison, supervisor, { stamp: "s" }))
    .refuses("COMPARISON_MISSING")
})

dutyTest("6-2d", "職章與登記內容或檔案不符者，不得提供，縱經繞過程式寫入亦同", () => {
  const { entry, delivery } = registered(BOTH_STAMPS)
  if (entry === null || !("fetched" in delivery)) throw new Error("registered has both")
  const columns = { ...entry.columns, records: 777 }
  given(registered(BOTH_STAMPS, { entry: { ...entry, columns } }))
    .when(release(handler))
    .refuses("STAMPED_CONTENT_CHANGED")
  const file = { ...delivery.fetched.file, sha256: "cd".repeat(32) }
  const other = { ...delivery, fetched: { ...delivery.fetched, file } }
  given(registered(BOTH_STAMPS, { delivery: other }))
    .when(release(handler))
    .refuses("STAMPED_CONTENT_CHANGED")
})

dutyTest("6-3a", "存取資料後始得比對", () => {
  const { delivery } = given(registered(BOTH_STAMPS)).when(release(handler)).goesTo("released")
  const notOpened = inState("released", { delivery })
  given(notOpened)
    .when(compare(100, null, 0))
    .refuses("NOT_ACCESSED")
  const opened = given(notOpened)
    .when(act(decideOpenFile, handler, {}))
    .goesTo("released")
  expect(opened.delivery).toMatchObject({ handing: { openedAt: NOW } })
  given(opened)
    .when(compare(100, null, 0))
    .goesTo("compared")
})

dutyTest("6-3a", "比對基準為申請筆數；全體母體檔比對通知筆數", () => {
  const asked = appliedFor({ kind: "count", records: 80 }, 100)
  given(asked).when(compare(80)).goesTo("compared")
  const refusal = given(asked).when(compare(100)).refuses("COUNT_MISMATCH_UNEXPLAINED")
  expect(refusal.detail).toEqual({ accessed: 100, applied: 80 })
  given(appliedFor({ kind: "whole-population" }, 100))
    .when(compare(100))
    .goesTo("compared")
  const short = given(appliedFor({ kind: "whole-population" }, 100)).when(compare(97))
  expect(short.refuses("COUNT_OTHER_THAN_NOTICE").detail).toEqual({ accessed: 97, declared: 100 })
})

dutyTest("6-3b", "比對結果記入附表比對狀況欄", () => {
  const matching = given(inState("released")).when(compare(100)).goesTo("compared")
  expect(matching.entry?.comparison).toBe("申請 100 筆，取得 100 筆，相符")
  const differing = given(inState("released")).when(compare(98, "歿者二筆")).goesTo("compared")
  expect(differing.entry?.comparison).toBe("申請 100 筆，取得 98 筆，不符：歿者二筆")
})

dutyTest("6-3b", "筆數不符而未敘明原因，不得登記", () => {
  for (const explanation of [null, "", " \u{3000}"])
    given(inState("released")).when(compare(99, explanation)).refuses("COUNT_MISMATCH_UNEXPLAINED")
})

test("a comparison lies between the release and now", () => {
  given(inState("released"))
    .when(compare(100, null, -5))
    .refuses("EVENT_IN_FUTURE")
  given(inState("released"))
    .when(compare(100, null, 90))
    .refuses("EVENT_OUT_OF_ORDER")
})

describe("the basis of comparison (A-29)", () => {
  test.prop([fc.nat(), fc.nat(), fc.nat()])(
    "is one number and nothing else",
    (applied, declared, accessed) => {
      expect(countsMatch({ kind: "count", records: applied }, declared, accessed)).toBe(applied === accessed)
      expect(countsMatch({ kind: "whole-population" }, declared, accessed)).toBe(declared === accessed)
    },
  )
})

dutyTest("6-3a", "主管確認後始得使用；承辦人不得確認自己之比對", () => {
  const confirm = act(decideConfirmComparison, supervisor, { stamp: "stamp-9" })
  const { entry } = given(inState("compared")).when(confirm).goesTo("in-use")
  expect(entry?.stamps.closing).toMatchObject({ person: supervisor.person, place: "closing" })
  const own = inState("compared")
  const around = { ...own, delivery: { ...own.delivery, handler: supervisor.person } }
  given(around).when(confirm).refuses("STAMP_BY_RESPONSIBLE_OFFICER")
})

dutyTest("6-3a", "相符者無從發文提供機關查詢，不符者得之", () => {
  const dispute = act(decideDispute, handler, { letter: "第1號", reason: "短少", happenedAt: ago(5) })
  given(inState("compared")).when(dispute).goesTo("disputed")
  const matching = given(inState("released")).when(compare(100)).goesTo("compared")
  given(matching).when(dispute).refuses("NOT_IN_THIS_STATE")
  given(given(inState("compared")).when(dispute).goesTo("disputed"))
    .when(compare(100))
    .goesTo("compared")
})
