import { describe, expect, test } from "vitest"
import type { Actor, Role } from "../../../kernel/actor.ts"
import type { AccountId, PersonId, UnitId, VendorId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { packOf } from "../../../platform/packs.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { HeldPost, Person, Unit } from "../model.ts"
import { BY_AGREEMENT, decideChangePosts, postsAt, type PostChange } from "./posts.ts"

const NOW = "2026-09-24T02:00:00.000Z" as Instant
/** 00:00 in Taipei of 2026-09-26. */
const EFFECTIVE = "2026-09-25T16:00:00.000Z" as Instant
const SYSTEM: Actor = { kind: "system", job: "setup" }
const ID = "person-1" as PersonId

const KINDS = { business: "business", it: "it-office", center: "health-center", agency: "agency" } as const
const units = new Map(
  Object.entries(KINDS).map(([id, kind]): [UnitId, Unit] => [
    id as UnitId,
    {
      ...{ id: id as UnitId, code: id, name: id, kind, parent: null },
      ...{ since: NOW, until: null, version: 1, createdAt: NOW },
    },
  ]),
)
const post = (role: Role, unit: keyof typeof KINDS) => ({ role, unit: unit as string as UnitId })
const HANDLER = post("handler", "business")

function person(posts: readonly HeldPost[], vendor: VendorId | null = null): Person {
  const named = { name: "王", title: "科員", email: "w@health.example", staffNumber: null }
  return { id: ID, ...named, vendor, posts, version: 1, createdAt: NOW }
}
const held = (role: Role, unit: keyof typeof KINDS): HeldPost => ({
  ...post(role, unit),
  since: "2026-01-01T00:00:00.000Z" as Instant,
  until: null,
})

interface Case extends Partial<PostChange> {
  readonly of?: Person
  readonly actor?: Actor
  readonly another?: boolean
}

function change({ of, actor = SYSTEM, another = true, ...input }: Case) {
  const whole = { person: ID, at: EFFECTIVE, end: [], begin: [], order: null, ...input }
  const around = {
    person: of ?? person([held("handler", "business")]),
    units,
    successor: person([]),
    anotherAdministrator: another,
  }
  return decideChangePosts(around, whole, { actor, now: NOW, pack: packOf("taipei-health") })
}
const refusals = (input: Case) => {
  const decision = change(input)
  return decision.ok ? [] : decision.refusals.map(({ code }) => code)
}

describe("職務之起訖", () => {
  dutyTest("5-4a", "權限於生效日零時終止，其前仍為有效，其後不復存在", () => {
    const decision = change({ end: "all" })
    if (!decision.ok) throw new Error("refused")
    const { next } = decision
    expect(postsAt(next, NOW)).toHaveLength(1)
    expect(postsAt(next, "2026-09-25T15:59:59.999Z" as Instant)).toHaveLength(1)
    expect(postsAt(next, EFFECTIVE)).toEqual([])
    expect(decision.facts[0]).toMatchObject({ kind: "posts-changed", payload: { leaves: true } })
  })

  dutyTest("5-4b", "調任者原職務終止之同時新職務開始，無空隙亦無重疊", () => {
    const decision = change({ end: [HANDLER], begin: [post("center-handler", "center")] })
    if (!decision.ok) throw new Error("refused")
    expect(postsAt(decision.next, NOW).map(({ role }) => role)).toEqual(["handler"])
    expect(postsAt(decision.next, EFFECTIVE).map(({ role }) => role)).toEqual(["center-handler"])
    expect(decision.facts[0]).toMatchObject({ payload: { leaves: false } })
  })

  test("尚未開始之職務，離職時一併取消", () => {
    const later = { ...held("handler", "business"), since: "2026-12-01T00:00:00.000Z" as Instant }
    const decision = change({ of: person([held("center-handler", "center"), later]), end: "all" })
    if (!decision.ok) throw new Error("refused")
    expect(postsAt(decision.next, "2026-12-02T00:00:00.000Z" as Instant)).toEqual([])
  })

  test("不得回溯、不得終止未任之職務、不得重複派任、不得派任單位所無之職務", () => {
    expect(refusals({ at: "2026-09-24T01:59:59.999Z" as Instant, end: "all" })).toEqual([
      "POSTS_CHANGE_AHEAD",
    ])
    expect(refusals({ end: [post("supervisor", "business")] })).toEqual(["POST_NOT_HELD"])
    expect(refusals({ begin: [HANDLER] })).toEqual(["POST_HELD_ALREADY"])
    expect(refusals({ begin: [post("director", "center")] })).toEqual(["ROLE_NOT_OF_UNIT"])
  })

  test("不得變更自己之職務；唯一之系統管理者不得去職", () => {
    const own: Actor = {
      ...{ kind: "person", person: ID, account: "a" as never, name: "王" },
      posts: [post("administrator", "agency")],
    }
    const administrator = person([held("administrator", "agency")])
    expect(refusals({ of: administrator, actor: own, end: "all" })).toEqual(["POSTS_NOT_BY_ONESELF"])
    expect(refusals({ of: administrator, end: "all", another: false })).toEqual(["LAST_ADMINISTRATOR"])
    expect(refusals({ of: administrator, end: "all" })).toEqual([])
    expect(refusals({ actor: { kind: "anonymous" }, end: "all" })).toEqual(["NOT_PERMITTED"])
  })

  dutyTest("5-8a", "委外廠商人員之職務僅依保密措施取得及終止", () => {
    const vendors = person([], "vendor-1" as VendorId)
    const administrator: Actor = {
      ...{ kind: "person", person: "p2" as PersonId, account: "a" as never, name: "李" },
      posts: [post("administrator", "agency")],
    }
    expect(refusals({ of: vendors, actor: administrator, begin: [post("it-handler", "it")] })).toEqual([
      "VENDOR_PERSON",
    ])
    expect(refusals({ of: vendors, begin: [post("it-handler", "it")] })).toEqual(["VENDOR_PERSON"])
    expect(refusals({ of: vendors, actor: BY_AGREEMENT, begin: [post("it-handler", "it")] })).toEqual([])
  })
})

describe("由原單位主管登錄職務異動", () => {
  const head: Actor = {
    ...{ kind: "person", person: "head" as PersonId, account: "a" as AccountId, name: "陳主管" },
    posts: [post("supervisor", "business")],
  }
  const order = {
    ...({
      kind: "transfer",
      effectiveOn: "2026-09-26" as CivilDate,
      receivedOn: null,
      successor: null,
    } as const),
  }
  const byHead = (input: Case) => refusals({ actor: head, end: "all", order, ...input })

  test("the head of the unit of all posts that end may, by an order", () => {
    expect(byHead({})).toEqual([])
    expect(byHead({ order: null })).toEqual(["NOT_PERMITTED"])
    expect(byHead({ end: [] })).toEqual(["NOT_PERMITTED"])
    const both = person([held("handler", "business"), held("it-handler", "it")])
    expect(byHead({ of: both })).toEqual(["NOT_PERMITTED"])
    expect(byHead({ of: both, end: [HANDLER] })).toEqual([])
  })

  test("at once is the moment of the command itself", () => {
    const decided = change({ end: "all", at: "now" })
    expect(decided.ok && decided.next.posts.map(({ until }) => until)).toEqual([NOW])
  })

  test("posts in other units, and heads, auditors and administrators anywhere, stay with administrators", () => {
    const at = (begin: PostChange["begin"]) => byHead({ of: person([held("supervisor", "business")]), begin })
    expect(at([post("handler", "business")])).toEqual([])
    expect(at([post("it-handler", "it")])).toEqual(["NOT_PERMITTED"])
    expect(byHead({ begin: [post("supervisor", "business")] })).toEqual(["NOT_PERMITTED"])
  })

  dutyTest("5-4a", "異動種類、生效日及接任人員須相符", () => {
    expect(byHead({ order: { ...order, effectiveOn: "2026-09-27" as CivilDate } })).toEqual([
      "ORDER_DATES_WRONG",
    ])
    expect(byHead({ order: { ...order, receivedOn: "2026-09-30" as CivilDate } })).toEqual([
      "ORDER_DATES_WRONG",
    ])
    expect(byHead({ order: { ...order, successor: ID } })).toEqual(["SUCCESSOR_IS_THE_SAME"])
  })
})
