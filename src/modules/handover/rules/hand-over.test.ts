import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { dutyTest } from "../../../../tests/support/duty-test.ts"
import type { Actor, Role } from "../../../kernel/actor.ts"
import type { Decision } from "../../../kernel/decision.ts"
import type { AccountId, NoticeId, PersonId, UnitId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { packOf } from "../../../platform/packs.ts"
import {
  OFFICES,
  type ChangeId,
  type Item,
  type Office,
  type OwedNotice,
  type PersonnelChange,
} from "../model.ts"
import {
  decideAccept,
  decideClose,
  decideComplete,
  decideRefuse,
  goesWith,
  type Around,
  type NoticeStanding,
} from "./hand-over.ts"
import { decideGiveNotice, decideRecordLetter, type AroundNotice, type GivenChannel } from "./notices.ts"

const UNIT = "unit-1" as UnitId
const NOW = "2026-09-22T02:00:00.000Z" as Instant
const [LEAVER, HEAD, SUCCESSOR, STRANGER] = ["leaver", "head", "successor", "stranger"].map(
  (name) => name as PersonId,
) as [PersonId, PersonId, PersonId, PersonId]
const PACK = packOf("taipei-health")

const actor = (person: PersonId, role: Role = "handler"): Actor => {
  return { kind: "person", person, account: "a" as AccountId, name: person, posts: [{ role, unit: UNIT }] }
}
const by = (person: PersonId, role?: Role) => ({ actor: actor(person, role), now: NOW, pack: PACK })

const item: Item = {
  ...{ id: "item-1", serial: 1, kind: "delivery", holding: "delivery-1", label: "D115-0001" },
  ...{ state: "open", reason: null, decidedBy: null, decidedAt: null },
}
const CHANGE: PersonnelChange = {
  ...{ id: "change-1" as ChangeId, number: "H115-0001", person: LEAVER, unit: UNIT, kind: "transfer" },
  ...{ effectiveOn: "2026-09-20" as CivilDate, receivedOn: null, at: "2026-09-19T16:00:00.000Z" as Instant },
  ...{ retroactive: false, leaves: true, ended: [], begun: [], successor: SUCCESSOR },
  ...{ completedAt: NOW, completedBy: HEAD, state: "in-force", closedAt: null },
  notices: OFFICES.slice(0, 2).map((office) => {
    return { id: office, office, duty: office === "it-office" ? "5-4c" : "5-4d", letter: null }
  }),
  items: [item],
  recordedAt: NOW,
  version: 1,
}

function around(
  change: Partial<PersonnelChange> = {},
  told: Partial<Record<Office, NoticeStanding>> = {},
): Around {
  return {
    change: { ...CHANGE, ...change },
    answerable: [HEAD],
    standing: ({ office }) => told[office] ?? "owed",
  }
}
const codes = (decision: Decision<unknown>) => (decision.ok ? [] : decision.refusals.map(({ code }) => code))

const BOTH = { "it-office": "given", "ethics-office": "given" } as const
const ACCEPTED = [{ ...item, state: "accepted" as const }]

describe("結案", () => {
  dutyTest("5-4c", "未知會資訊室者不得結案", () => {
    const close = (told: Partial<Record<Office, NoticeStanding>>) =>
      codes(decideClose(around({ items: ACCEPTED }, told), {}, by(HEAD)))
    expect(close({ "ethics-office": "given" })).toEqual(["IT_OFFICE_NOT_TOLD"])
    expect(close({ ...BOTH, "it-office": "waiting" })).toEqual(["IT_OFFICE_NOT_TOLD"])
    expect(close(BOTH)).toEqual([])
  })

  test("政策包另定須通知提供機關者，未發文前不得結案", () => {
    const letter = { ...CHANGE.notices[0], id: "provider", office: "provider" } as OwedNotice
    const change = { items: ACCEPTED, notices: [...CHANGE.notices, letter] }
    const close = (told: Partial<Record<Office, NoticeStanding>>) =>
      codes(decideClose(around(change, told), {}, by(HEAD)))
    expect(close(BOTH)).toEqual(["OFFICE_NOT_TOLD"])
    expect(close({ ...BOTH, provider: "given" })).toEqual([])
  })

  dutyTest("5-4d", "知會資訊室不等同知會政風室", () => {
    const told = { "it-office": "given" } as const
    expect(codes(decideClose(around({ items: ACCEPTED }, told), {}, by(HEAD)))).toEqual([
      "ETHICS_OFFICE_NOT_TOLD",
    ])
  })

  test("nothing is left unaccepted, unstated, or closed by another", () => {
    expect(codes(decideClose(around({}, BOTH), {}, by(HEAD)))).toEqual(["ITEMS_NOT_ACCEPTED"])
    const unstated = around({ items: ACCEPTED, completedAt: null }, BOTH)
    expect(codes(decideClose(unstated, {}, by(HEAD)))).toEqual(["CHANGE_INCOMPLETE"])
    const all = around({ items: ACCEPTED }, BOTH)
    expect(codes(decideClose(all, {}, by(SUCCESSOR)))).toEqual(["CHANGE_BY_UNIT_HEAD"])
  })
})

describe("點收", () => {
  const withItem = (of: Partial<Item> = {}, change: Partial<PersonnelChange> = {}) => {
    const one = { ...item, ...of }
    return { ...around({ items: [one], ...change }), item: one }
  }

  dutyTest("5-4b", "生效前未列冊，不得點收", () => {
    const early = withItem({}, { state: "ordered" })
    expect(codes(decideAccept(early, {}, by(SUCCESSOR)))).toEqual(["CHANGE_NOT_IN_FORCE"])
  })

  dutyTest("5-4b", "由接任人員點收，拒絕者退由主管，異動人員本人及他人不得點收", () => {
    expect(codes(decideAccept(withItem(), {}, by(SUCCESSOR)))).toEqual([])
    expect(codes(decideAccept(withItem(), {}, by(HEAD)))).toEqual([])
    for (const other of [LEAVER, STRANGER])
      expect(codes(decideAccept(withItem(), {}, by(other)))).toEqual(["ITEM_NOT_YOURS"])
    const refused = withItem({ state: "refused", reason: "非本人業務" })
    expect(codes(decideAccept(refused, {}, by(SUCCESSOR)))).toEqual(["ITEM_NOT_YOURS"])
    expect(codes(decideAccept(refused, {}, by(HEAD)))).toEqual([])
  })

  test("only the successor refuses, with a reason, and not what was accepted", () => {
    const refuse = (person: PersonId, reason: string, of: Partial<Item> = {}) =>
      codes(decideRefuse(withItem(of), { reason }, by(person)))
    expect(refuse(SUCCESSOR, "非本人業務")).toEqual([])
    expect(refuse(SUCCESSOR, " ")).toEqual(["ITEM_REFUSED_WITHOUT_REASON"])
    expect(refuse(HEAD, "非本人業務")).toEqual(["ITEM_NOT_YOURS"])
    expect(refuse(SUCCESSOR, "非本人業務", { state: "accepted" })).toEqual(["ITEM_ACCEPTED"])
  })

  test("another successor is asked anew for what was refused", () => {
    const refused = { ...item, state: "refused" as const, reason: "非本人業務" }
    const order = { kind: "transfer", effectiveOn: CHANGE.effectiveOn, receivedOn: null } as const
    const decided = decideComplete(around({ items: [refused] }), { ...order, successor: STRANGER }, by(HEAD))
    expect(decided.ok && decided.next.items.map(({ state }) => state)).toEqual(["open"])
  })

  test("who succeeds is another, and the days of an order once stated stand", () => {
    const order = { kind: "transfer", effectiveOn: "2026-09-01" as CivilDate, receivedOn: null } as const
    expect(codes(decideComplete(around(), { ...order, successor: LEAVER }, by(HEAD)))).toEqual([
      "SUCCESSOR_IS_THE_SAME",
    ])
    const again = decideComplete(around(), { ...order, successor: null }, by(HEAD))
    expect(again.ok && again.next.effectiveOn).toBe("2026-09-20")
    const first = decideComplete(around({ completedAt: null }), { ...order, successor: null }, by(HEAD))
    expect(first.ok && [first.next.effectiveOn, first.next.retroactive]).toEqual(["2026-09-01", true])
  })

  test("派令日期不得晚於權限終止之日，到達日不得在將來；已結案者不得再為變更", () => {
    const order = { kind: "transfer", receivedOn: null, successor: null } as const
    const complete = (change: Partial<PersonnelChange>, dates: object, person = HEAD, role?: Role) =>
      codes(
        decideComplete(
          around({ completedAt: null, ...change }),
          { ...order, effectiveOn: "2026-09-20" as CivilDate, ...dates },
          by(person, role),
        ),
      )
    expect(complete({}, { receivedOn: "2026-09-22" })).toEqual([])
    expect(complete({}, { effectiveOn: "2026-09-21" })).toEqual(["ORDER_DATES_WRONG"])
    expect(complete({}, { receivedOn: "2026-09-23" })).toEqual(["ORDER_DATES_WRONG"])
    expect(complete({ state: "closed" }, {})).toEqual(["CHANGE_CLOSED"])
    const kinds = { ...PACK.movers.kinds, value: ["resignation" as const] }
    const narrow = { ...by(HEAD), pack: { ...PACK, movers: { ...PACK.movers, kinds } } }
    const stated = { ...order, effectiveOn: "2026-09-20" as CivilDate }
    expect(codes(decideComplete(around(), stated, narrow))).toEqual(["CHANGE_KIND_UNKNOWN"])
    expect(complete({}, {}, STRANGER)).toEqual(["CHANGE_BY_UNIT_HEAD"])
    expect(complete({}, {}, STRANGER, "administrator")).toEqual([])
  })

  test.prop([fc.constantFrom(UNIT, "unit-2" as UnitId, "unit-3" as UnitId, null), fc.boolean()])(
    "everything goes with some change unless the person still serves there",
    (unit, serves) => {
      const servesIn = serves ? ["unit-2" as UnitId] : []
      const mine = goesWith({ unit: UNIT }, unit, { servesIn, left: ["unit-3" as UnitId] })
      const theirs = goesWith({ unit: "unit-3" as UnitId }, unit, { servesIn, left: [UNIT] })
      expect(mine || theirs).toBe(!(serves && unit === "unit-2"))
    },
  )
})

describe("知會", () => {
  const receiver = { person: STRANGER, name: "吳政風", title: "科員", unitName: "政風室" }
  const notice = (office: Office, changes: Partial<AroundNotice> = {}): AroundNotice => ({
    ...around(),
    notice: { id: office, office, duty: "5-4d", letter: null },
    receivers: office === "provider" ? [] : [receiver],
    scan: { keptBy: HEAD, isUsed: false },
    ...changes,
  })
  const paper = (changes: Partial<Extract<GivenChannel, { kind: "paper" }>> = {}): GivenChannel => ({
    ...{ kind: "paper", number: "第1號", date: "2026-09-22" as CivilDate, receiver: STRANGER },
    scan: "scan-1" as Extract<GivenChannel, { kind: "paper" }>["scan"],
    ...changes,
  })
  const give = (of: AroundNotice, channel: GivenChannel, person = HEAD) =>
    codes(decideGiveNotice(of, { id: "n" as NoticeId, channel, happenedAt: NOW }, by(person)))

  dutyTest("5-4d", "簽收人須為受知會單位之人員，且非發文者本人", () => {
    expect(give(notice("ethics-office"), paper())).toEqual([])
    for (const wrong of [SUCCESSOR, HEAD])
      expect(give(notice("ethics-office"), paper({ receiver: wrong }))).toEqual(["PAPER_RECEIVER_WRONG"])
  })

  dutyTest("5-4c", "由原單位主管知會，一次為限，郵件未經收受者不計", () => {
    const mail = { kind: "mail" } as const
    expect(give(notice("it-office"), mail)).toEqual([])
    expect(give(notice("it-office"), mail, SUCCESSOR)).toEqual(["CHANGE_BY_UNIT_HEAD"])
    for (const standing of ["given", "waiting"] as const)
      expect(give(notice("it-office", { standing: () => standing }), mail)).toEqual(["NOTICE_ALREADY_GIVEN"])
    expect(give(notice("it-office", { receivers: [] }), mail)).toEqual(["OFFICE_EMPTY"])
  })

  test("a scan proves one notice, and a paper is not dated ahead", () => {
    const used = notice("it-office", { scan: { keptBy: HEAD, isUsed: true } })
    expect(give(used, paper())).toEqual(["SCAN_USED"])
    const others = notice("it-office", { scan: { keptBy: STRANGER, isUsed: false } })
    expect(give(others, paper())).toEqual(["SCAN_UNKNOWN"])
    const ahead = paper({ date: "2026-09-23" as CivilDate })
    expect(give(notice("it-office"), ahead)).toEqual(["PAPER_NOTICE_IN_FUTURE"])
  })

  test("a provider is told by a letter, and nobody else is", () => {
    const letter = { number: "北市衛疾字第1號", date: "2026-09-22" as CivilDate }
    const record = (office: Office, sent = letter) => decideRecordLetter(notice(office), sent, by(HEAD))
    expect(give(notice("provider"), { kind: "mail" })).toEqual(["OFFICE_TOLD_BY_LETTER"])
    expect(codes(record("it-office"))).toEqual(["OFFICE_TOLD_BY_NOTICE"])
    expect(codes(record("provider", { ...letter, number: "" }))).toEqual(["LETTER_INCOMPLETE"])
    expect(codes(record("provider"))).toEqual([])
  })
})
