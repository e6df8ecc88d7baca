import { fc } from "@fast-check/vitest"
import { expect, test } from "vitest"
import {
  actorOf,
  handler,
  itHandler,
  NOW,
  stranger,
  supervisor,
  TODAY,
  UNIT,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { Actor } from "../../../kernel/actor.ts"
import type { OutsideAccountId, ProviderId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { plusDays } from "../../../regulation/period/civil.ts"
import { outsideStateOf, SIGN_IN_WAYS, type OutsideAccount } from "../model.ts"
import {
  allowedOn,
  beginCancellation,
  decideChange,
  decideConfirm,
  decideRecord,
  decideRequest,
  OUTSIDE_ACTS,
  type NewOutsideAccount,
} from "./rules.ts"

const NEW: NewOutsideAccount = {
  id: "outside-1" as OutsideAccountId,
  provider: "provider-1" as ProviderId,
  ...{ system: "戶役政資訊系統", name: "tpe-health-01", holder: handler.person, unit: UNIT },
  ...{ class: "linkage", keptBy: "password", changedOn: TODAY, standsFor: null },
}
const FREE = { isTaken: false, isOfUnit: true }
const holder = actorOf(handler)
const head = actorOf(supervisor)
const by = (actor: Actor) => ({ actor, now: NOW })
const REQUEST = { on: TODAY, documentNumber: "北市衛資字第1150009999號", reason: "不再使用" }

function recorded(part: Partial<NewOutsideAccount> = {}): OutsideAccount {
  const decision = decideRecord(FREE, { ...NEW, ...part }, by(holder))
  if (!decision.ok) throw new Error(decision.refusals[0].code)
  return decision.next
}

function requested(): OutsideAccount {
  const decision = decideRequest(recorded(), REQUEST, by(head))
  if (!decision.ok) throw new Error(decision.refusals[0].code)
  return decision.next
}

const refusalsOf = (decision: ReturnType<typeof decideRecord>) =>
  decision.ok ? [] : decision.refusals.map(({ code }) => code)

dutyTest("5-3a", "每一登入方式均有其依據：密碼有變更日期，其餘有佐證，二者僅有其一", () => {
  for (const keptBy of SIGN_IN_WAYS) {
    const account = recorded({ keptBy, standsFor: keptBy === "password" ? null : "登入紀錄" })
    expect([account.changes.length > 0, account.standsFor !== null]).toEqual(
      keptBy === "password" ? [true, false] : [false, true],
    )
  }
})

dutyTest("5-3a", "無變更日期之密碼、無佐證之其他登入方式、將來之日期及非單位現職人員，均不予登錄", () => {
  const refused = (part: Partial<NewOutsideAccount>, isOfUnit = true) =>
    refusalsOf(decideRecord({ ...FREE, isOfUnit }, { ...NEW, ...part }, by(holder)))
  expect(refused({ changedOn: null })).toEqual(["OUTSIDE_PASSWORD_UNDATED"])
  expect(refused({ keptBy: "passkey" })).toEqual(["OUTSIDE_EVIDENCE_MISSING"])
  expect(refused({ changedOn: plusDays(TODAY, 1) })).toEqual(["EVENT_IN_FUTURE"])
  expect(refused({}, false)).toEqual(["OUTSIDE_HOLDER_NOT_OF_UNIT"])
  expect(refusalsOf(decideRecord(FREE, NEW, by(actorOf(stranger))))).toEqual(["NOT_PERMITTED"])
})

dutyTest("5-3a", "密碼變更日期依序登錄，不得晚於今日", () => {
  const days = fc.integer({ min: -400, max: 30 })
  fc.assert(
    fc.property(fc.array(days, { minLength: 1, maxLength: 6 }), (offsets) => {
      let account = recorded({ changedOn: plusDays(TODAY, -300) })
      for (const offset of offsets) {
        const on = plusDays(TODAY, offset)
        const decision = decideChange({ account, kept: "none" }, { on }, by(holder))
        const last = account.changes.at(-1)?.on ?? ("" as CivilDate)
        expect(decision.ok).toBe(on >= last && on <= TODAY)
        if (decision.ok) account = decision.next
      }
      const dates = account.changes.map(({ on }) => on)
      expect(dates).toEqual(dates.toSorted())
    }),
  )
})

dutyTest("5-3c", "帳號以持有人一人使用為限，變更亦僅由持有人登錄", () => {
  expect(refusalsOf(decideRecord({ ...FREE, isTaken: true }, NEW, by(holder)))).toEqual([
    "OUTSIDE_ACCOUNT_TAKEN",
  ])
  expect(refusalsOf(decideChange({ account: recorded(), kept: "none" }, { on: TODAY }, by(head)))).toEqual([
    "NOT_PERMITTED",
  ])
})

dutyTest("5-4a", "連結作業權限人員異動：帳號即應註銷，重複通知不重複辦理", () => {
  const begun = beginCancellation(recorded(), "職務異動", NOW)
  expect(begun?.fact).toMatchObject({ kind: "outside-cancellation-due", duties: ["5-4a"] })
  expect(begun && outsideStateOf(begun.next)).toBe("to-cancel")
  expect(begun && beginCancellation(begun.next, "離職", NOW)).toBeNull()
  const asked = begun && decideRequest(begun.next, REQUEST, by(head))
  expect(asked).toMatchObject({ ok: true, next: { cancellation: { reason: "職務異動" } } })
})

dutyTest("5-4b", "資料查詢、使用權限人員異動：其紀錄引用該義務", () => {
  const begun = beginCancellation(recorded({ class: "use" }), "離職", NOW)
  expect(begun?.fact.duties).toEqual(["5-4b"])
})

test("who may do what, and when", () => {
  const of = (account: OutsideAccount) =>
    [holder, head, actorOf(itHandler), actorOf(stranger)].map((actor) => allowedOn(account, actor).join(" "))
  expect(of(recorded())).toEqual(["change request", "see request", "request", ""])
  expect(of(recorded({ keptBy: "passkey", standsFor: "登入紀錄" }))[0]).toBe("request")
  expect(of(requested())).toEqual(["", "see confirm", "confirm", ""])
  const confirmed = decideConfirm(requested(), { on: TODAY }, by(head))
  expect(confirmed.ok && of(confirmed.next)).toEqual(["", "", "", ""])
  expect(OUTSIDE_ACTS).toHaveLength(4)
})

test("the provider was asked today or earlier", () => {
  const request = { ...REQUEST, on: plusDays(TODAY, 1) }
  expect(refusalsOf(decideRequest(recorded(), request, by(head)))).toEqual(["EVENT_IN_FUTURE"])
})

test("the provider confirms on or after the day it was asked, and not in the future", () => {
  const confirm = (offset: number) =>
    refusalsOf(decideConfirm(requested(), { on: plusDays(TODAY, offset) }, by(head)))
  expect(confirm(-1)).toEqual(["OUTSIDE_DATES_DISORDERED"])
  expect(confirm(1)).toEqual(["EVENT_IN_FUTURE"])
  expect(confirm(0)).toEqual([])
})
