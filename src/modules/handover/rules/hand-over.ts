import type { Actor } from "../../../kernel/actor.ts"
import { holds } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { taipeiDate } from "../../../kernel/time.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { OFFICE_NAMES, type ChangeKind, type Item, type OwedNotice, type PersonnelChange } from "../model.ts"
import { changeFact, isRetroactive } from "./record.ts"

export interface Deciding {
  readonly actor: Actor
  readonly now: Instant
  readonly pack: PolicyPack
}

/** How far one office has been told. */
export type NoticeStanding = "owed" | "waiting" | "given"

/** Everything a decision about one change may look at. */
export interface Around {
  readonly change: PersonnelChange
  /** Who answers for the unit that is left: its heads and who stands in for them, else those above. */
  readonly answerable: readonly PersonId[]
  readonly standing: (notice: OwedNotice) => NoticeStanding
}

export function isAnswerable(actor: Actor, { answerable }: Pick<Around, "answerable">): boolean {
  return actor.kind === "person" && answerable.includes(actor.person)
}

/** the regulation names nobody; the head of the unit that is left answers. */
export const unitHeadAnswers = rule("internal", (actor: Actor, around: Pick<Around, "answerable">) =>
  isAnswerable(actor, around) ? null : refuse("CHANGE_BY_UNIT_HEAD"),
)

export const headOrAdministratorStates = rule(
  "internal",
  (actor: Actor, around: Pick<Around, "answerable">) =>
    isAnswerable(actor, around) || holds(actor, "administrator") ? null : refuse("CHANGE_BY_UNIT_HEAD"),
)

export const changeIsOpen = rule("internal", ({ state }: PersonnelChange) =>
  state === "closed" ? refuse("CHANGE_CLOSED") : null,
)

/** What is handed over is known only when the rights have ended. */
export const changeIsInForce = rule("5-4b", ({ state }: PersonnelChange) =>
  state === "ordered" ? refuse("CHANGE_NOT_IN_FORCE") : null,
)

export const kindIsOfThePack = rule("5-4a", (kind: ChangeKind, pack: PolicyPack) =>
  pack.movers.kinds.value.includes(kind) ? null : refuse("CHANGE_KIND_UNKNOWN"),
)

export const successorIsAnother = rule("internal", (successor: PersonId | null, person: PersonId) =>
  successor === person ? refuse("SUCCESSOR_IS_THE_SAME") : null,
)

export const datesAreInOrder = rule(
  "internal",
  (
    { effectiveOn, receivedOn, at }: Pick<PersonnelChange, "effectiveOn" | "receivedOn" | "at">,
    now: Instant,
  ) =>
    effectiveOn > taipeiDate(at) || (receivedOn !== null && receivedOn > taipeiDate(now))
      ? refuse("ORDER_DATES_WRONG")
      : null,
)

export interface Particulars {
  readonly kind: ChangeKind
  readonly effectiveOn: CivilDate
  readonly receivedOn: CivilDate | null
  readonly successor: PersonId | null
}

/** The order's particulars where the change came without one, or another successor. */
export function decideComplete(
  around: Around,
  { kind, effectiveOn, receivedOn, successor }: Particulars,
  { actor, now, pack }: Deciding,
): Decision<PersonnelChange> {
  const { change } = around
  // Days on which deadlines rest stand once the order was stated.
  const days = change.completedAt === null ? { effectiveOn, receivedOn } : datesOf(change)
  const broken = gather(
    headOrAdministratorStates(actor, around),
    changeIsOpen(change),
    kindIsOfThePack(kind, pack),
    successorIsAnother(successor, change.person),
    datesAreInOrder({ ...days, at: change.at }, now),
  )
  return decideUnless(broken, () => {
    const next: PersonnelChange = {
      ...change,
      ...{ kind, successor, ...days },
      retroactive: isRetroactive(days, change.recordedAt),
      completedAt: change.completedAt ?? now,
      completedBy: change.completedBy ?? (actor.kind === "person" ? actor.person : null),
      items: successor === change.successor ? change.items : change.items.map(reopened),
      version: change.version + 1,
    }
    const refs = successor === null ? {} : { successor }
    return accepted(
      next,
      changeFact("personnel-change-completed", next, ["5-4a", "5-4b"], { kind, ...days }, refs),
    )
  })
}

function datesOf({ effectiveOn, receivedOn }: PersonnelChange) {
  return { effectiveOn, receivedOn }
}

/** What the last successor refused is put to the next. */
function reopened(item: Item): Item {
  return item.state === "refused"
    ? { ...item, state: "open", reason: null, decidedBy: null, decidedAt: null }
    : item
}

/** Whose an item is to accept now: the successor's until refused, and always the head's. */
export function mayAccept(
  person: PersonId,
  { change, answerable }: Omit<Around, "standing">,
  item: Item,
): boolean {
  if (answerable.includes(person)) return true
  return change.successor === person && item.state !== "refused"
}

