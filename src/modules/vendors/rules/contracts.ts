import { holds, type Actor, type Role } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Contract, Vendor } from "../model.ts"
import { mayDo, type Desk } from "./permissions.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

const KEEPERS: readonly Role[] = [
  "handler",
  "supervisor",
  "it-handler",
  "center-handler",
  "center-head",
  "administrator",
]

/** Any unit may come to use a vendor; a vendor's own people record none. */
export const unitsRecordVendors = rule("internal", (actor: Actor, isOutsider: boolean) =>
  actor.kind === "system" || (!isOutsider && KEEPERS.some((role) => holds(actor, role)))
    ? null
    : refuse("NOT_PERMITTED"),
)

export const taxIdIsGood = rule("internal", (isGood: boolean) => (isGood ? null : refuse("TAX_ID_WRONG")))

export const taxIdIsNew = rule("internal", (isTaken: boolean) => (isTaken ? refuse("TAX_ID_TAKEN") : null))

export interface AroundVendor {
  readonly isOutsider: boolean
  /** Whether its check digit is right. */
  readonly isTaxId: boolean
  readonly isTaken: boolean
}

export type NewVendor = Pick<Vendor, "id" | "taxId" | "name" | "contact">

export function decideRegisterVendor(
  around: AroundVendor,
  vendor: NewVendor,
  { actor, now }: Deciding,
): Decision<Vendor> {
  const broken = gather(
    unitsRecordVendors(actor, around.isOutsider),
    taxIdIsGood(around.isTaxId),
    taxIdIsNew(around.isTaken),
  )
  return decideUnless(broken, () => {
    const next: Vendor = { ...vendor, version: 1, createdAt: now }
    const about = { type: "vendor", id: next.id }
    return accepted(next, vendorFact("vendor-registered", about, { taxId: next.taxId, name: next.name }))
  })
}

export type NewContract = Omit<Contract, "version" | "createdAt">

export interface AroundContract {
  readonly desks: readonly Desk[]
  readonly vendorKnown: boolean
  readonly main: Contract | null
}

export const mainIsAnothersHere = rule(
  "internal",
  ({ main }: AroundContract, contract: Pick<Contract, "main" | "unit" | "vendor">) => {
    if (contract.main === null) return null
    const fits = main !== null && main.unit === contract.unit && main.vendor !== contract.vendor
    return fits ? null : refuse("MAIN_CONTRACT_WRONG")
  },
)

export const contractPeriodIsRight = rule(
  "internal",
  ({ from, to }: Pick<Contract, "from" | "to">, main: Contract | null) => {
    const isWithin = main === null || (from >= main.from && to <= main.to)
    return to >= from && isWithin ? null : refuse("CONTRACT_PERIOD_WRONG")
  },
)

export function decideRecordContract(
  around: AroundContract,
  contract: NewContract,
  { now }: Deciding,
): Decision<Contract> {
  const broken = gather(
    mayDo("record-contract", around.desks),
    around.vendorKnown ? null : refuse("NOT_FOUND"),
    mainIsAnothersHere(around, contract),
    contractPeriodIsRight(contract, around.main),
  )
  return decideUnless(broken, () => {
    const next: Contract = { ...contract, version: 1, createdAt: now }
    const { number, subject, from, to, main } = next
    return accepted(next, contractFact("vendor-contract-recorded", next, { number, subject, from, to, main }))
  })
}

/** 契約展期; the agreement under it is extended by itself. */
export function decideProlongContract(
  { contract, desks, main }: Pick<AroundContract, "desks" | "main"> & { readonly contract: Contract },
  { to, document }: { readonly to: CivilDate; readonly document: string },
): Decision<Contract> {
  const next = { ...contract, to, version: contract.version + 1 }
  const isLonger = to > contract.to ? null : refuse("CONTRACT_PERIOD_WRONG")
  const broken = gather(mayDo("prolong-contract", desks), isLonger ?? contractPeriodIsRight(next, main))
  return decideUnless(broken, () =>
    accepted(next, contractFact("vendor-contract-prolonged", next, { before: contract.to, to, document })),
  )
}

function contractFact(kind: string, contract: Contract, payload: Fact["payload"]): Fact {
  const { id, vendor, unit } = contract
  return { ...vendorFact(kind, { type: "vendor-contract", id }, payload), refs: { vendor, unit } }
}

export function vendorFact(kind: string, about: Fact["about"], payload: Fact["payload"]): Fact {
  return { kind, duties: ["5-8a"], about, retention: "vendor", payload }
}
