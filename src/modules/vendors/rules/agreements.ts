import type { Actor } from "../../../kernel/actor.ts"
import {
  accepted,
  decideUnless,
  gather,
  type Decision,
  type Fact,
  type Json,
} from "../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { plusDays } from "../../../regulation/period/civil.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import {
  waitingExtension,
  type Agreement,
  type AgreementId,
  type Contract,
  type Extension,
  type VendorRole,
} from "../model.ts"
import { vendorFact } from "./contracts.ts"
import { deedOf, paperIsSigned, paperIsTheirs, paperOf, type KeptPaper, type SignedPaper } from "./papers.ts"
import { isTimeFor, mayDo, type AgreementCommand, type Desk } from "./permissions.ts"

export interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

/** An agreement with what stands around it. */
export interface Around {
  readonly agreement: Agreement
  readonly contract: Contract
  readonly desks: readonly Desk[]
  /** Agreements confirmed under the contract above; `null` where there is none above. */
  readonly above: readonly Agreement[] | null
  readonly kept: KeptPaper | null
}

export const scopeIsNamed = rule("5-8a", (roles: readonly VendorRole[], possible: readonly VendorRole[]) =>
  roles.length > 0 && roles.every((role) => possible.includes(role)) ? null : refuse("AGREEMENT_SCOPE_WRONG"),
)

export const periodLiesInContract = rule(
  "internal",
  ({ from, to }: { readonly from: CivilDate; readonly to: CivilDate }, contract: Contract, now: Instant) =>
    from <= to && from >= contract.from && to <= contract.to && to >= taipeiDate(now)
      ? null
      : refuse("AGREEMENT_PERIOD_WRONG", { from: contract.from, to: contract.to }),
)

/** Two natural persons of the using unit: whoever recorded it does not put it in force. */
export const anotherConfirms = rule("internal", (recordedBy: PersonId, actor: Actor) =>
  actor.kind === "person" && actor.person !== recordedBy ? null : refuse("AGREEMENT_BY_ANOTHER"),
)

export const isNotOver = rule("5-8a", (until: Instant, now: Instant) =>
  until > now ? null : refuse("AGREEMENT_OVER"),
)

/** A sub-contractor works for the vendor above it: never longer than that one's own agreement. */
export const agreementAboveCovers = rule(
  "5-8a",
  (above: Around["above"], { since, until }: Pick<Agreement, "since" | "until">) =>
    above === null || above.some((main) => main.since <= since && main.until >= until)
      ? null
      : refuse("MAIN_AGREEMENT_MISSING"),
)

export interface NewAgreement {
  readonly id: AgreementId
  readonly roles: readonly VendorRole[]
  readonly from: CivilDate
  /** Its last day. */
  readonly to: CivilDate
  readonly paper: SignedPaper
}

export interface AroundNew extends Pick<Around, "contract" | "desks" | "kept"> {
  /** The handling posts that the using unit can have. */
  readonly possible: readonly VendorRole[]
}

export function decideRecordAgreement(
  { contract, desks, kept, possible }: AroundNew,
  { id, roles, from, to, paper }: NewAgreement,
  { actor, now }: Deciding,
): Decision<Agreement> {
  const broken = gather(
    mayDo("record-agreement", desks),
    scopeIsNamed(roles, possible),
    periodLiesInContract({ from, to }, contract, now),
    paperIsSigned(paper, now),
    paperIsTheirs(kept, actor),
  )
  return decideUnless(broken, () => {
    const next: Agreement = {
      id,
      contract: contract.id,
      vendor: contract.vendor,
      unit: contract.unit,
      roles: [...new Set(roles)],
      since: startOfTaipeiDay(from),
      until: dayAfter(to),
      paper: paperOf(paper, kept),
      recorded: deedOf(actor, now),
      ...{ confirmed: null, rejection: null, ending: null, statement: null },
      ...{ extensions: [], staff: [], checks: [], version: 1 },
    }
    const payload = { roles: next.roles, from, to, ...paperPayload(next.paper) }
    return accepted(next, agreementFact("agreement-recorded", next, payload))
  })
}

export function decideConfirmAgreement(around: Around, _: object, deciding: Deciding): Decision<Agreement> {
  const { agreement } = around
  const broken = gather(
    ...mayNow("confirm-agreement", around, deciding),
    anotherConfirms(agreement.recorded.by, deciding.actor),
    isNotOver(agreement.until, deciding.now),
    agreementAboveCovers(around.above, agreement),
  )
  return decideUnless(broken, () => {
    const { since, until, staff } = agreement
    const next = changed(agreement, { confirmed: deedOf(deciding.actor, deciding.now) })
    return accepted(next, agreementFact("agreement-confirmed", next, { since, until, people: staff.length }))
  })
}

