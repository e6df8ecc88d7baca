import type { Actor } from "../../../kernel/actor.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { confirmingPlace, lawfulResponsible, type Around } from "./office.ts"
import type { StampPlace } from "../register.ts"
import type { DeliveryCommand } from "./command-names.ts"

const BEFORE_DOWNLOAD = new Set(["announced", "download-requested", "lapsed"])
const BEFORE_RELEASE = new Set([...BEFORE_DOWNLOAD, "downloaded", "registered"])

export const custodianIsAppointed = rule("5-5a", ({ project }: Around) =>
  project.custodian === null ? refuse("CUSTODIAN_MISSING") : null,
)

export const linkageIsActive = rule("4-2c", ({ linkage }: Around) =>
  linkage.state === "active" ? null : refuse("LINKAGE_NOT_ACTIVE"),
)

export const itWasNotified = rule("6-1a", ({ delivery }: Around) =>
  delivery.state === "announced" ? refuse("NOTICE_NOT_SENT") : null,
)

export const itHasDownloaded = rule("6-1b", ({ delivery }: Around) =>
  BEFORE_DOWNLOAD.has(delivery.state) ? refuse("NOT_DOWNLOADED") : null,
)

export const handlerWasNotified = rule("6-1c", ({ notices }: Around) =>
  notices.toHandler === "given" ? null : refuse("NOTICE_BACK_NOT_SENT"),
)

export const registerIsFilled = rule("6-2a", ({ entry }: Around) =>
  entry === null ? refuse("REGISTER_NOT_FILLED") : null,
)

export const releaseNeedsBothStamps = rule("6-2d", ({ entry }: Around) =>
  entry?.stamps.it !== undefined && entry.stamps.responsible !== undefined ? null : refuse("STAMPS_MISSING"),
)

const placeIsEmpty = (place: StampPlace) =>
  rule("internal", ({ delivery, entry }: Around) =>
    "handing" in delivery || entry?.stamps[place] === undefined ? null : refuse("STAMP_EXISTS"),
  )
export const itHasNotStamped = placeIsEmpty("it")
export const responsibleHasNotStamped = placeIsEmpty("responsible")

export const handlerIsNotNotifiedYet = rule("internal", ({ notices }: Around) =>
  notices.toHandler === "given" ? refuse("NOTICE_ALREADY_GIVEN") : null,
)

export const isNotReleasedYet = rule("6-2d", ({ delivery }: Around) =>
  BEFORE_RELEASE.has(delivery.state) ? null : refuse("ALREADY_RELEASED"),
)

export const isReleased = rule("6-2d", ({ delivery }: Around) =>
  BEFORE_RELEASE.has(delivery.state) ? refuse("NOT_RELEASED") : null,
)

export const receiverHasAccessed = rule("6-3a", ({ delivery }: Around) =>
  "handing" in delivery && delivery.handing.openedAt === undefined ? refuse("NOT_ACCESSED") : null,
)

export const cannotVoidAfterRelease = rule("5-5c", ({ delivery }: Around) =>
  BEFORE_RELEASE.has(delivery.state) ? null : refuse("CANNOT_VOID_RELEASED"),
)

export const noSecondEntry = rule("5-5c", ({ entry }: Around) =>
  entry === null ? null : refuse("REGISTER_ENTRY_EXISTS", { number: entry.number }),
)

export const fileIsNotRegistered = rule("internal", ({ delivery, entry }: Around) =>
  delivery.state === "registered" && entry !== null
    ? refuse("FILE_IS_REGISTERED", { number: entry.number })
    : null,
)

export const countsWereCompared = rule("6-3a", ({ delivery }: Around) =>
  BEFORE_RELEASE.has(delivery.state) || delivery.state === "released" ? refuse("COMPARISON_MISSING") : null,
)

export const somebodyMayStamp = rule("internal", (around: Around) =>
  lawfulResponsible(around).length > 0 ? null : refuse("THREE_PERSONS", { next: "上級單位主管" }),
)

export const correctionsAreConfirmed = rule("5-5c", ({ entry }: Around) =>
  entry?.correction == null ? null : refuse("CORRECTION_UNCONFIRMED"),
)

export const correctionIsOpen = rule("5-5c", ({ entry }: Around) =>
  entry?.correction == null ? refuse("NOT_IN_THIS_STATE") : null,
)

export const nobodyConfirmsTheirOwn = rule("internal", ({ entry }: Around, actor: Actor) =>
  actor.kind === "person" && entry?.correction?.proposedBy.person === actor.person
    ? refuse("CORRECTION_IS_OWN")
    : null,
)

export const placeIsUnconfirmed = rule("internal", (around: Around, actor: Actor) => {
  const at = actor.kind === "person" ? confirmingPlace(actor.person, around) : null
  const confirmed = around.entry?.correction?.confirmations.map(({ place }) => place) ?? []
  return at !== null && confirmed.includes(at.place) ? refuse("CORRECTION_CONFIRMED") : null
})

export const proposerWithdraws = rule("internal", ({ entry }: Around, actor: Actor) =>
  entry?.correction == null ||
  (actor.kind === "person" && entry.correction.proposedBy.person === actor.person)
    ? null
    : refuse("CORRECTION_BY_ANOTHER"),
)

type Check = (around: Around, actor: Actor) => Refusal<RefusalCode> | null

/** What must be true before each command, whatever its input; screens show the first that is not. */
export const PRECONDITIONS: Readonly<Record<DeliveryCommand, readonly Check[]>> = {
  "request-download": [custodianIsAppointed, linkageIsActive],
  lapse: [],
  fetch: [custodianIsAppointed, linkageIsActive, itWasNotified],
  "count-again": [itHasDownloaded, isNotReleasedYet],
  "set-aside-file": [itHasDownloaded, isNotReleasedYet, fileIsNotRegistered],
  "notify-ready": [itHasDownloaded, handlerIsNotNotifiedYet],
  "fill-register": [custodianIsAppointed, itHasDownloaded, noSecondEntry],
  "revise-register": [registerIsFilled, isNotReleasedYet],
  "void-entry": [registerIsFilled, cannotVoidAfterRelease],
  "stamp-it": [registerIsFilled, isNotReleasedYet, itHasNotStamped],
  "stamp-responsible": [registerIsFilled, isNotReleasedYet, responsibleHasNotStamped, somebodyMayStamp],
  release: [
    custodianIsAppointed,
    linkageIsActive,
    registerIsFilled,
    isNotReleasedYet,
    handlerWasNotified,
    releaseNeedsBothStamps,
  ],
  "open-file": [isReleased],
  compare: [isReleased, receiverHasAccessed],
  "confirm-comparison": [countsWereCompared, correctionsAreConfirmed],
  dispute: [countsWereCompared],
  "propose-correction": [isReleased, correctionsAreConfirmed],
  "confirm-correction": [isReleased, correctionIsOpen, nobodyConfirmsTheirOwn, placeIsUnconfirmed],
  "withdraw-correction": [isReleased, correctionIsOpen, proposerWithdraws],
  "reject-correction": [isReleased, correctionIsOpen, nobodyConfirmsTheirOwn],
}
