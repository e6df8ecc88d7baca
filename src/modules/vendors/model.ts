import type { Role } from "../../kernel/actor.ts"
import type { Brand, FileId, PersonId, UnitId, VendorId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"

export type ContractId = Brand<string, "ContractId">
export type AgreementId = Brand<string, "AgreementId">

/** What a vendor's people may be in the using unit: they handle, and never head, audit or administer. */
export const VENDOR_ROLES = ["handler", "it-handler", "center-handler"] as const satisfies readonly Role[]
export type VendorRole = (typeof VENDOR_ROLES)[number]

export const CHECK_RESULTS = ["conforms", "deficient"] as const
export const STATEMENT_KINDS = ["returned", "deleted"] as const

export interface Vendor {
  readonly id: VendorId
  /** 統一編號 */
  readonly taxId: string
  readonly name: string
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string }
  readonly version: number
  readonly createdAt: Instant
}

export interface Contract {
  readonly id: ContractId
  readonly vendor: VendorId
  /** 使用單位 */
  readonly unit: UnitId
  /** The contract that a sub-contractor (複委託廠商) works under. */
  readonly main: ContractId | null
  readonly number: string
  readonly subject: string
  readonly from: CivilDate
  /** Its last day. */
  readonly to: CivilDate
  readonly version: number
  readonly createdAt: Instant
}

/** A signed document: its 文號, the day it was signed, and the scan with its digest. */
export interface Paper {
  readonly number: string
  readonly signedOn: CivilDate
  readonly scan: FileId
  readonly sha256: string
}

/** Who entered or decided something, and when. */
export interface Deed {
  readonly by: PersonId
  readonly at: Instant
}

export interface Staff {
  readonly person: PersonId
  readonly pledge: Paper
  readonly added: Deed
  readonly removal: (Deed & { readonly reason: string }) | null
}

/** 展延: from the former end to a new one, in force once the head has confirmed it. */
export interface Extension {
  readonly from: Instant
  readonly until: Instant
  readonly paper: Paper
  readonly recorded: Deed
  readonly confirmed: Deed | null
  readonly rejection: (Deed & { readonly reason: string }) | null
}

export interface Check {
  readonly id: string
  readonly checkedOn: CivilDate
  readonly result: (typeof CHECK_RESULTS)[number]
  readonly remarks: string
  readonly recorded: Deed
}

export interface Statement {
  readonly kind: (typeof STATEMENT_KINDS)[number]
  readonly paper: Paper
  readonly recorded: Deed
}

/** 保密措施 between the using unit and the vendor: in force from `since` until before `until`, once confirmed. */
export interface Agreement {
  readonly id: AgreementId
  readonly contract: ContractId
  readonly vendor: VendorId
  readonly unit: UnitId
  readonly roles: readonly VendorRole[]
  readonly since: Instant
  readonly until: Instant
  readonly paper: Paper
  readonly recorded: Deed
  readonly confirmed: Deed | null
  readonly rejection: (Deed & { readonly reason: string }) | null
  readonly extensions: readonly Extension[]
  readonly ending: (Deed & { readonly reason: string }) | null
  readonly statement: Statement | null
  readonly staff: readonly Staff[]
  readonly checks: readonly Check[]
  readonly version: number
}

export const AGREEMENT_STATES = ["waiting", "rejected", "to-come", "in-force", "ended"] as const
export type AgreementState = (typeof AGREEMENT_STATES)[number]

/** By comparison with the clock: nothing has to run for an agreement to begin or to end. */
export function stateOf(
  { confirmed, rejection, since, until }: Pick<Agreement, "confirmed" | "rejection" | "since" | "until">,
  now: Instant,
): AgreementState {
  if (rejection !== null) return "rejected"
  if (confirmed === null) return "waiting"
  if (until <= now) return "ended"
  return since > now ? "to-come" : "in-force"
}

/** Whether data may still lie with the vendor: it worked, its time is over, and nobody has stated what became of them. */
export function owesStatement(agreement: Agreement, now: Instant): boolean {
  const worked = agreement.until > agreement.since
  return stateOf(agreement, now) === "ended" && worked && agreement.statement === null
}

/** The extension that waits for the head. */
export function waitingExtension({ extensions }: Pick<Agreement, "extensions">): Extension | null {
  return extensions.find(({ confirmed, rejection }) => confirmed === null && rejection === null) ?? null
}

export function servingStaff({ staff }: Pick<Agreement, "staff">): readonly Staff[] {
  return staff.filter(({ removal }) => removal === null)
}
