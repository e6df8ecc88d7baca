import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { FileId, NoticeId, PersonId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { OFFICE_NAMES, type Office, type OwedNotice, type PersonnelChange } from "../model.ts"
import {
  changeIsOpen,
  unitHeadAnswers,
  type Around,
  type Deciding,
  type NoticeStanding,
} from "./hand-over.ts"
import { changeFact } from "./record.ts"

export type GivenChannel =
  | { readonly kind: "mail" }
  | {
      readonly kind: "paper"
      readonly number: string
      readonly date: CivilDate
      readonly receiver: PersonId
      readonly scan: FileId
    }

/** To a provider: the letter went out by the document system. */
export interface LetterSent {
  readonly number: string
  readonly date: CivilDate
}

/** Somebody of the office that is told. */
export interface Receiver {
  readonly person: PersonId
  readonly name: string
  readonly title: string
  readonly unitName: string
}

export interface AroundNotice extends Around {
  readonly notice: OwedNotice
  /** The people of the office that is told, but for whoever leaves. */
  readonly receivers: readonly Receiver[]
  readonly scan: { readonly keptBy: PersonId; readonly isUsed: boolean } | null
}

export interface GiveNotice {
  readonly id: NoticeId
  readonly channel: GivenChannel
  /** When the receiver signed; a mail is given when a server takes it. */
  readonly happenedAt: Instant
}

/** What giving a notice changes: the notice itself is kept by the module of notices. */
export interface NoticeToGive extends GiveNotice {
  readonly change: PersonnelChange
  readonly notice: OwedNotice
  readonly to: readonly PersonId[]
  readonly signedBy: Receiver | null
}

export const isStillOwed = rule("internal", (standing: NoticeStanding) =>
  standing === "owed" ? null : refuse("NOTICE_ALREADY_GIVEN"),
)

export const officeTakesNotices = rule("internal", (office: Office) =>
  office === "provider" ? refuse("OFFICE_TOLD_BY_LETTER") : null,
)

export const somebodyIsThere = rule("internal", ({ receivers, notice }: AroundNotice) =>
  receivers.length === 0 && notice.office !== "provider"
    ? refuse("OFFICE_EMPTY", { office: OFFICE_NAMES[notice.office] })
    : null,
)

/** Who signs for the paper is of the office that is told, and not its sender: one notice never tells two offices. */
export const receiverIsOfTheOffice = rule(
  "5-4d",
  ({ receivers, notice }: AroundNotice, channel: GivenChannel, { actor }: Deciding) => {
    if (channel.kind === "mail") return null
    const isThere = receivers.some(({ person }) => person === channel.receiver)
    const isSender = actor.kind === "person" && actor.person === channel.receiver
    return isThere && !isSender
      ? null
      : refuse("PAPER_RECEIVER_WRONG", { office: OFFICE_NAMES[notice.office] })
  },
)

/** The scan was kept by whoever records the notice, and proves no other. */
export const scanProvesThisNotice = rule(
  "internal",
  ({ scan }: AroundNotice, channel: GivenChannel, { actor }: Deciding) => {
    if (channel.kind === "mail") return null
    if (scan === null || actor.kind !== "person" || scan.keptBy !== actor.person)
      return refuse("SCAN_UNKNOWN")
    return scan.isUsed ? refuse("SCAN_USED") : null
  },
)

export const paperIsDatedInOrder = rule(
  "internal",
  (channel: GivenChannel, happenedAt: Instant, { now }: Deciding) => {
    if (channel.kind === "mail") return null
    if (channel.date > taipeiDate(now)) return refuse("PAPER_NOTICE_IN_FUTURE")
    if (happenedAt > now) return refuse("EVENT_IN_FUTURE", { field: "簽收時間" })
    return channel.date > taipeiDate(happenedAt)
      ? refuse("EVENT_OUT_OF_ORDER", { field: "簽收時間", before: "通知單日期" })
      : null
  },
)

/** 知會 one office (5-4c, 5-4d), by mail or on paper. */
export function decideGiveNotice(
  around: AroundNotice,
  input: GiveNotice,
  deciding: Deciding,
): Decision<NoticeToGive> {
  const { change, notice, standing, receivers } = around
  const { channel, happenedAt } = input
  const broken = gather(
    unitHeadAnswers(deciding.actor, around),
    changeIsOpen(change),
    officeTakesNotices(notice.office),
    isStillOwed(standing(notice)),
    somebodyIsThere(around),
    receiverIsOfTheOffice(around, channel, deciding),
    scanProvesThisNotice(around, channel, deciding),
    paperIsDatedInOrder(channel, happenedAt, deciding),
  )
  return decideUnless(broken, () => {
    const next = { ...change, version: change.version + 1 }
    const signedBy =
      channel.kind === "mail" ? null : (receivers.find(({ person }) => person === channel.receiver) ?? null)
    const to = channel.kind === "mail" ? receivers.map(({ person }) => person) : [channel.receiver]
    return accepted(
      { ...input, change: next, notice, to, signedBy },
      changeFact("personnel-notice-prepared", next, [notice.duty], {
        office: notice.office,
        channel: channel.kind,
      }),
    )
  })
}

export const letterIsToAProvider = rule("internal", (office: Office) =>
  office === "provider" ? null : refuse("OFFICE_TOLD_BY_NOTICE"),
)

export const letterIsWhole = rule("internal", ({ number, date }: LetterSent, { now }: Deciding) => {
  if (number.trim() === "") return refuse("LETTER_INCOMPLETE")
  return date > taipeiDate(now) ? refuse("PAPER_NOTICE_IN_FUTURE") : null
})

/** The letter by which a provider was told, as the document system sent it. */
export function decideRecordLetter(
  around: AroundNotice,
  letter: LetterSent,
  deciding: Deciding,
): Decision<PersonnelChange> {
  const { change, notice, standing } = around
  const broken = gather(
    unitHeadAnswers(deciding.actor, around),
    changeIsOpen(change),
    letterIsToAProvider(notice.office),
    isStillOwed(standing(notice)),
    letterIsWhole(letter, deciding),
  )
  return decideUnless(broken, () => {
    const { actor, now } = deciding
    if (actor.kind !== "person") throw new Error("checked by the rules: a person")
    const kept = { number: letter.number, on: letter.date, recordedAt: now, recordedBy: actor.person }
    const notices = change.notices.map((one) => (one.id === notice.id ? { ...one, letter: kept } : one))
    const next = { ...change, notices, version: change.version + 1 }
    const payload = { office: notice.office, letter: letter.number, on: letter.date }
    return accepted(next, changeFact("personnel-letter-recorded", next, [notice.duty], payload))
  })
}
