import { fc, test } from "@fast-check/vitest"
import { expect } from "vitest"
import { actorOf, handler, NOW } from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import { ROLES, type Actor, type Role } from "../../../kernel/actor.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { ROLES_OF_KIND, UNIT_KINDS, type Unit, type UnitKind } from "../model.ts"
import { decideCreatePerson, decideCreateUnit } from "./roster.ts"

const SYSTEM: Actor = { kind: "system", job: "setup" }

function unit(kind: UnitKind): Unit {
  return {
    id: "unit-1" as UnitId,
    code: "U1",
    name: "單位",
    kind,
    parent: null,
    since: NOW,
    until: null,
    version: 1,
    createdAt: NOW,
  }
}

function createUnit(kind: UnitKind, parent: Unit | null, actor: Actor = SYSTEM, codeTaken = false) {
  const input = { id: "unit-2" as UnitId, code: "U2", name: "大安區健康服務中心", kind }
  const decision = decideCreateUnit({ parent, codeTaken }, input, { actor, now: NOW })
  return decision.ok ? decision.next : decision.refusals.map(({ code }) => code)
}

function createPerson(role: Role, kind: UnitKind, actor: Actor = SYSTEM, emailTaken = false, at = "unit-1") {
  const posts = [{ role, unit: at as UnitId }]
  const person = { id: "person-1" as PersonId, name: "王", title: "科員", email: "w@health.example", posts }
  const units = new Map([["unit-1" as UnitId, unit(kind)]])
  const decision = decideCreatePerson({ units, emailTaken, staffNumberTaken: false }, person, {
    actor,
    now: NOW,
  })
  return decision.ok ? decision.next : decision.refusals.map(({ code }) => code)
}

dutyTest("2-1", "本局及所屬健康服務中心均在同一組織之下", () => {
  expect(createUnit("health-center", unit("agency"))).toMatchObject({ parent: "unit-1", version: 1 })
  expect(createUnit("agency", null)).toMatchObject({ parent: null })
  expect(createUnit("agency", unit("agency"))).toEqual(["UNIT_NEEDS_PARENT"])
  for (const kind of UNIT_KINDS.filter((kind) => kind !== "agency"))
    expect(createUnit(kind, null)).toEqual(["UNIT_NEEDS_PARENT"])
})

dutyTest("2-1", "人員之職務須屬已建檔之單位", () => {
  expect(createPerson("center-head", "health-center")).toMatchObject({ posts: [{ since: NOW, until: null }] })
  expect(createPerson("handler", "business", SYSTEM, false, "unit-9")).toEqual(["NOT_FOUND"])
})

test.prop([fc.constantFrom(...ROLES), fc.constantFrom(...UNIT_KINDS)])(
  "2-1 職務與單位類別相符始得任之",
  (role, kind) => {
    const fitting: readonly Role[] = ROLES_OF_KIND[kind]
    const codes = createPerson(role, kind)
    if (fitting.includes(role)) expect(codes).toMatchObject({ version: 1 })
    else expect(codes).toEqual(["ROLE_NOT_OF_UNIT"])
  },
)

test("only an administrator or set-up changes units and people, and nothing is taken twice", () => {
  expect(createUnit("business", unit("agency"), actorOf(handler))).toEqual(["NOT_PERMITTED"])
  expect(createPerson("handler", "business", actorOf(handler))).toEqual(["NOT_PERMITTED"])
  expect(createUnit("business", unit("agency"), SYSTEM, true)).toEqual(["UNIT_CODE_TAKEN"])
  expect(createPerson("handler", "business", SYSTEM, true)).toEqual(["EMAIL_TAKEN"])
})

test("系統管理者不得兼任；政風人員及稽核小組成員不得兼任經手資料之職務", () => {
  const units = new Map(
    UNIT_KINDS.map((kind) => [kind as string as UnitId, { ...unit(kind), id: kind as string as UnitId }]),
  )
  const appoint = (...posts: readonly (readonly [Role, UnitKind])[]) => {
    const person = { id: "person-1" as PersonId, name: "王", title: "科員", email: "w@health.example" }
    const held = posts.map(([role, kind]) => ({ role, unit: kind as string as UnitId }))
    const decision = decideCreatePerson(
      { units, emailTaken: false, staffNumberTaken: false },
      { ...person, posts: held },
      { actor: SYSTEM, now: NOW },
    )
    return decision.ok ? [] : decision.refusals.map(({ code }) => code)
  }
  const all = UNIT_KINDS.flatMap((kind) => ROLES_OF_KIND[kind].map((role) => [role, kind] as const))
  const clash = ["POSTS_EXCLUDE_EACH_OTHER"]
  for (const [role, kind] of all.filter(([role]) => role !== "administrator"))
    expect(appoint(["administrator", "it-office"], [role, kind]), role).toEqual(clash)
  const handling = [
    ["handler", "business"],
    ["supervisor", "business"],
    ["it-handler", "it-office"],
    ["center-handler", "health-center"],
    ["center-head", "health-center"],
  ] as const
  for (const post of handling) {
    const isOfIt = post[0] === "it-handler"
    expect(appoint(["auditor", "it-office"], post), post[0]).toEqual(isOfIt ? [] : clash)
    expect(appoint(["ethics-officer", "ethics-office"], post), post[0]).toEqual(clash)
  }
  expect(appoint(["administrator", "agency"], ["administrator", "it-office"])).toEqual([])
  expect(
    appoint(
      ["supervisor", "ethics-office"],
      ["ethics-officer", "ethics-office"],
      ["auditor", "ethics-office"],
    ),
  ).toEqual([])
  expect(appoint(["supervisor", "it-office"], ["auditor", "it-office"])).toEqual([])
  expect(appoint(["supervisor", "it-office"], ["it-handler", "it-office"])).toEqual([])
})
