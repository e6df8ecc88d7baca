import { expect } from "vitest"
import {
  act,
  BOTH_STAMPS,
  FILLED,
  given,
  handler,
  inState,
  itHandler,
  named,
  registered,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { EntryId } from "../../../kernel/ids.ts"
import { decideFillRegister, decideReviseRegister, decideVoidEntry } from "./register.ts"

const ENTRY = {
  id: "entry-2" as EntryId,
  rocYear: 115,
  serial: 8,
  number: "115-疾-0008",
  itHandler: named(itHandler),
}
const fill = (changes: Partial<typeof FILLED> = {}) =>
  act(decideFillRegister, handler, { ...FILLED, ...changes, entry: ENTRY })

dutyTest("6-2a", "業務單位承辦人填具附表，通知時間與承辦人取自事實", () => {
  const around = given(inState("downloaded")).when(fill()).goesTo("registered")
  expect(around.entry).toMatchObject({ number: ENTRY.number, stamps: {}, comparison: null })
  const { noticedAt, handler: by } = around.entry?.columns ?? {}
  expect(noticedAt).toBe(around.delivery.announcement.happenedAt)
  expect(by).toEqual(named(handler))
  given(inState("downloaded"))
    .when(act(decideFillRegister, itHandler, { ...FILLED, entry: ENTRY }))
    .refuses("NOT_PERMITTED")
})

dutyTest("5-5c", "附表欄位缺漏者不得登記，指明何欄", () => {
  for (const [column, changes] of [
    ["使用目的", { purpose: "" }],
    ["依據公文文號", { legalDocument: " " }],
    ["業務單位承辦人取得資料方式", { obtainedBy: "\u{3000}" }],
  ] as const) {
    const refusal = given(inState("downloaded")).when(fill(changes)).refuses("REGISTER_COLUMN_MISSING")
    expect(refusal.detail).toEqual({ column })
  }
})

dutyTest("5-5c", "立簿登記須先下載，一次交付僅一筆有效登記", () => {
  given(inState("download-requested")).when(fill()).refuses("NOT_DOWNLOADED")
  given(registered()).when(fill()).refuses("REGISTER_ENTRY_EXISTS")
})

dutyTest("5-5c", "註銷留存原列並敘明理由，提供後不得註銷", () => {
  const strike = (reason: string) => act(decideVoidEntry, handler, { reason })
  const { entry, delivery } = given(registered(BOTH_STAMPS)).when(strike("誤登")).goesTo("downloaded")
  expect(entry).toMatchObject({ voided: { reason: "誤登" }, stamps: {}, number: registered().entry?.number })
  expect(delivery).not.toHaveProperty("entry")
  given(registered()).when(strike(" ")).refuses("VOID_NEEDS_REASON")
  given(inState("released")).when(strike("誤登")).refuses("CANNOT_VOID_RELEASED")
})

dutyTest("5-5c", "提供後不得逕行改填附表", () => {
  const input = { ...FILLED, itHandler: named(itHandler), isOfItOffice: true }
  given(inState("released"))
    .when(act(decideReviseRegister, handler, input))
    .refuses("ALREADY_RELEASED")
})
