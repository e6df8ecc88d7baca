import { holds, type Actor, type PersonActor } from "../../../kernel/actor.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Delivery, NamedPerson, Project } from "../model.ts"
import type { Confirmation, ConfirmedPlace, RegisterEntry } from "../register.ts"

/** A head of a unit, and who stands in for them now. */
export interface Head extends NamedPerson {
  readonly deputies: readonly NamedPerson[]
}

/** Who holds which desk around a delivery at this moment. */
export interface Office {
  readonly handler: NamedPerson
  /** 職務代理人 of the handler, now. */
  readonly handlerDeputies: readonly NamedPerson[]
  /** Everybody who is 資訊室承辦人 now. */
  readonly itHandlers: readonly PersonId[]
  /** Heads of the unit, then of the unit above it, and so on to the agency's. */
  readonly levels: readonly (readonly Head[])[]
}

export type NoticeStanding = "none" | "waiting" | "given"

/** A written notice, as far as 6-1 asks. */
export interface Given {
  readonly duty: string
  readonly state: string
  /** Taken by a mail server or handed over on paper. */
  readonly stands: boolean
  readonly recordedAt: string
}

/** 6-1c: a notice tells of the file that was there when it was recorded, not of one fetched in its place later. */
export function tellsOfFile({ recordedAt }: Pick<Given, "recordedAt">, delivery: Delivery): boolean {
  return "fetched" in delivery && recordedAt >= delivery.fetched.fetchedAt
}

/** How 6-1 stands with the notices there are. */
export function standingsOf(notices: readonly Given[], delivery: Delivery): Standing["notices"] {
  const ofDuty = (duty: string) => notices.filter((notice) => notice.duty === duty)
  return {
    toIt: standingOf(ofDuty("6-1a")),
    toHandler: standingOf(ofDuty("6-1c").filter((notice) => tellsOfFile(notice, delivery))),
  }
}

function standingOf(given: readonly Given[]): NoticeStanding {
  if (given.some((notice) => notice.stands)) return "given"
  return given.some((notice) => notice.state === "queued") ? "waiting" : "none"
}

/** How a delivery stands, and who sits around it. */
export interface Standing {
  readonly delivery: Delivery
  /** The standing row of the register, if there is one. */
  readonly entry: RegisterEntry | null
  readonly office: Office
  readonly notices: { readonly toIt: NoticeStanding; readonly toHandler: NoticeStanding }
}

/** Everything a decision about one delivery may look at. */
export interface Around extends Standing {
  readonly project: Project
  readonly linkage: { readonly mode: "online" | "file" | "media"; readonly state: string }
  /** The acting person as paper names them. */
  readonly me: NamedPerson | null
}

/** `stamper`: whose confirmation a 更正 waits for. */
export type Desk = "handler" | "supervisor" | "it-handler" | "stamper"

/** The desks this person sits at for this delivery; whoever holds no post any more sits at none. */
export function desksOf(actor: Actor, around: Standing): readonly Desk[] {
  if (actor.kind !== "person" || actor.posts.length === 0) return []
  const desks: Desk[] = []
  if (sitsAsHandler(actor, around)) desks.push("handler")
  if (isSupervisor(actor, around.delivery.unit, around)) desks.push("supervisor")
  if (holds(actor, "it-handler") && !isHandlersSide(actor.person, around)) desks.push("it-handler")
  if (confirmingPlace(actor.person, around) !== null) desks.push("stamper")
  return desks
}

/** 5-4: who has left the unit handles nothing of it any more, whatever posts they hold elsewhere. */
function sitsAsHandler({ person, posts }: PersonActor, around: Standing): boolean {
  if (!isHandlerOrDeputy(person, around)) return false
  const servesHere = posts.some(({ unit }) => unit === around.delivery.unit)
  return servesHere || around.office.handlerDeputies.some((deputy) => deputy.person === person)
}

/** The handler, or who stands in for them and has not carried or stamped this very file for another office. */
export function isHandlerOrDeputy(person: PersonId, around: Standing): boolean {
  if (person === around.delivery.handler || person === around.entry?.columns.handler.person) return true
  const standsIn = around.office.handlerDeputies.some((deputy) => deputy.person === person)
  return standsIn && !carriersAndStampers(around).has(person)
}

/** Whoever handles, wrote, received or stamped this delivery for its unit carries and stamps nothing of it for 資訊室, whatever posts they hold. */
export function isHandlersSide(person: PersonId, around: Standing): boolean {
  const { delivery, entry } = around
  const received = "handing" in delivery && delivery.handing.releasedTo === person
  const announced = delivery.announcement.recordedBy === person
  const stampedAsHead = entry?.stamps.responsible?.person === person
  return (
    handlersBefore(delivery).includes(person) ||
    received ||
    announced ||
    stampedAsHead ||
    writersOf(entry).includes(person) ||
    isHandlerOrDeputy(person, around)
  )
}

/** Who handled it before it was handed over. */
export function handlersBefore({ handedOver = [] }: Delivery): readonly PersonId[] {
  return handedOver.map(({ from }) => from)
}

/** Who acted as the handler on paper: named in column 5, or having filled or revised the form for them. */
export function writersOf(entry: RegisterEntry | null): readonly PersonId[] {
  return entry === null ? [] : [entry.columns.handler.person, ...(entry.writers ?? [])]
}