export function decideRejectAgreement(
  around: Around,
  { reason }: { readonly reason: string },
  deciding: Deciding,
): Decision<Agreement> {
  return decideUnless(gather(...mayNow("reject-agreement", around, deciding)), () => {
    const rejection = { ...deedOf(deciding.actor, deciding.now), reason }
    const next = changed(around.agreement, { rejection })
    return accepted(next, agreementFact("agreement-rejected", next, { reason }))
  })
}

/** 提前終止: from this very moment nobody works by it any more. */
export function decideEndAgreement(
  around: Around,
  { reason }: { readonly reason: string },
  deciding: Deciding,
): Decision<Agreement> {
  return decideUnless(gather(...mayNow("end-agreement", around, deciding)), () => {
    const { now } = deciding
    const { until } = around.agreement
    const ending = { ...deedOf(deciding.actor, now), reason }
    const next = changed(settled(around.agreement, { rejection: ending }), { until: now, ending })
    return accepted(next, agreementFact("agreement-ended", next, { at: now, insteadOf: until, reason }))
  })
}

export function decideRecordExtension(
  around: Around,
  { to, paper }: { readonly to: CivilDate; readonly paper: SignedPaper },
  deciding: Deciding,
): Decision<Agreement> {
  const { agreement, contract, kept } = around
  const { actor, now } = deciding
  const until = dayAfter(to)
  const isLonger = until > agreement.until
  const period = { from: taipeiDate(agreement.since), to }
  const broken = gather(
    ...mayNow("record-extension", around, deciding),
    isLonger ? null : refuse("AGREEMENT_PERIOD_WRONG", { from: contract.from, to: contract.to }),
    periodLiesInContract(period, contract, now),
    paperIsSigned(paper, now),
    paperIsTheirs(kept, actor),
  )
  return decideUnless(broken, () => {
    const extension: Extension = {
      ...{ from: agreement.until, until, paper: paperOf(paper, kept) },
      ...{ recorded: deedOf(actor, now), confirmed: null, rejection: null },
    }
    const next = changed(agreement, { extensions: [...agreement.extensions, extension] })
    const payload = { to, ...paperPayload(extension.paper) }
    return accepted(next, agreementFact("agreement-extension-recorded", next, payload))
  })
}

export function decideConfirmExtension(around: Around, _: object, deciding: Deciding): Decision<Agreement> {
  const { agreement, above } = around
  const extension = waitingExtension(agreement)
  const broken = gather(
    ...mayNow("confirm-extension", around, deciding),
    isNotOver(agreement.until, deciding.now),
    extension && anotherConfirms(extension.recorded.by, deciding.actor),
    extension && agreementAboveCovers(above, { since: agreement.since, until: extension.until }),
  )
  return decideUnless(broken, () => {
    if (extension === null) throw new Error("checked by the rule: an extension waits")
    const confirmed = deedOf(deciding.actor, deciding.now)
    const next = changed(settled(agreement, { confirmed }), { until: extension.until })
    const payload = { before: agreement.until, until: extension.until, ...paperPayload(extension.paper) }
    return accepted(next, agreementFact("agreement-extended", next, payload))
  })
}

export function decideRejectExtension(
  around: Around,
  { reason }: { readonly reason: string },
  deciding: Deciding,
): Decision<Agreement> {
  return decideUnless(gather(...mayNow("reject-extension", around, deciding)), () => {
    const rejection = { ...deedOf(deciding.actor, deciding.now), reason }
    const next = changed(settled(around.agreement, { rejection }), {})
    return accepted(next, agreementFact("agreement-extension-rejected", next, { reason }))
  })
}

/** Whether this person may do it, and it is the time for it. */
export function mayNow(command: AgreementCommand, { agreement, desks }: Around, { now }: Deciding) {
  return [mayDo(command, desks), isTimeFor(command, agreement, now)]
}

export function changed(agreement: Agreement, part: Partial<Agreement>): Agreement {
  return { ...agreement, ...part, version: agreement.version + 1 }
}

/** With the extension that waits, if any, decided. */
function settled(agreement: Agreement, how: Partial<Extension>): Agreement {
  const waiting = waitingExtension(agreement)
  const extensions = agreement.extensions.map((one) => (one === waiting ? { ...one, ...how } : one))
  return { ...agreement, extensions }
}

/** The first moment after a last day. */
function dayAfter(to: CivilDate): Instant {
  return startOfTaipeiDay(plusDays(to, 1))
}

export function paperPayload({ number, signedOn, sha256 }: Agreement["paper"]): Record<string, Json> {
  return { number, signedOn, sha256 }
}

export function agreementFact(kind: string, agreement: Agreement, payload: Fact["payload"]): Fact {
  const { id, contract, vendor, unit } = agreement
  const refs: { readonly vendor: string; readonly "vendor-contract": string; readonly unit: UnitId } = {
    vendor,
    "vendor-contract": contract,
    unit,
  }
  return { ...vendorFact(kind, { type: "vendor-agreement", id }, payload), refs }
}
