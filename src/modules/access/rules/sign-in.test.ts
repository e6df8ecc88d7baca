import { describe, expect, test } from "vitest"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import { plusMs, type Instant } from "../../../kernel/time.ts"
import { packOf } from "../../../platform/packs.ts"
import type { Account } from "../model.ts"
import type { Session } from "../sessions/model.ts"
import { decideOpenSession, type Opening } from "./sign-in.ts"

const NOW = "2026-11-25T02:00:00.000Z" as Instant
const pack = packOf("taipei-health")
const device = (n: number) => Buffer.alloc(32, n)

const account: Account = {
  ...{ id: "account-1" as AccountId, person: "person-1" as PersonId, loginName: "wang" },
  ...{ passwordHash: "h", passwordSetAt: NOW, disabledAt: null, inUseSince: NOW, version: 2, createdAt: NOW },
}
const live: Session = {
  ...{ id: "s", account: account.id, stage: "full", address: "10.0.0.1", agent: "a", device: device(1) },
  ...{ createdAt: NOW, lastSeenAt: NOW, endedAt: null, endedWhy: null, endedFrom: null },
}
const place = { address: "10.0.0.2", agent: "b", device: device(2) }

function open(change: Partial<Opening> = {}, now = NOW) {
  const opening: Opening = { account, version: 2, holdsPosts: true, live: [], place, ...STILL, ...change }
  const decision = decideOpenSession(opening, { pack, now })
  return decision.ok
    ? { ...decision.next, facts: decision.facts.map(({ kind }) => kind) }
    : decision.refusals.map(({ code }) => code)
}
const STILL = { isNewDevice: false, failedBefore: 0 }

describe("登入", () => {
  test("僅限密碼經驗證之帳號：其間變更或停用者不得登入", () => {
    expect(open()).toMatchObject({ stage: "full" })
    expect(open({ account: { ...account, version: 3 } })).toEqual(["SIGN_IN_FAILED"])
    expect(open({ account: { ...account, disabledAt: NOW } })).toEqual(["SIGN_IN_FAILED"])
  })

  dutyTest("5-4b", "已無職務者不得登入", () => {
    expect(open({ holdsPosts: false })).toEqual(["ACCESS_ENDED"])
  })

  dutyTest("5-3a", "密碼滿三個月之次日起，登入後僅得更新密碼", () => {
    const setOn = (on: string) => ({
      account: { ...account, passwordSetAt: `${on}T04:00:00.000Z` as Instant },
    })
    expect(open(setOn("2026-08-25"), "2026-11-25T15:59:59.999Z" as Instant)).toMatchObject({ stage: "full" })
    expect(open(setOn("2026-08-25"), "2026-11-25T16:00:00.000Z" as Instant)).toMatchObject({
      stage: "password",
    })
  })

  dutyTest("5-3b", "同一帳號同時僅得一處登入，先登入者隨即結束", () => {
    expect(open({ live: [live] })).toMatchObject({ replaced: ["s"] })
  })

  dutyTest("5-3c", "兩地不同裝置同時使用同一帳號，留存為事實；同一裝置或久未使用者不在此限", () => {
    expect(open({ live: [live] })).toMatchObject({ facts: ["signed-in", "simultaneous-use"] })
    const onlyIn = { facts: ["signed-in"] }
    expect(open({ live: [{ ...live, device: device(2) }] })).toMatchObject(onlyIn)
    expect(open({ live: [{ ...live, address: place.address }] })).toMatchObject(onlyIn)
    expect(open({ live: [{ ...live, lastSeenAt: plusMs(NOW, -2 * 60_000) }] })).toMatchObject(onlyIn)
  })
})
