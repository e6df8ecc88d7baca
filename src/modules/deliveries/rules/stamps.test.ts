import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import {
  act,
  actorOf,
  BOTH_STAMPS,
  deputy,
  director,
  fetched,
  EVERYBODY,
  given,
  handler,
  head,
  inState,
  itHandler,
  named,
  NOW,
  otherIt,
  registered,
  specialist,
  stampBy,
  supervisor,
  TODAY,
  UNIT,
  FILLED,
  type Act,
  type Member,
} from "../../../../tests/support/deliveries.ts"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { EntryId, FileId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { DeliveryState, Fetched } from "../model.ts"
import type { Columns } from "../register.ts"
import { lawfulResponsible, type Around } from "./office.ts"
import { decideFillRegister, decideReviseRegister, stampedDigest } from "./register.ts"
import { decideStampRegister, type StampOrder, type StampRegister } from "./stamps.ts"
import { decideRelease } from "./use.ts"

const NUMBERED = { id: "entry-2" as EntryId, rocYear: 115, serial: 8, number: "115-疾-0008" }

function stamp(
  by: Member,
  place: "it" | "responsible",
  changes: Partial<StampRegister> = {},
  stampOrder: StampOrder = "either",
): Act {
  return (around) => {
    const input = { stamp: "stamp-9", place, notedOn: TODAY, digest: around.entry?.digest ?? "", ...changes }
    const deciding = { actor: actorOf(by), now: NOW, stampOrder }
    return decideStampRegister({ ...around, me: named(by) }, input, deciding)
  }
}

dutyTest("6-2a", "業務單位承辦人填具附表後始得核章", () => {
  given(inState("downloaded")).when(stamp(itHandler, "it")).refuses("REGISTER_NOT_FILLED")
  given(inState("downloaded")).when(stamp(supervisor, "responsible")).refuses("REGISTER_NOT_FILLED")
})

dutyTest("6-2b", "資訊室承辦人核章，且為附表所載之承辦人", () => {
  const after = given(registered()).when(stamp(itHandler, "it")).goesTo("registered")
  expect(after.entry?.stamps.it).toMatchObject({ ...named(itHandler), digest: after.entry?.digest })
  given(registered()).when(stamp(otherIt, "it")).refuses("IT_STAMP_BY_IT_HANDLER")
  given(registered()).when(stamp(supervisor, "it")).refuses("IT_STAMP_BY_IT_HANDLER")
})

dutyTest("6-2c", "權責人員核章並註記日期", () => {
  const after = given(registered()).when(stamp(supervisor, "responsible")).goesTo("registered")
  expect(after.entry?.stamps.responsible).toMatchObject({ notedOn: TODAY, onBehalfOf: null, stampedAt: NOW })
  for (const notedOn of ["2026-11-23", "2026-11-25"] as CivilDate[])
    given(registered())
      .when(stamp(supervisor, "responsible", { notedOn }))
      .refuses("STAMP_DATE_WRONG")
})

dutyTest("6-2c", "主管不在時由代理人核章，註記代理何人", () => {
  const office = { ...registered().office, levels: [[head(supervisor, specialist)], [head(director)]] }
  const after = given(registered({}, { office })).when(stamp(specialist, "responsible")).goesTo("registered")
  const { person, name } = specialist
  expect(after.entry?.stamps.responsible).toMatchObject({ person, name, onBehalfOf: supervisor.name })
  given(registered()).when(stamp(specialist, "responsible")).refuses("STAMP_BY_RESPONSIBLE_OFFICER")
})

dutyTest("6-2d", "兩職章齊備始得提供：任一組合缺一不可", () => {
  const { it, responsible } = BOTH_STAMPS
  if (it === undefined || responsible === undefined) throw new Error("both stamps")
  const release = act(decideRelease, itHandler, { to: handler.person })
  for (const stamps of [{}, { it }, { responsible }])
    given(registered(stamps)).when(release).refuses("STAMPS_MISSING")
  given(registered(BOTH_STAMPS)).when(release).goesTo("released")
})

dutyTest("6-2d", "核章內容與所見不符者不得核章，已核章者不得重複", () => {
  given(registered())
    .when(stamp(itHandler, "it", { digest: "0".repeat(64) }))
    .refuses("STAMPED_CONTENT_CHANGED")
  given(registered({ it: stampBy(itHandler, "it") }))
    .when(stamp(itHandler, "it"))
    .refuses("STAMP_EXISTS")
})

dutyTest("6-2d", "核章後附表內容變更，兩職章均失效", () => {
  const input = { ...FILLED, records: 101, itHandler: named(itHandler), isOfItOffice: true }
  const after = given(registered(BOTH_STAMPS))
    .when(act(decideReviseRegister, handler, input))
    .goesTo("registered")
  expect(after.entry?.stamps).toEqual({})
  expect(after.entry?.digest).not.toBe(registered().entry?.digest)
})

describe("the order of the stamps (A-28)", () => {
  test.each([
    ["it-first", "responsible", supervisor, "資訊室承辦人"],
    ["responsible-first", "it", itHandler, "權責人員"],
  ] as const)("%s is asked by the pack", (order, early, by, first) => {
    const refusal = given(registered())
      .when(stamp(by, early, {}, order))
      .refuses("STAMP_ORDER")
    expect(refusal.detail).toEqual({ first })
    const earlier = early === "it" ? "responsible" : "it"
    const stamps = { [earlier]: BOTH_STAMPS[earlier] }
    given(registered(stamps))
      .when(stamp(by, early, {}, order))
      .goesTo("registered")
  })
})

describe("the digest that the stamps are bound to", () => {
  const { delivery, entry } = inState("released")
  if (entry === null || !("fetched" in delivery)) throw new Error("released has both")
  const { number, columns, digest } = entry
  const { fetched } = delivery
  const changed: readonly (readonly [string, Columns, Fetched])[] = [
    ...(Object.keys(columns) as (keyof Columns)[]).map((column) => {
      const value = columns[column]
      const next = typeof value === "number" ? value + 1 : typeof value === "string" ? `${value} ` : null
      const person = { ...named(supervisor) }
      return [column, { ...columns, [column]: next ?? person }, fetched] as const
    }),
    ["file", columns, { ...fetched, file: { ...fetched.file, sha256: "cd".repeat(32) } }],
    ["size", columns, { ...fetched, file: { ...fetched.file, bytes: 4097 } }],
    ["count", columns, { ...fetched, count: { ...fetched.count, records: 99 } as Fetched["count"] }],
    ["no count", columns, { ...fetched, count: { counted: false, problem: { code: "ARCHIVE_LOCKED" } } }],
  ]

  test.each(changed)("changes with %s", (_, nextColumns, nextFetched) => {
    expect(stampedDigest(number, nextColumns, nextFetched)).not.toBe(digest)
  })

  test.prop([fc.constantFrom("purpose", "legalDocument", "obtainedBy"), fc.string(), fc.string()])(
    "is the same for the same text only",
    (column, one, other) => {
      const of = (text: string) => stampedDigest(number, { ...columns, [column]: text }, fetched)
      expect(of(one) === of(other)).toBe(one === other)
    },
  )

  test("does not see where or by whom the file was fetched", () => {
    expect(stampedDigest(number, columns, { ...fetched, via: "sftp", fetchedBy: otherIt.person })).toBe(
      digest,
    )
  })
})

/** Everybody may try everything: posts of every kind, so that only the three persons hold them back. */
const MIGHTY: readonly Member[] = EVERYBODY.map((member) => ({
  ...member,
  posts: (["handler", "supervisor", "it-handler"] as const).map((role) => ({ role, unit: UNIT })),
}))
const anybody = fc.constantFrom(...MIGHTY)
const heads = fc
  .tuple(anybody, fc.array(anybody, { maxLength: 2 }))
  .map(([of, deputies]) => head(of, ...deputies))
const offices = fc.record({
  handler: anybody,
  itHandler: anybody,
  levels: fc.array(fc.array(heads, { maxLength: 2 }), { maxLength: 3 }),
})
const tries = fc.array(fc.tuple(anybody, fc.constantFrom("it" as const, "responsible" as const)), {
  minLength: 4,
  maxLength: 30,
})

function officeOf({
  handler,
  itHandler,
  levels,
}: typeof offices extends fc.Arbitrary<infer T> ? T : never): Around {
  const { delivery, entry, office, ...rest } = registered()
  if (delivery.state !== "registered" || entry === null) throw new Error("registered")
  const columns = { ...entry.columns, handler: named(handler), itHandler: named(itHandler) }
  return {
    ...rest,
    delivery: { ...delivery, handler: handler.person },
    entry: { ...entry, columns, digest: stampedDigest(entry.number, columns, delivery.fetched) },
    office: { ...office, handler: named(handler), levels },
  }
}

describe("three natural persons", () => {
  test.prop([offices, tries], { numRuns: 500 })(
    "never does one person hold two of the three, whoever tries in whatever order",
    (office, attempts) => {
      let around = officeOf(office)
      for (const [by, place] of attempts) {
        const decision = stamp(by, place)(around)
        if (decision.ok) around = { ...around, entry: decision.next.entry ?? around.entry }
        const { it, responsible } = around.entry?.stamps ?? {}
        const held = [around.delivery.handler, it?.person, responsible?.person].filter((p) => p !== undefined)
        expect(new Set(held).size).toBe(held.length)
      }
    },
  )

  test.prop([offices])("nobody lawful as 權責人員 is the handler or the IT handler", (office) => {
    for (const { person } of lawfulResponsible(officeOf(office)))
      expect([office.handler.person, office.itHandler.person]).not.toContain(person)
  })

  dutyTest("6-2c", "承辦人即主管時，由上級單位主管核章，拒絕時指名", () => {
    const around = officeOf({
      handler: supervisor,
      itHandler,
      levels: [[head(supervisor)], [head(director)]],
    })
    const refusal = given(around).when(stamp(supervisor, "responsible")).refuses("THREE_PERSONS")
    expect(refusal.detail).toEqual({ next: "衛生局局長李局長" })
    given(around).when(stamp(director, "responsible")).goesTo("registered")
  })

  dutyTest("6-2c", "主管由承辦人或資訊室承辦人代理時，往上一級", () => {
    for (const merged of [handler, itHandler]) {
      const levels = [[head(supervisor, merged)], [head(director)]]
      const around = officeOf({ handler, itHandler, levels })
      expect(lawfulResponsible(around).map(({ person }) => person)).toContain(director.person)
      const decision = stamp(merged, "responsible")(around)
      expect(decision.ok).toBe(false)
      given(around).when(stamp(director, "responsible")).goesTo("registered")
    }
  })

  dutyTest("6-2b", "承辦人兼資訊室承辦人時，不得核資訊室之章", () => {
    const around = officeOf({ handler: itHandler, itHandler, levels: [[head(supervisor)]] })
    const refusal = given(around).when(stamp(itHandler, "it")).refuses("THREE_PERSONS")
    expect(refusal.detail).toEqual({ next: "資訊室其他承辦人" })
  })

  test("without anybody lawful the stamp waits for the unit above", () => {
    const around = officeOf({ handler: supervisor, itHandler, levels: [[head(supervisor)]] })
    const refusal = given(around).when(stamp(supervisor, "responsible")).refuses("THREE_PERSONS")
    expect(refusal.detail).toEqual({ next: "上級單位主管" })
  })
})

test.each(["released", "compared", "in-use"] as readonly DeliveryState[])("no stamp lands on %s", (state) => {
  given(inState(state)).when(stamp(itHandler, "it")).refuses("ALREADY_RELEASED")
})

test("代理填具登記表者，不得於同一登記表核章", () => {
  const around = inState("downloaded")
  const office = {
    ...around.office,
    handlerDeputies: [named(supervisor)],
    levels: [[head(supervisor)], [head(director)]],
  }
  const filled = given({ ...around, office })
    .when(
      act(decideFillRegister, supervisor, { ...FILLED, entry: { ...NUMBERED, itHandler: named(itHandler) } }),
    )
    .goesTo("registered")
  expect(given(filled).when(stamp(supervisor, "responsible")).refuses("THREE_PERSONS").detail).toEqual({
    next: "衛生局局長李局長",
  })
  given(filled).when(stamp(director, "responsible")).goesTo("registered")
})

test("一人兼任承辦人及資訊室承辦人者，不得為自己之案件下載、核章或提供", () => {
  const both: Member = { ...handler, posts: [...handler.posts, ...itHandler.posts] }
  const file = { id: "file-2" as FileId, name: "a.csv", sha256: "ef".repeat(32), bytes: 9 }
  const count = { counted: true, records: 1, undecodable: 0, unknownCodes: [] } as const
  const fetch = act(fetched, both, { file, count, via: "upload" })
  expect(given(inState("download-requested")).when(fetch).refuses("THREE_PERSONS").detail).toEqual({
    next: "資訊室其他承辦人",
  })
  given(registered(BOTH_STAMPS))
    .when(act(decideRelease, both, { to: handler.person }))
    .refuses("THREE_PERSONS")
  const asDeputy: Member = { ...deputy, posts: [...deputy.posts, ...itHandler.posts] }
  given(inState("download-requested"))
    .when(act(fetched, asDeputy, { file, count, via: "upload" }))
    .refuses("THREE_PERSONS")
})

test("下載檔案者不得以權責人員核章，核章之主管不得為資訊室提供，第七欄不得為承辦人自己", () => {
  const both: Member = { ...supervisor, posts: [...supervisor.posts, ...itHandler.posts] }
  const around = registered()
  if (!("fetched" in around.delivery)) throw new Error("registered has a file")
  const delivery = {
    ...around.delivery,
    fetched: { ...around.delivery.fetched, fetchedBy: supervisor.person },
  }
  given({ ...around, delivery })
    .when(stamp(supervisor, "responsible"))
    .refuses("THREE_PERSONS")
  given(registered(BOTH_STAMPS))
    .when(act(decideRelease, both, { to: handler.person }))
    .refuses("THREE_PERSONS")
  given(registered())
    .when(act(decideReviseRegister, handler, { ...FILLED, itHandler: named(handler), isOfItOffice: true }))
    .refuses("THREE_PERSONS")
})