export const successorOrHeadAccepts = rule("internal", (actor: Actor, around: Around, item: Item) =>
  actor.kind === "person" && mayAccept(actor.person, around, item) ? null : refuse("ITEM_NOT_YOURS"),
)

export const itemWaits = rule("internal", (item: Item) =>
  item.state === "accepted" ? refuse("ITEM_ACCEPTED") : null,
)

export const successorRefuses = rule("internal", (actor: Actor, { successor }: PersonnelChange) =>
  actor.kind === "person" && actor.person === successor ? null : refuse("ITEM_NOT_YOURS"),
)

export const refusalHasReason = rule("internal", (reason: string) =>
  reason.trim() === "" ? refuse("ITEM_REFUSED_WITHOUT_REASON") : null,
)

export interface AroundItem extends Around {
  readonly item: Item
}

/** 點收: whoever accepts has it from then on. */
export function decideAccept(
  around: AroundItem,
  _: object,
  { actor, now }: Deciding,
): Decision<PersonnelChange> {
  const { change, item } = around
  const broken = gather(changeIsInForce(change), successorOrHeadAccepts(actor, around, item), itemWaits(item))
  return decideUnless(broken, () =>
    settled(change, item, { state: "accepted", reason: null }, { actor, now }),
  )
}

/** The successor gives it back with a reason; it stands with the head of the unit. */
export function decideRefuse(
  { change, item }: AroundItem,
  { reason }: { readonly reason: string },
  { actor, now }: Deciding,
): Decision<PersonnelChange> {
  const broken = gather(
    changeIsInForce(change),
    successorRefuses(actor, change),
    itemWaits(item),
    refusalHasReason(reason),
  )
  return decideUnless(broken, () => settled(change, item, { state: "refused", reason }, { actor, now }))
}

function settled(
  change: PersonnelChange,
  item: Item,
  outcome: Pick<Item, "state" | "reason">,
  { actor, now }: Pick<Deciding, "actor" | "now">,
): Decision<PersonnelChange> {
  if (actor.kind !== "person") throw new Error("checked by the rules: a person")
  const decided: Item = { ...item, ...outcome, decidedBy: actor.person, decidedAt: now }
  const items = change.items.map((one) => (one.id === item.id ? decided : one))
  const next = { ...change, items, version: change.version + 1 }
  const { serial, kind, holding } = item
  const payload = { serial, kind, holding, reason: outcome.reason }
  return accepted(next, changeFact(`holding-${outcome.state}`, next, ["5-4a", "5-4b"], payload))
}

export const itOfficeWasTold = rule("5-4c", (around: Around) => officeWasTold(around, "it-office"))

export const ethicsOfficeWasTold = rule("5-4d", (around: Around) => officeWasTold(around, "ethics-office"))

/** By an overlay pack only. */
export const providerWasTold = rule("internal", (around: Around) => officeWasTold(around, "provider"))

function officeWasTold({ change, standing }: Around, office: OwedNotice["office"]) {
  const owed = change.notices.filter((notice) => notice.office === office)
  if (owed.every((notice) => standing(notice) === "given")) return null
  return office === "it-office"
    ? refuse("IT_OFFICE_NOT_TOLD")
    : office === "ethics-office"
      ? refuse("ETHICS_OFFICE_NOT_TOLD")
      : refuse("OFFICE_NOT_TOLD", { office: OFFICE_NAMES[office] })
}

export const everythingIsAccepted = rule("internal", ({ items }: PersonnelChange) => {
  const waiting = items.filter((item) => item.state !== "accepted").length
  return waiting > 0 ? refuse("ITEMS_NOT_ACCEPTED", { count: waiting }) : null
})

export const particularsAreKnown = rule("internal", ({ completedAt }: PersonnelChange) =>
  completedAt === null ? refuse("CHANGE_INCOMPLETE") : null,
)

/** 結案: both offices were told, each by itself, and nothing is left with who has gone. */
export function decideClose(around: Around, _: object, { actor, now }: Deciding): Decision<PersonnelChange> {
  const { change } = around
  const broken = gather(
    unitHeadAnswers(actor, around),
    changeIsOpen(change),
    changeIsInForce(change),
    particularsAreKnown(change),
    itOfficeWasTold(around),
    ethicsOfficeWasTold(around),
    providerWasTold(around),
    everythingIsAccepted(change),
  )
  return decideUnless(broken, () => {
    const next: PersonnelChange = { ...change, state: "closed", closedAt: now, version: change.version + 1 }
    return accepted(next, changeFact("personnel-change-closed", next, ["5-4a", "5-4b", "5-4c", "5-4d"]))
  })
}

/** Which of what somebody holds goes with this change: what is of the unit left, and what no other change takes. */
export function goesWith(
  change: Pick<PersonnelChange, "unit">,
  unit: UnitId | null,
  others: { readonly servesIn: readonly UnitId[]; readonly left: readonly UnitId[] },
): boolean {
  if (unit === change.unit) return true
  return unit === null || (!others.servesIn.includes(unit) && !others.left.includes(unit))
}
