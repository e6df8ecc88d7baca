import { holds, type PersonActor, type Role } from "../../kernel/actor.ts"
import type { Actor } from "../../kernel/actor.ts"
import type { UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import { VENDOR_ROLES } from "./model.ts"
import type { Desk } from "./rules/permissions.ts"

const HEADS: readonly Role[] = ["supervisor", "center-head", "director"]
/** Who sees every unit's vendors. */
const AGENCY_WIDE: readonly Role[] = ["administrator", "ethics-officer", "auditor"]

/** Where somebody sits: in which units they handle, which they head, and whether they see all units. */
export interface Seats {
  readonly isOutsider: boolean
  readonly seesAll: boolean
  readonly administers: boolean
  readonly handles: readonly UnitId[]
  readonly heads: readonly UnitId[]
}

const NOWHERE = { seesAll: false, administers: false, handles: [], heads: [] }

/** By their own posts, and for a head's desk as 職務代理人; a vendor's people sit nowhere here (5-8a). */
export async function seatsOf(db: Db | Tx, actor: Actor, now: Instant): Promise<Seats> {
  if (actor.kind !== "person") return { ...NOWHERE, isOutsider: false }
  const { vendor } = await db
    .selectFrom("people_v_actor")
    .select("vendor")
    .where("person", "=", actor.person)
    .executeTakeFirstOrThrow()
  if (vendor !== null) return { ...NOWHERE, isOutsider: true }
  const unitsOf = (roles: readonly Role[]) =>
    actor.posts.filter(({ role }) => roles.includes(role)).map(({ unit }) => unit)
  return {
    isOutsider: false,
    seesAll: AGENCY_WIDE.some((role) => holds(actor, role)),
    administers: holds(actor, "administrator"),
    handles: unitsOf(VENDOR_ROLES),
    heads: [...unitsOf(HEADS), ...(await headedAsDeputy(db, actor, now))],
  }
}

async function headedAsDeputy(db: Db | Tx, actor: PersonActor, now: Instant): Promise<UnitId[]> {
  const rows = await db
    .selectFrom("people_v_deputy as d")
    .innerJoin("people_v_post as p", (join) =>
      join.onRef("p.person", "=", "d.person").onRef("p.unit", "=", "d.unit"),
    )
    .select("p.unit")
    .where("d.deputy", "=", actor.person)
    .where(inForce("d", now))
    .where(inForce("p", now))
    .where("p.role", "in", HEADS)
    .execute()
  return rows.map(({ unit }) => unit as UnitId)
}

export function desksIn({ handles, heads, administers }: Seats, unit: UnitId): readonly Desk[] {
  return [
    ...(handles.includes(unit) ? (["handler"] as const) : []),
    ...(heads.includes(unit) ? (["head"] as const) : []),
    ...(administers ? (["administrator"] as const) : []),
  ]
}

/** Whether the vendors of this unit are this person's to see. */
export function seesUnit(seats: Seats, unit: UnitId): boolean {
  return seats.seesAll || seats.handles.includes(unit) || seats.heads.includes(unit)
}
