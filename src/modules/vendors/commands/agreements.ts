import type { CivilDate, Instant } from "../../../kernel/time.ts"
import type { PersonId } from "../../../kernel/ids.ts"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Command } from "../../../runtime/index.ts"
import { lockConfirmedUnder, saveAgreement, servesElsewhere } from "../agreement-store.ts"
import { closeCheck, openCheck } from "../checks.ts"
import {
  stateOf,
  VENDOR_ROLES,
  type Agreement,
  type AgreementId,
  type ContractId,
  type VendorRole,
} from "../model.ts"
import {
  decideConfirmAgreement,
  decideConfirmExtension,
  decideEndAgreement,
  decideRecordAgreement,
  decideRecordExtension,
  decideRejectAgreement,
  decideRejectExtension,
  type Around,
  type AroundNew,
  type NewAgreement,
} from "../rules/agreements.ts"
import type { SignedPaper } from "../rules/papers.ts"
import {
  decideAddPerson,
  decideRecordCheck,
  decideRecordStatement,
  decideRemovePerson,
  type Candidate,
  type NewCheck,
  type NewStatement,
  type Removal,
} from "../rules/service.ts"
import { desksIn, seatsOf, seesUnit } from "../seats.ts"
import { lockContract } from "../store.ts"
import { agreementCommand, loadAround, loadKept, type AboutAgreement } from "./agreement-command.ts"

type Reason = AboutAgreement & { readonly reason: string }
/** What of the agreement's posts its people hold now or later, to be ended with it. */
export interface Held {
  readonly person: PersonId
  readonly roles: readonly VendorRole[]
}

export const recordAgreement: Command<
  NewAgreement & { readonly contract: ContractId },
  AroundNew,
  Agreement
> = {
  name: "record-agreement",
  load: async (tx, { contract: id, paper }, { actor, now }) => {
    const contract = await lockContract(tx, id)
    const seats = await seatsOf(tx, actor, now)
    if (contract === null || !seesUnit(seats, contract.unit)) return null
    return {
      ...{ contract, desks: desksIn(seats, contract.unit) },
      kept: await loadKept(tx, paper.scan),
      possible: await rolesOf(tx, contract.unit),
    }
  },
  decide: decideRecordAgreement,
  save: saveAgreement,
}

const ROLE_OF_KIND: Readonly<Record<string, VendorRole>> = {
  business: "handler",
  "it-office": "it-handler",
  "health-center": "center-handler",
}

/** The handling posts that a unit of this kind can have. */
export async function rolesOf(tx: Tx, unit: string): Promise<readonly VendorRole[]> {
  const row = await tx.selectFrom("people_v_unit").select("kind").where("id", "=", unit).executeTakeFirst()
  const role = ROLE_OF_KIND[row?.kind ?? ""]
  return VENDOR_ROLES.filter((one) => one === role)
}

export const confirmAgreement: Command<AboutAgreement, Around, Agreement> = {
  ...agreementCommand("confirm-agreement", decideConfirmAgreement),
  follow: openCheck,
}

export const rejectAgreement = agreementCommand<Reason>("reject-agreement", decideRejectAgreement)

/** The agreement ended, and what ends with it at the same moment. */
export interface Ended {
  readonly agreement: Agreement
  readonly at: Instant
  readonly held: readonly Held[]
  /** Agreements of sub-contractors under the same contract. */
  readonly below: readonly AgreementId[]
}

export const endAgreement: Command<Reason, Around & Pick<Ended, "held" | "below">, Ended> = {
  name: "end-agreement",
  load: async (tx, input, context) => {
    const around = await loadAround(tx, input, context)
    if (around === null) return null
    const { contract, agreement } = around
    const held = await loadHeld(tx, agreement, context.now)
    return { ...around, held, below: await loadBelow(tx, contract.id, context.now) }
  },
  decide: (around, input, deciding) => {
    const { held, below } = around
    const decision = decideEndAgreement(around, input, deciding)
    return decision.ok
      ? { ...decision, next: { agreement: decision.next, at: deciding.now, held, below } }
      : decision
  },
  save: (tx, { agreement }) => saveAgreement(tx, agreement),
  follow: (tx, { agreement }, context) => closeCheck(tx, agreement, context, "保密措施已提前終止"),
}

