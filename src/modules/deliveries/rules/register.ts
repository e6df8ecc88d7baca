import { accepted, type Decision } from "../../../kernel/decision.ts"
import { digestOf } from "../../../kernel/digest.ts"
import type { Json } from "../../../kernel/decision.ts"
import type { EntryId } from "../../../kernel/ids.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Delivery, Fetched, NamedPerson } from "../model.ts"
import type { Columns, RegisterEntry, StampedContent, StampPlace } from "../register.ts"
import { advanced, decideChange, deliveryFact, type Change, type Deciding } from "./change.ts"
import { isHandlersSide, type Around } from "./office.ts"

/** What the handler writes; columns 1, 5 and 7 come from the facts (the README tables the fillers). */
export type FilledColumns = Pick<Columns, "records" | "purpose" | "legalDocument" | "obtainedBy">

const LABELS = {
  purpose: "使用目的",
  legalDocument: "依據公文文號",
  obtainedBy: "業務單位承辦人取得資料方式",
} as const satisfies Partial<Record<keyof FilledColumns, string>>

export const requiredColumnsAreFilled = rule("5-5c", (columns: FilledColumns) => {
  const blank = (Object.keys(LABELS) as (keyof typeof LABELS)[]).find((name) => columns[name].trim() === "")
  return blank === undefined ? null : refuse("REGISTER_COLUMN_MISSING", { column: LABELS[blank] })
})

export const voidHasReason = rule("5-5c", (reason: string) =>
  reason.trim() === "" ? refuse("VOID_NEEDS_REASON") : null,
)

/** The digest both stamps are bound to. */
export function stampedDigest(number: string, columns: Columns, fetched: Fetched): string {
  const { sha256: fileSha256, bytes: fileBytes } = fetched.file
  const content: StampedContent = { number, columns, fileSha256, fileBytes, count: fetched.count }
  return digestOf(content as unknown as Json)
}

export interface NewEntry {
  readonly id: EntryId
  readonly rocYear: number
  readonly serial: number
  readonly number: string
  readonly itHandler: NamedPerson
}

/** 6-2a: the handler fills the register; a number is taken in the book of the unit and year. */
export function decideFillRegister(
  around: Around,
  input: FilledColumns & { readonly entry: NewEntry },
  deciding: Deciding,
): Decision<Change> {
  const { entry: numbered, ...filled } = input
  return decideChange("fill-register", around, deciding, [requiredColumnsAreFilled(filled)], (by) => {
    const { delivery: before } = around
    if (before.state !== "downloaded") throw new Error("the register is filled once, after the download")
    const { itHandler, ...number } = numbered
    const columns = columnsOf(filled, around, itHandler)
    const delivery: Delivery = advanced({ ...before, state: "registered", entry: numbered.id })
    const entry: RegisterEntry = {
      ...number,
      delivery: before.id,
      unit: before.unit,
      columns,
      digest: stampedDigest(numbered.number, columns, before.fetched),
      stamps: {},
      comparison: null,
      correction: null,
      corrections: [],
      voided: null,
      writers: [by],
      version: 1,
      createdAt: deciding.now,
    }
    return accepted(
      { delivery, entry },
      deliveryFact(
        "register-filled",
        ["5-5c", "6-2a"],
        delivery,
        { entryNumber: entry.number, digest: entry.digest },
        { entry: entry.id },
      ),
    )
  })
}

function columnsOf(filled: FilledColumns, { delivery, office }: Around, itHandler: NamedPerson): Columns {
  return { ...filled, noticedAt: delivery.announcement.happenedAt, handler: office.handler, itHandler }
}

/** Column 7 is another person than column 5 and whoever wrote the form. */
export const column7IsAnotherPerson = rule("internal", (around: Around, itHandler: NamedPerson) =>
  isHandlersSide(itHandler.person, around) ? refuse("THREE_PERSONS", { next: "資訊室其他承辦人" }) : null,
)

export const column7NamesTheItOffice = rule("5-5c", (isOfItOffice: boolean) =>
  isOfItOffice ? null : refuse("REGISTER_IT_HANDLER_WRONG"),
)

/** Before release a change of columns 1–7 is free, keeps the earlier version, and voids both stamps. */
export function decideReviseRegister(
  around: Around,
  input: FilledColumns & { readonly itHandler: NamedPerson; readonly isOfItOffice: boolean },
  deciding: Deciding,
): Decision<Change> {
  const { itHandler, isOfItOffice, ...filled } = input
  const rules = [
    requiredColumnsAreFilled(filled),
    column7NamesTheItOffice(isOfItOffice) ?? column7IsAnotherPerson(around, itHandler),
  ]
  return decideChange("revise-register", around, deciding, rules, (by) => {
    const { delivery, entry: before } = registered(around)
    const entry = { ...before, writers: [...new Set([...(before.writers ?? []), by])] }
    const next = advanced(delivery)
    const revised = unstamped(entry, columnsOf(filled, around, itHandler), delivery.fetched)
    return accepted(
      { delivery: next, entry: revised },
      deliveryFact(
        "register-revised",
        ["5-5c", "6-2a"],
        next,
        { entryNumber: entry.number, digest: revised.digest, voidedStamps: standingPlaces(entry) },
        { entry: entry.id },
      ),
    )
  })
}

/** The row with new content and no stamps: nobody has signed what it says now. */
export function unstamped(entry: RegisterEntry, columns: Columns, fetched: Fetched): RegisterEntry {
  return {
    ...entry,
    columns,
    digest: stampedDigest(entry.number, columns, fetched),
    stamps: {},
    version: entry.version + 1,
  }
}

export function standingPlaces(entry: RegisterEntry): StampPlace[] {
  return (Object.keys(entry.stamps) as StampPlace[]).filter((place) => entry.stamps[place] !== undefined)
}

/** A void row stays, struck through; the delivery is registered anew under the next number. */
export function decideVoidEntry(
  around: Around,
  input: { readonly reason: string },
  deciding: Deciding,
): Decision<Change> {
  return decideChange("void-entry", around, deciding, [voidHasReason(input.reason)], () => {
    const { delivery, entry } = registered(around)
    const { entry: _, ...withoutEntry } = delivery
    const next: Delivery = advanced({ ...withoutEntry, state: "downloaded" })
    const voided: RegisterEntry = {
      ...entry,
      voided: { at: deciding.now, reason: input.reason },
      version: entry.version + 1,
    }
    return accepted(
      { delivery: next, entry: voided, reason: input.reason },
      deliveryFact(
        "register-entry-voided",
        ["5-5c"],
        next,
        { entryNumber: entry.number, reason: input.reason },
        { entry: entry.id },
      ),
    )
  })
}

export function standing({ entry }: Around): RegisterEntry {
  if (entry === null) throw new Error("checked by the preconditions: the register is filled")
  return entry
}

function registered(around: Around) {
  const { delivery } = around
  if (delivery.state !== "registered") throw new Error("checked by the permissions: registered")
  return { delivery, entry: standing(around) }
}