export function carriersAndStampers({ delivery, entry }: Standing): ReadonlySet<PersonId | undefined> {
  return new Set([
    "fetched" in delivery ? delivery.fetched.fetchedBy : undefined,
    entry?.columns.itHandler.person,
    entry?.stamps.it?.person,
    entry?.stamps.responsible?.person,
    ...confirmationsOf(entry).map(({ person }) => person),
  ])
}

function isSupervisor(actor: Actor, unit: UnitId, around: Standing): boolean {
  if (actor.kind !== "person") return false
  if (holds(actor, "supervisor", unit) || holds(actor, "center-head", unit)) return true
  // A deputy who may not stamp sits at the desk all the same, to be told who may.
  const standIns = (around.office.levels[0] ?? []).flatMap((head) => head.deputies)
  return [...standIns, ...lawfulResponsible(around)].some(({ person }) => person === actor.person)
}

export interface LawfulStamper extends NamedPerson {
  /** Whose stamp it stands for, if by 代理. */
  readonly onBehalfOf: string | null
}

/**
 * Who may stamp as 權責人員: the unit's heads and whoever stands in for them, never the handler, who wrote
 * the form, received or compared the file for the handler, or the IT handler. Where 代理 would merge two of the three, the heads of the next unit upward join. Who is there comes first.
 */
export function lawfulResponsible({ delivery, entry, office }: Standing): readonly LawfulStamper[] {
  const others = new Set([
    delivery.handler,
    ...handlersBefore(delivery),
    ...writersOf(entry),
    entry?.columns.itHandler.person,
    entry?.stamps.it?.person,
    "fetched" in delivery ? delivery.fetched.fetchedBy : undefined,
    "handing" in delivery ? delivery.handing.releasedBy : undefined,
    "handing" in delivery ? delivery.handing.releasedTo : undefined,
    "comparison" in delivery ? delivery.comparison.recordedBy : undefined,
  ])
  const lawful: LawfulStamper[] = []
  for (const level of office.levels) {
    const free = level.flatMap(stampersOf).filter((stamper) => !others.has(stamper.person))
    lawful.push(...free)
    const somebodyIsPresent = level.some((head) => head.deputies.length === 0 && !others.has(head.person))
    if (somebodyIsPresent || free.some((stamper) => stamper.onBehalfOf !== null)) break
  }
  return lawful.toSorted((a, b) => Number(isAway(a, office)) - Number(isAway(b, office)))
}

/** Somebody stands in for them: they may still stamp, but nobody should wait for it. */
function isAway({ person, onBehalfOf }: LawfulStamper, { levels }: Office): boolean {
  const head = levels.flat().find((one) => one.person === person)
  return onBehalfOf === null && head !== undefined && head.deputies.length > 0
}

function stampersOf({ deputies, ...head }: Head): LawfulStamper[] {
  return [{ ...head, onBehalfOf: null }, ...deputies.map((deputy) => ({ ...deputy, onBehalfOf: head.name }))]
}

export interface ConfirmingPlace {
  readonly place: ConfirmedPlace
  /** The stamper who sits at the desk no more, and for whom another lawful person confirms. */
  readonly inPlaceOf: string | null
}

/**
 * Which of the two stamps this person answers for when a row is corrected: their own; or, once its stamper has left
 * the desk, another 資訊室承辦人's or another lawful 權責人員's. The three natural persons stay three.
 */
export function confirmingPlace(person: PersonId, around: Standing): ConfirmingPlace | null {
  const { entry } = around
  for (const place of ["it", "responsible"] as const) {
    const stamp = entry?.stamps[place]
    if (stamp === undefined) continue
    const isStillThere = sitsAtPlace(stamp.person, place, around.office)
    if (stamp.person === person && isStillThere) return { place, inPlaceOf: null }
    if (!isStillThere && mayConfirmInstead(person, place, around)) return { place, inPlaceOf: stamp.name }
  }
  return null
}

function sitsAtPlace(person: PersonId, place: ConfirmedPlace, office: Office): boolean {
  if (place === "it") return office.itHandlers.includes(person)
  return office.levels.flat().some((head) => [head, ...head.deputies].some((one) => one.person === person))
}

function mayConfirmInstead(person: PersonId, place: ConfirmedPlace, around: Standing): boolean {
  const { delivery, entry, office } = around
  const theirs = place === "it" ? "responsible" : "it"
  const others = [
    delivery.handler,
    ...handlersBefore(delivery),
    ...writersOf(entry),
    entry?.correction?.columns.handler.person,
    "handing" in delivery ? delivery.handing.releasedTo : undefined,
    "comparison" in delivery ? delivery.comparison.recordedBy : undefined,
    entry?.stamps[theirs]?.person,
    ...(entry?.correction?.confirmations ?? [])
      .filter((confirmation) => confirmation.place === theirs)
      .map((confirmation) => confirmation.person),
  ]
  if (others.includes(person)) return false
  if (place === "it") return office.itHandlers.includes(person)
  return lawfulResponsible(around).some((stamper) => stamper.person === person)
}

function confirmationsOf(entry: RegisterEntry | null): readonly Confirmation[] {
  if (entry === null) return []
  return [entry.correction, ...entry.corrections].flatMap((correction) => correction?.confirmations ?? [])
}
