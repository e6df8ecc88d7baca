import type { Role } from "../../kernel/actor.ts"
import type { DeputyId, PersonId, ScimClientId, UnitId, VendorId } from "../../kernel/ids.ts"
import type { Authority } from "../../regulation/authorities.ts"
import { MOVER_KINDS } from "../../regulation/packs/people-parts.ts"
import type { Instant } from "../../kernel/time.ts"

export const UNIT_KINDS = ["agency", "business", "it-office", "ethics-office", "health-center"] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

export interface Unit {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly kind: UnitKind
  readonly parent: UnitId | null
  readonly since: Instant
  readonly until: Instant | null
  readonly version: number
  readonly createdAt: Instant
}

/** A role held in a unit since `since`, until `until` if it ended. */
export interface HeldPost {
  readonly unit: UnitId
  readonly role: Role
  readonly since: Instant
  readonly until: Instant | null
}

export interface Person {
  readonly id: PersonId
  readonly name: string
  /** 職稱, as it stands on the 職章. */
  readonly title: string
  readonly email: string
  /** 員工編號, by which the personnel system knows them. */
  readonly staffNumber: string | null
  /** 委外廠商 whose employee this is; they serve by the agreement with it (5-8a). `null`: the agency's own. */
  readonly vendor: VendorId | null
  readonly posts: readonly HeldPost[]
  readonly version: number
  readonly createdAt: Instant
}

/** Whether something that has a first and perhaps a last moment is in force at `now`. */
export function isInForce(
  { since, until }: { readonly since: Instant; readonly until: Instant | null },
  now: Instant,
): boolean {
  return since <= now && (until === null || until > now)
}

/** 異動種類; which of them count is the pack's to say. */
export const CHANGE_KINDS = MOVER_KINDS
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** 職務代理人: `deputy` acts for `person` in `unit` since `since`, until `until` if an end is known. */
export interface Deputy {
  readonly id: DeputyId
  readonly unit: UnitId
  readonly person: PersonId
  readonly deputy: PersonId
  /** Which of the represented person's roles in the unit; `null`: all of them. */
  readonly roles: readonly Role[] | null
  readonly since: Instant
  readonly until: Instant | null
  readonly version: number
}

/** A program of the personnel system or directory that drives the roster by SCIM. */
export interface ScimClient {
  readonly id: ScimClientId
  readonly name: string
  readonly requestsPerMinute: number
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
  readonly version: number
}

const HANDLING: readonly Role[] = ["handler", "it-handler", "center-handler", "center-head"]

/** A head handles what the unit handles; 資訊室 and 政風室 have no data of their own. */
export function handlesData(role: Role, kind: UnitKind): boolean {
  return HANDLING.includes(role) || (role === "supervisor" && kind === "business")
}

/** The class of 5-4 that each post gives; the others use no household data, though they may watch over its use. */
export const AUTHORITY_OF_ROLE = {
  "it-handler": "linkage",
  administrator: "linkage",
  handler: "use",
  supervisor: "use",
  director: "use",
  "center-handler": "use",
  "center-head": "use",
  "ethics-officer": null,
  auditor: null,
} as const satisfies Record<Role, Authority | null>

/** Which roles a unit of each kind may have; no account stands outside the tree (2-1). */
export const ROLES_OF_KIND = {
  agency: ["director", "administrator"],
  business: ["handler", "supervisor"],
  "it-office": ["it-handler", "supervisor", "auditor", "administrator"],
  "ethics-office": ["ethics-officer", "supervisor", "auditor"],
  "health-center": ["center-handler", "center-head"],
} as const satisfies Record<UnitKind, readonly Role[]>
