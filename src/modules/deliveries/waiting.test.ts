import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import {
  actorOf,
  BOTH_STAMPS,
  director,
  EVERYBODY,
  handler,
  head,
  inState,
  itHandler,
  named,
  otherIt,
  registered,
  specialist,
  stampBy,
  STATES,
  supervisor,
  type Member,
} from "../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../tests/support/duty-test.ts"
import type { PersonActor } from "../../kernel/actor.ts"
import { lawfulResponsible, type Around } from "./rules/office.ts"
import { refusalsOf } from "./rules/permissions.ts"
import { waitingFor } from "./waiting.ts"

const linesOf = (around: Around, by: Member) =>
  waitingFor(around, actorOf(by) as PersonActor).map(({ title }) => title)
const STAMP = "於登記表核章並註記日期"

describe("我的待辦 folds over the rules of the acts", () => {
  const people = fc.constantFrom(...EVERYBODY)
  const heads = fc.array(
    fc
      .tuple(people, fc.subarray([...EVERYBODY], { maxLength: 2 }))
      .map(([one, deputies]) => head(one, ...deputies.filter((deputy) => deputy !== one))),
    { maxLength: 2 },
  )
  test.prop([fc.constantFrom(...STATES), people, fc.array(heads, { maxLength: 3 }), fc.boolean()], {
    numRuns: 3000,
  })("who has a line may do what it says, now", (state, by, levels, hasStamps) => {
    const base = state === "registered" && hasStamps ? registered(BOTH_STAMPS) : inState(state)
    const around = { ...base, office: { ...base.office, levels } }
    const actor = actorOf(by) as PersonActor
    for (const { command } of waitingFor(around, actor))
      expect(refusalsOf(command, actor, around)).toEqual([])
  })

  test.prop([people, fc.array(heads, { maxLength: 3 })], { numRuns: 2000 })(
    "exactly those who may lawfully stamp are told to",
    (by, levels) => {
      const around = { ...registered(), office: { ...registered().office, levels } }
      const isLawful = lawfulResponsible(around).some(({ person }) => person === by.person)
      expect(linesOf(around, by).includes(STAMP)).toBe(isLawful)
    },
  )
})

dutyTest("6-2c", "代理人得核章者列入其待辦；代理將使三人合一時，列入上一級主管之待辦", () => {
  const withDeputy = (deputy: Member): Around => ({
    ...registered({ it: stampBy(itHandler, "it") }),
    office: { ...registered().office, levels: [[head(supervisor, deputy)], [head(director)]] },
  })
  expect(linesOf(withDeputy(specialist), specialist)).toEqual([STAMP])
  expect(linesOf(withDeputy(specialist), director)).toEqual([])
  expect(linesOf(withDeputy(handler), director)).toEqual([STAMP])
  expect(linesOf(withDeputy(handler), handler)).not.toContain(STAMP)
})

dutyTest("6-2b", "資訊室之核章僅列入第七欄所載之人之待辦，兩職章齊備後始列提供資料", () => {
  expect(linesOf(registered(), itHandler)).toEqual(["於登記表核章"])
  expect(linesOf(registered(), otherIt)).toEqual([])
  expect(linesOf(registered({ it: stampBy(itHandler, "it") }), itHandler)).toEqual([])
  for (const by of [itHandler, otherIt]) expect(linesOf(registered(BOTH_STAMPS), by)).toEqual(["提供資料"])
})

dutyTest("6-1c", "尚未通知承辦人者列資訊室待辦，已寄出或已通知者不再列", () => {
  const notices = (toHandler: "none" | "waiting" | "given") =>
    inState("downloaded", { notices: { toIt: "given", toHandler } })
  expect(linesOf(notices("none"), otherIt)).toEqual(["通知業務單位承辦人存取"])
  expect(linesOf(notices("waiting"), otherIt)).toEqual([])
  expect(linesOf(notices("given"), otherIt)).toEqual([])
})

dutyTest("5-5c", "待確認之更正列入兩核章人待辦，確認者不再列", () => {
  const { entry, ...rest } = inState("in-use")
  if (entry === null) throw new Error("in use has an entry")
  const { columns } = entry
  const correction = {
    columns,
    reason: "誤繕",
    proposedBy: named(handler),
    proposedAt: entry.createdAt,
    confirmations: [],
  }
  const around = { ...rest, entry: { ...entry, correction } }
  const line = "確認或退回登記表之更正"
  for (const by of [itHandler, supervisor]) expect(linesOf(around, by)).toEqual([line])
  for (const by of [handler, otherIt, director]) expect(linesOf(around, by)).toEqual([])
  const done = { ...named(itHandler), place: "it", inPlaceOf: null, at: entry.createdAt } as const
  const half = { ...around, entry: { ...entry, correction: { ...correction, confirmations: [done] } } }
  expect(linesOf(half, itHandler)).toEqual([])
  expect(linesOf(half, supervisor)).toEqual([line])
})