/** Those of the agreement's roles in its unit that each of its people holds, at `now` or from a day to come. */
async function loadHeld(tx: Tx, { unit, roles, staff }: Agreement, now: Instant): Promise<readonly Held[]> {
  const people = staff.flatMap(({ person, removal }) => (removal === null ? [person] : []))
  if (people.length === 0) return []
  const rows = await tx
    .selectFrom("people_v_post as p")
    .select(["p.person", "p.role"])
    .distinct()
    .where("p.person", "in", people)
    .where("p.unit", "=", unit)
    .where("p.role", "in", [...roles])
    .where((eb) => eb.or([inForce("p", now), eb("p.since", ">", now)]))
    .execute()
  return people.flatMap((person) => {
    const its = rows.flatMap((row) => (row.person === person ? [row.role as VendorRole] : []))
    return its.length === 0 ? [] : [{ person, roles: its }]
  })
}

async function loadBelow(tx: Tx, contract: ContractId, now: Instant): Promise<readonly AgreementId[]> {
  const contracts = await tx
    .selectFrom("vendor_contract")
    .select("id")
    .where("main", "=", contract)
    .orderBy("id")
    .forUpdate()
    .execute()
  const below: AgreementId[] = []
  for (const { id } of contracts)
    for (const agreement of await lockConfirmedUnder(tx, id as ContractId))
      if (stateOf(agreement, now) !== "ended") below.push(agreement.id)
  return below
}

export const recordExtension = agreementCommand<
  AboutAgreement & { readonly to: CivilDate; readonly paper: SignedPaper }
>("record-extension", decideRecordExtension)

export const confirmExtension: Command<AboutAgreement, Around, Agreement> = {
  ...agreementCommand("confirm-extension", decideConfirmExtension),
  follow: async (tx, agreement, context) => [
    ...(await closeCheck(tx, agreement, context, "保密措施已展延，查核期限重新起算")),
    ...(await openCheck(tx, agreement, context)),
  ],
}

export const rejectExtension = agreementCommand<Reason>("reject-extension", decideRejectExtension)

export const addPerson = agreementCommand<
  AboutAgreement & { readonly person: PersonId; readonly pledge: SignedPaper },
  { readonly candidate: Candidate | null }
>("add-person", decideAddPerson, async (tx, agreement, { person }, { now }) => ({
  candidate: await loadCandidate(tx, agreement, person, now),
}))

async function loadCandidate(
  tx: Tx,
  agreement: Agreement,
  person: PersonId,
  now: Instant,
): Promise<Candidate | null> {
  const row = await tx
    .selectFrom("people_v_actor")
    .select("vendor")
    .where("person", "=", person)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    vendor: row.vendor as Candidate["vendor"],
    servesElsewhere: await servesElsewhere(tx, person, agreement, now),
  }
}

/** The agreement without the person, and what the person held by it. */
export interface Removed {
  readonly agreement: Agreement
  readonly at: Instant
  readonly held: readonly Held[]
}

export const removePerson: Command<
  AboutAgreement & Removal,
  Around & { readonly held: readonly Held[] },
  Removed
> = {
  name: "remove-person",
  load: async (tx, input, context) => {
    const around = await loadAround(tx, input, context)
    if (around === null) return null
    const held = await loadHeld(tx, around.agreement, context.now)
    return { ...around, held: held.filter(({ person }) => person === input.person) }
  },
  decide: (around, input, deciding) => {
    const decision = decideRemovePerson(around, input, deciding)
    return decision.ok
      ? { ...decision, next: { agreement: decision.next, at: deciding.now, held: around.held } }
      : decision
  },
  save: (tx, { agreement }) => saveAgreement(tx, agreement),
}

export const recordCheck: Command<AboutAgreement & { readonly check: NewCheck }, Around, Agreement> = {
  ...agreementCommand<AboutAgreement & { readonly check: NewCheck }>(
    "record-check",
    (around, { check }, deciding) => decideRecordCheck(around, check, deciding),
  ),
  follow: async (tx, agreement, context) => [
    ...(await closeCheck(tx, agreement, context)),
    ...(await openCheck(tx, agreement, context)),
  ],
}

export const recordStatement = agreementCommand<AboutAgreement & NewStatement>(
  "record-statement",
  decideRecordStatement,
)
