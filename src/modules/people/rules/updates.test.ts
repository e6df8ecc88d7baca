import { expect, test } from "vitest"
import type { Actor } from "../../../kernel/actor.ts"
import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Person } from "../model.ts"
import { decideUpdatePerson } from "./updates.ts"

const NOW = "2026-09-24T02:00:00.000Z" as Instant
const SYSTEM: Actor = { kind: "system", job: "scim:人事系統" }
const HANDLER: Actor = {
  ...{ kind: "person", person: "p-2" as PersonId, account: "a-2" as AccountId, name: "林", posts: [] },
}
const person: Person = {
  ...{ id: "p-1" as PersonId, name: "王", title: "科員", email: "w@health.example", staffNumber: null },
  ...{ vendor: null, posts: [], version: 3, createdAt: NOW },
}
const free = { person, emailTaken: false, staffNumberTaken: false }
const update = { name: "王", title: "技士", email: "w@health.example", staffNumber: "E1" }

test("更新人員資料：所記事實載明變更之欄位，不載電子郵件及員工編號", () => {
  const decision = decideUpdatePerson(free, update, { actor: SYSTEM })
  if (!decision.ok) throw new Error("refused")
  expect(decision.next).toEqual({ ...person, ...update, version: 4 })
  expect(decision.facts.map(({ kind, payload }) => [kind, payload])).toEqual([
    ["person-updated", { name: "王", title: "技士", changed: ["title", "staffNumber"] }],
  ])
})

test("更新人員資料限系統管理者；信箱及員工編號不得與他人重複", () => {
  const taken = { ...free, emailTaken: true, staffNumberTaken: true }
  const decision = decideUpdatePerson(taken, update, { actor: HANDLER })
  expect(decision.ok ? [] : decision.refusals.map(({ code }) => code)).toEqual([
    ...["NOT_PERMITTED", "EMAIL_TAKEN", "STAFF_NUMBER_TAKEN"],
  ])
})
