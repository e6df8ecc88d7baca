import { test as property, fc } from "@fast-check/vitest"
import { expect, test } from "vitest"
import {
  actorOf,
  deputy as colleague,
  director,
  handler,
  itHandler,
  NOW,
  supervisor,
  UNIT,
} from "../../../../tests/support/deliveries.ts"
import type { Member } from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { Role } from "../../../kernel/actor.ts"
import type { DeputyId, VendorId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { plusDays } from "../../../regulation/period/civil.ts"
import type { Deputy, Person } from "../model.ts"
import { decideAppointDeputy, decideEndDeputy } from "./deputies.ts"

const TODAY = taipeiDate(NOW)

function personOf({ person, name, posts }: Member, role?: Role, until: Instant | null = null): Person {
  const held = posts.map((post) => ({ ...post, role: role ?? post.role, since: NOW, until }))
  return {
    id: person,
    name,
    title: "科員",
    email: "a@health.example",
    staffNumber: null,
    vendor: null,
    posts: held,
    version: 1,
    createdAt: NOW,
  }
}

interface Case {
  readonly by?: Member
  readonly person?: Person
  readonly deputy?: Person
  readonly from?: CivilDate
  readonly to?: CivilDate | null
  readonly standing?: readonly Deputy[]
  readonly roles?: Deputy["roles"]
}

function appointed({
  by = supervisor,
  from = TODAY,
  to = null,
  standing = [],
  roles = null,
  ...case_
}: Case): Deputy | string[] {
  const person = case_.person ?? personOf(handler)
  const deputy = case_.deputy ?? personOf(colleague)
  const ids = { id: "deputy-1" as DeputyId, unit: UNIT, person: person.id, deputy: deputy.id }
  const input = { ...ids, from, to, roles }
  const decision = decideAppointDeputy({ person, deputy, standing }, input, { actor: actorOf(by), now: NOW })
  return decision.ok ? decision.next : decision.refusals.map(({ code }) => code)
}

dutyTest("6-2d", "單位主管登錄承辦人之職務代理人，自今日起、含迄日", () => {
  expect(appointed({ to: TODAY })).toMatchObject({ since: NOW, until: startOfTaipeiDay(plusDays(TODAY, 1)) })
  const tomorrow = plusDays(TODAY, 1)
  expect(appointed({ from: tomorrow })).toMatchObject({ since: startOfTaipeiDay(tomorrow), until: null })
})

dutyTest("6-2d", "代理得限於被代理人於該單位之部分職務；不同職務得由同一人分別代理", () => {
  const scoped = appointed({ roles: ["handler"] })
  expect(scoped).toMatchObject({ roles: ["handler"] })
  expect(appointed({ roles: ["supervisor"] })).toEqual(["DEPUTY_ROLE_NOT_HELD"])
  const standing = [scoped as Deputy]
  expect(appointed({ roles: ["handler"], standing })).toEqual(["DEPUTY_ALREADY_STANDS"])
  expect(appointed({ roles: null, standing })).toEqual(["DEPUTY_ALREADY_STANDS"])
  const both = {
    ...personOf(handler),
    posts: [...personOf(handler).posts, { unit: UNIT, role: "supervisor" as const, since: NOW, until: null }],
  }
  expect(appointed({ person: both, roles: ["supervisor"], standing })).toMatchObject({
    roles: ["supervisor"],
  })
})

dutyTest("6-2d", "職務代理人不得由他單位之人或代理人自己登錄，亦不得補登已過之日", () => {
  expect(appointed({ by: director })).toEqual(["NOT_PERMITTED"])
  expect(appointed({ by: handler, deputy: personOf(handler), person: personOf(supervisor) })).toEqual([
    "NOT_PERMITTED",
    "DEPUTY_NOT_BY_ONESELF",
  ])
  expect(appointed({ from: plusDays(TODAY, -1) })).toEqual(["DEPUTY_PERIOD_WRONG"])
  expect(appointed({ from: plusDays(TODAY, 2), to: plusDays(TODAY, 1) })).toEqual(["DEPUTY_PERIOD_WRONG"])
})

dutyTest("6-2d", "職務代理人須為現職之他人，系統管理者不得代理", () => {
  expect(appointed({ deputy: personOf(handler) })).toEqual(["DEPUTY_IS_ANOTHER"])
  expect(appointed({ deputy: personOf(colleague, undefined, NOW) })).toEqual(["DEPUTY_IS_ANOTHER"])
  expect(appointed({ deputy: personOf(colleague, "administrator") })).toEqual(["DEPUTY_IS_ANOTHER"])
  expect(appointed({ person: personOf(director) })).toEqual(["DEPUTY_IS_ANOTHER"])
  expect(appointed({ deputy: personOf(itHandler) })).toEqual(["DEPUTY_IS_ANOTHER"])
  expect(appointed({ deputy: personOf(director) })).toEqual(["DEPUTY_IS_ANOTHER"])
  const whole = { by: director, person: personOf(supervisor), deputy: personOf(director) }
  expect(appointed(whole)).toEqual(["NOT_PERMITTED", "DEPUTY_NOT_BY_ONESELF"])
})

property.prop([fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20)])(
  "6-2d 同一人於同一期間僅得登錄一次代理",
  (from, days, otherFrom, otherDays) => {
    const first = appointed({ from: plusDays(TODAY, from), to: plusDays(TODAY, from + days) })
    if (Array.isArray(first)) throw new Error(first.join())
    const otherDay = plusDays(TODAY, otherFrom)
    const second = appointed({
      from: otherDay,
      to: plusDays(otherDay, otherDays),
      standing: [first],
    })
    const meet = otherFrom <= from + days && from <= otherFrom + otherDays
    if (meet) expect(second).toEqual(["DEPUTY_ALREADY_STANDS"])
    else expect(second).toMatchObject({ version: 1 })
  },
)

dutyTest("5-8a", "委外廠商人員不得為職務代理人，其職務僅依保密措施取得", () => {
  const vendor = "vendor-1" as VendorId
  expect(appointed({ deputy: { ...personOf(colleague), vendor } })).toEqual(["VENDOR_PERSON"])
})

test("a deputyship ends now, once, by the same people who may record one", () => {
  const standing = appointed({}) as Deputy
  const end = (by: Member, deputy = standing) =>
    decideEndDeputy(deputy, { id: deputy.id }, { actor: actorOf(by), now: NOW })
  expect(end(supervisor)).toMatchObject({ ok: true, next: { until: NOW, version: 2 } })
  expect(end(handler)).toMatchObject({ refusals: [{ code: "NOT_PERMITTED" }] })
  expect(end(supervisor, { ...standing, until: NOW })).toMatchObject({ refusals: [{ code: "DEPUTY_ENDED" }] })
})
