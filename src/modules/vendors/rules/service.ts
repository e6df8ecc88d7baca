import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { PersonId, VendorId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { servingStaff, type Agreement, type Check, type Staff, type Statement } from "../model.ts"
import { agreementFact, changed, mayNow, paperPayload, type Around, type Deciding } from "./agreements.ts"
import { deedOf, paperIsSigned, paperIsTheirs, paperOf, type SignedPaper } from "./papers.ts"

/** Somebody proposed for an agreement: whose employee they are, and whether another of the unit has them. */
export interface Candidate {
  readonly vendor: VendorId | null
  readonly servesElsewhere: boolean
}

export const personIsTheVendors = rule("5-8a", (agreement: Agreement, candidate: Candidate | null) =>
  candidate?.vendor === agreement.vendor ? null : refuse("VENDOR_PERSON_WRONG"),
)

export const servesByOneAgreement = rule(
  "internal",
  (agreement: Agreement, person: PersonId, candidate: Candidate | null) =>
    candidate?.servesElsewhere === true || servingStaff(agreement).some((one) => one.person === person)
      ? refuse("VENDOR_PERSON_SERVES")
      : null,
)

export const isOnTheAgreement = rule("internal", (agreement: Agreement, person: PersonId) =>
  servingStaff(agreement).some((one) => one.person === person) ? null : refuse("VENDOR_PERSON_ABSENT"),
)

export interface PersonAndPledge {
  readonly person: PersonId
  readonly pledge: SignedPaper
}

/** Each of the vendor's people signs a pledge of their own. */
export function decideAddPerson(
  around: Around & { readonly candidate: Candidate | null },
  { person, pledge }: PersonAndPledge,
  deciding: Deciding,
): Decision<Agreement> {
  const { agreement, candidate, kept } = around
  const { actor, now } = deciding
  const broken = gather(
    ...mayNow("add-person", around, deciding),
    personIsTheVendors(agreement, candidate),
    servesByOneAgreement(agreement, person, candidate),
    paperIsSigned(pledge, now),
    paperIsTheirs(kept, actor),
  )
  return decideUnless(broken, () => {
    const one: Staff = { person, pledge: paperOf(pledge, kept), added: deedOf(actor, now), removal: null }
    const next = changed(agreement, { staff: [...agreement.staff, one] })
    return accepted(next, withPerson("vendor-person-added", next, person, paperPayload(one.pledge)))
  })
}

export interface Removal {
  readonly person: PersonId
  readonly reason: string
}

export function decideRemovePerson(
  around: Around,
  { person, reason }: Removal,
  deciding: Deciding,
): Decision<Agreement> {
  const { agreement } = around
  const broken = gather(...mayNow("remove-person", around, deciding), isOnTheAgreement(agreement, person))
  return decideUnless(broken, () => {
    const removal = { ...deedOf(deciding.actor, deciding.now), reason }
    const staff = agreement.staff.map((one) =>
      one.person === person && one.removal === null ? { ...one, removal } : one,
    )
    const next = changed(agreement, { staff })
    return accepted(next, withPerson("vendor-person-removed", next, person, { reason }))
  })
}

export const checkIsDated = rule("internal", (on: CivilDate, agreement: Agreement, now: Instant) =>
  on > taipeiDate(now) || on < taipeiDate(agreement.since) ? refuse("CHECK_DATE_WRONG") : null,
)

export type NewCheck = Pick<Check, "id" | "checkedOn" | "result" | "remarks">

export function decideRecordCheck(around: Around, check: NewCheck, deciding: Deciding): Decision<Agreement> {
  const { agreement } = around
  const broken = gather(
    ...mayNow("record-check", around, deciding),
    checkIsDated(check.checkedOn, agreement, deciding.now),
  )
  return decideUnless(broken, () => {
    const recorded = deedOf(deciding.actor, deciding.now)
    const next = changed(agreement, { checks: [...agreement.checks, { ...check, recorded }] })
    return accepted(next, agreementFact("vendor-checked", next, { ...check }))
  })
}

export interface NewStatement {
  readonly kind: Statement["kind"]
  readonly paper: SignedPaper
}

/** 返還或刪除切結: what became of the data once the vendor's time was over. */
export function decideRecordStatement(
  around: Around,
  { kind, paper }: NewStatement,
  deciding: Deciding,
): Decision<Agreement> {
  const { agreement, kept } = around
  const broken = gather(
    ...mayNow("record-statement", around, deciding),
    paperIsSigned(paper, deciding.now),
    paperIsTheirs(kept, deciding.actor),
  )
  return decideUnless(broken, () => {
    const statement: Statement = {
      kind,
      paper: paperOf(paper, kept),
      recorded: deedOf(deciding.actor, deciding.now),
    }
    const next = changed(agreement, { statement })
    const payload = { kind, ...paperPayload(statement.paper) }
    return accepted(next, agreementFact("return-statement-recorded", next, payload))
  })
}

function withPerson(kind: string, agreement: Agreement, person: PersonId, payload: Fact["payload"]): Fact {
  const fact = agreementFact(kind, agreement, payload)
  return { ...fact, refs: { ...fact.refs, person } }
}
