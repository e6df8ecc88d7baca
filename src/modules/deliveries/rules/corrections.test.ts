import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import {
  act,
  ago,
  deputy,
  director,
  EVERYBODY,
  FILLED,
  given,
  handler,
  head,
  inState,
  itHandler,
  named,
  otherIt,
  specialist,
  supervisor,
  type Member,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import {
  columnsChanged,
  decideConfirmCorrection,
  decideProposeCorrection,
  decideRejectCorrection,
  decideWithdrawCorrection,
  type ProposeCorrection,
} from "./corrections.ts"
import { confirmingPlace, type Around } from "./office.ts"

const AS_IT_STANDS: ProposeCorrection = {
  ...FILLED,
  noticedAt: ago(500),
  handler: named(handler),
  isOfUnit: true,
  reason: "筆數誤繕",
}
const propose = (changes: Partial<ProposeCorrection> = { records: 101 }, by: Member = handler) =>
  act(decideProposeCorrection, by, { ...AS_IT_STANDS, ...changes })
const confirm = (by: Member) => act(decideConfirmCorrection, by, {})
const proposed = (by: Member = handler) =>
  given(inState("released"))
    .when(propose({ records: 101 }, by))
    .goesTo("released")

/** The stamper of a place has moved away. */
function without(around: Around, { person }: Member): Around {
  const { office } = around
  return {
    ...around,
    office: {
      ...office,
      itHandlers: office.itHandlers.filter((one) => one !== person),
      levels: office.levels.map((level) => level.filter((one) => one.person !== person)),
    },
  }
}

dutyTest("5-5c", "提供後之更正須敘明理由，且經兩核章人確認始生效，原核章內容留存", () => {
  given(inState("released"))
    .when(propose({ records: 101, reason: "" }))
    .refuses("CORRECTION_NEEDS_REASON")
  const around = proposed()
  expect(around.entry?.columns.records).toBe(100)
  given(around).when(propose()).refuses("CORRECTION_UNCONFIRMED")
  const half = given(around).when(confirm(itHandler)).goesTo("released")
  expect(half.entry?.columns.records).toBe(100)
  expect(half.entry?.correction?.confirmations).toMatchObject([{ place: "it", person: itHandler.person }])
  given(half).when(confirm(itHandler)).refuses("CORRECTION_CONFIRMED")
  const whole = given(half).when(confirm(supervisor)).goesTo("released")
  expect(whole.entry).toMatchObject({
    columns: { records: 101 },
    correction: null,
    corrections: [
      {
        before: { records: 100 },
        columns: { records: 101 },
        reason: "筆數誤繕",
        proposedBy: { person: handler.person },
        confirmations: [{ person: itHandler.person }, { person: supervisor.person, inPlaceOf: null }],
      },
    ],
  })
  expect(whole.entry?.stamps).toEqual(around.entry?.stamps)
  expect(whole.entry?.digest).toBe(around.entry?.digest)
  given(inState("released")).when(confirm(itHandler)).refuses("NOT_IN_THIS_STATE")
})

dutyTest("5-5c", "第一欄至第六欄均得更正，通知時間之事實隨之更正", () => {
  const changes = { noticedAt: ago(520), handler: named(deputy), purpose: "流感疫苗催種" }
  const around = given(inState("released")).when(propose(changes)).goesTo("released")
  const half = given(around).when(confirm(supervisor)).goesTo("released")
  const { entry, delivery } = given(half).when(confirm(itHandler)).goesTo("released")
  expect(entry?.columns).toMatchObject(changes)
  expect(delivery.announcement.happenedAt).toBe(ago(520))
  expect(delivery.handler).toBe(handler.person)
})

test.prop([fc.record({ records: fc.nat(9), purpose: fc.constantFrom("甲", "乙") }), fc.boolean()])(
  "exactly what differs is said to be corrected, whoever wrote the row",
  (changes, isOther) => {
    const { entry } = inState("released")
    if (entry === null) throw new Error("released has an entry")
    const by = { ...(isOther ? deputy : handler) }
    const after = structuredClone({ ...entry.columns, ...changes, handler: named(by) })
    const expected = ["records", "purpose", ...(isOther ? ["handler"] : [])]
    expect(columnsChanged(entry.columns, after)).toEqual(expected)
    expect(columnsChanged(after, structuredClone(after))).toEqual([])
  },
)

dutyTest("5-5c", "更正後之通知時間須在下載之前；無變更者不予更正", () => {
  const released = given(inState("released"))
  released.when(propose({ noticedAt: ago(200) })).refuses("EVENT_OUT_OF_ORDER")
  released.when(propose({ noticedAt: ago(-9) })).refuses("EVENT_IN_FUTURE", "EVENT_OUT_OF_ORDER")
  released.when(propose({})).refuses("CORRECTION_CHANGES_NOTHING")
  released.when(propose({ purpose: " " })).refuses("REGISTER_COLUMN_MISSING")
})

dutyTest("5-5c", "更正之承辦人須為本單位承辦人，且不得為核章之人", () => {
  const released = given(inState("released"))
  released.when(propose({ handler: named(deputy), isOfUnit: false })).refuses("REGISTER_HANDLER_WRONG")
  for (const stamper of [itHandler, supervisor])
    released.when(propose({ handler: named(stamper) })).refuses("REGISTER_HANDLER_WRONG")
})

dutyTest("5-5c", "更正由承辦人或其代理人提出，核章之人不得提出", () => {
  given(inState("released"))
    .when(propose({ records: 101 }, deputy))
    .goesTo("released")
  for (const by of [itHandler, supervisor, specialist])
    given(inState("released"))
      .when(propose({ records: 101 }, by))
      .refuses("NOT_PERMITTED")
})

describe("a stamper who has left does not hold a correction up", () => {
  dutyTest("6-2b", "資訊室核章人離任，由另一資訊室承辦人代為確認並註明", () => {
    given(proposed()).when(confirm(otherIt)).refuses("NOT_PERMITTED")
    const around = without(proposed(), itHandler)
    given(around).when(confirm(itHandler)).refuses("NOT_PERMITTED")
    const { entry } = given(around).when(confirm(otherIt)).goesTo("released")
    expect(entry?.correction?.confirmations).toMatchObject([
      { place: "it", person: otherIt.person, inPlaceOf: itHandler.name },
    ])
  })

  dutyTest("6-2c", "權責核章人離任，由另一依法得核章之權責人員代為確認並註明", () => {
    given(proposed()).when(confirm(director)).refuses("NOT_PERMITTED")
    const around = without(proposed(), supervisor)
    const { entry } = given(around).when(confirm(director)).goesTo("released")
    expect(entry?.correction?.confirmations).toMatchObject([
      { place: "responsible", person: director.person, inPlaceOf: supervisor.name },
    ])
  })

  const people = fc.constantFrom(...EVERYBODY)
  const deputies = fc.subarray([...EVERYBODY], { maxLength: 3 })
  test.prop([people, people, people, deputies, fc.boolean(), fc.boolean()], { numRuns: 3000 })(
    "whoever confirms, the handler and the two who confirm are three natural persons",
    (by, first, second, standIns, itLeft, supervisorLeft) => {
      const start = inState("released")
      const at = { ...start, office: { ...start.office, handlerDeputies: standIns.map(named) } }
      const proposal = propose({ records: 101 }, by)(at)
      if (!proposal.ok) return
      const levels = [[head(supervisor, ...standIns)], [head(director)]]
      const office = { ...at.office, levels }
      let around: Around = { ...at, office, entry: proposal.next.entry ?? null }
      if (itLeft) around = without(around, itHandler)
      if (supervisorLeft) around = without(around, supervisor)
      const one = confirm(first)(around)
      if (!one.ok) return
      const two = confirm(second)({ ...around, entry: one.next.entry ?? null })
      if (!two.ok) return
      const names = new Set([handler.person, by.person, first.person, second.person])
      expect(names.size).toBe(by === handler ? 3 : 4)
    },
  )
})

describe("nobody confirms or rejects a correction of their own", () => {
  dutyTest("5-5c", "提出更正之代理人嗣後成為權責人員，亦不得確認或退回", () => {
    const around = proposed(deputy)
    const promoted = {
      ...around,
      office: { ...around.office, levels: [[head(deputy)]], handlerDeputies: [] },
    }
    expect(confirmingPlace(deputy.person, promoted)?.place).toBe("responsible")
    given(promoted).when(confirm(deputy)).refuses("CORRECTION_IS_OWN")
    given(promoted)
      .when(act(decideRejectCorrection, deputy, { reason: "撤銷" }))
      .refuses("CORRECTION_IS_OWN")
  })
})

dutyTest("5-5c", "更正得由提出人撤回或由核章人敘明理由退回，登記內容不變", () => {
  const withdraw = (by: Member) => act(decideWithdrawCorrection, by, {})
  const reject = (by: Member, reason: string) => act(decideRejectCorrection, by, { reason })
  const unchanged = proposed().entry?.columns
  expect(given(proposed()).when(withdraw(handler)).goesTo("released").entry).toMatchObject({
    columns: unchanged,
    correction: null,
    corrections: [],
  })
  given(proposed()).when(withdraw(deputy)).refuses("CORRECTION_BY_ANOTHER")
  given(proposed()).when(withdraw(itHandler)).refuses("NOT_PERMITTED")
  given(proposed()).when(reject(itHandler, " ")).refuses("CORRECTION_NEEDS_REASON")
  const rejected = given(proposed()).when(reject(supervisor, "原筆數無誤")).goesTo("released")
  expect(rejected.entry).toMatchObject({ columns: unchanged, correction: null, corrections: [] })
  given(rejected).when(propose()).goesTo("released")
})
