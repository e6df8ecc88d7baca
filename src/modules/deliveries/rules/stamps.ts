import { accepted, type Decision } from "../../../kernel/decision.ts"
import { taipeiDate, type CivilDate } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { NamedPerson } from "../model.ts"
import type { RegisterEntry, Stamp, StampPlace } from "../register.ts"
import { advanced, decideChange, deliveryFact, type Change, type Deciding } from "./change.ts"
import { handlersBefore, lawfulResponsible, writersOf, type Around, type LawfulStamper } from "./office.ts"
import { standing } from "./register.ts"

/** The order the pack asks for; by default either. */
export type StampOrder = "either" | "it-first" | "responsible-first"

export interface StampRegister {
  readonly stamp: string
  readonly place: "it" | "responsible"
  /** 註記日期: kept apart from the system's time. */
  readonly notedOn: CivilDate
  /** What the stamper saw; a stamp never lands on content that changed under their eyes. */
  readonly digest: string
}

interface DecidingStamps extends Deciding {
  readonly stampOrder: StampOrder
}

export const contentIsWhatWasSeen = rule("6-2d", (entry: RegisterEntry | null, digest: string) =>
  entry !== null && entry.digest !== digest ? refuse("STAMPED_CONTENT_CHANGED") : null,
)

export const stampIsDated = rule(
  "6-2c",
  (notedOn: CivilDate, entry: RegisterEntry | null, { now }: Deciding) => {
    const filledOn = entry === null ? notedOn : taipeiDate(entry.createdAt)
    return notedOn < filledOn || notedOn > taipeiDate(now) ? refuse("STAMP_DATE_WRONG") : null
  },
)

export const stampOrderIsKept = rule(
  "internal",
  (entry: RegisterEntry | null, place: StampPlace, order: StampOrder) => {
    if (order === "it-first" && place === "responsible" && entry?.stamps.it === undefined)
      return refuse("STAMP_ORDER", { first: "資訊室承辦人" })
    if (order === "responsible-first" && place === "it" && entry?.stamps.responsible === undefined)
      return refuse("STAMP_ORDER", { first: "權責人員" })
    return null
  },
)

export const itStampIsByItHandlerNamed = rule("6-2b", (around: Around, { actor }: Deciding) =>
  actor.kind === "person" && around.entry?.columns.itHandler.person === actor.person
    ? null
    : refuse("IT_STAMP_BY_IT_HANDLER"),
)

/** 承辦人, 資訊室承辦人 and 權責人員 are three natural persons; the refusal names who may stamp instead. */
export const threeNaturalPersons = rule(
  "internal",
  (around: Around, place: StampPlace, { actor }: Deciding) => {
    if (actor.kind !== "person") return refuse("NOT_PERMITTED")
    const { entry, delivery } = around
    const others = [
      delivery.handler,
      ...handlersBefore(delivery),
      ...writersOf(entry),
      ...(place === "it"
        ? [entry?.stamps.responsible?.person]
        : [
            entry?.columns.itHandler.person,
            entry?.stamps.it?.person,
            "fetched" in delivery ? delivery.fetched.fetchedBy : undefined,
          ]),
    ]
    if (!others.includes(actor.person)) return null
    return refuse("THREE_PERSONS", { next: nextLawful(around, place) })
  },
)

function nextLawful(around: Around, place: StampPlace): string {
  if (place === "it") return "資訊室其他承辦人"
  const [next] = lawfulResponsible(around)
  return next === undefined ? "上級單位主管" : `${next.unitName}${next.title}${next.name}`
}

export const responsibleOfficerIsLawful = rule("6-2c", (around: Around, { actor }: Deciding) =>
  lawfulStamper(around, actor.kind === "person" ? actor.person : "") === undefined
    ? refuse("STAMP_BY_RESPONSIBLE_OFFICER")
    : null,
)

function lawfulStamper(around: Around, person: string): LawfulStamper | undefined {
  return lawfulResponsible(around).find((stamper) => stamper.person === person)
}

/** 6-2b and 6-2c: an authenticated approval bound to the digest of columns 1–7 and the file. */
export function decideStampRegister(
  around: Around,
  input: StampRegister,
  deciding: DecidingStamps,
): Decision<Change> {
  const { place, notedOn, digest } = input
  const merged = threeNaturalPersons(around, place, deciding)
  const rules = [
    merged ??
      (place === "it"
        ? itStampIsByItHandlerNamed(around, deciding)
        : responsibleOfficerIsLawful(around, deciding)),
    contentIsWhatWasSeen(around.entry, digest),
    stampIsDated(notedOn, around.entry, deciding),
    stampOrderIsKept(around.entry, place, deciding.stampOrder),
  ]
  return decideChange(place === "it" ? "stamp-it" : "stamp-responsible", around, deciding, rules, () => {
    const entry = standing(around)
    const stamp = stampOf(around, input, deciding)
    const delivery = advanced(around.delivery)
    const next: RegisterEntry = {
      ...entry,
      stamps: { ...entry.stamps, [place]: stamp },
      version: entry.version + 1,
    }
    const duty = place === "it" ? "6-2b" : "6-2c"
    return accepted(
      { delivery, entry: next },
      deliveryFact(
        "register-stamped",
        [duty],
        delivery,
        { entryNumber: entry.number, place, digest, notedOn, onBehalfOf: stamp.onBehalfOf },
        { entry: entry.id },
      ),
    )
  })
}

function stampOf(
  around: Around,
  { stamp, place, notedOn, digest }: StampRegister,
  { actor, now }: Deciding,
): Stamp {
  if (actor.kind !== "person") throw new Error("checked by the permissions: a person")
  const lawful = place === "responsible" ? lawfulStamper(around, actor.person) : undefined
  const named = lawful ?? actingPerson(around)
  return {
    id: stamp,
    place,
    person: actor.person,
    account: actor.account,
    name: named.name,
    title: named.title,
    unitName: named.unitName,
    onBehalfOf: lawful?.onBehalfOf ?? null,
    digest,
    notedOn,
    stampedAt: now,
  }
}

function actingPerson({ me }: Around): NamedPerson {
  if (me === null) throw new Error("the acting person is loaded with every delivery")
  return me
}
