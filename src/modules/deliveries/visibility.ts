import { holds, type PersonActor } from "../../kernel/actor.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"

/** Offices that see every delivery's papers: they carry, audit or answer for all of them. None sees content by this. */
const AGENCY_WIDE = ["it-handler", "ethics-officer", "director", "auditor"] as const

/** The units whose deliveries this person sees; `null` means all. The one predicate of every read of this module. */
export function visibleUnits(actor: PersonActor): readonly string[] | null {
  if (AGENCY_WIDE.some((role) => holds(actor, role))) return null
  const roles = ["handler", "supervisor", "center-handler", "center-head"]
  return [...new Set(actor.posts.filter((post) => roles.includes(post.role)).map((post) => post.unit))]
}

/** Deliveries this person sees: their units', those they handle, and those where they stand in for somebody. */
export function visibleDeliveries(db: Db | Tx, actor: PersonActor) {
  const units = visibleUnits(actor)
  const all = db.selectFrom("delivery")
  if (units === null) return all
  return all.where((eb) =>
    eb.or([
      eb("delivery.handler", "=", actor.person),
      ...(units.length === 0 ? [] : [eb("delivery.unit", "in", units)]),
      eb.exists(
        eb
          .selectFrom("people_v_deputy as stand_in")
          .select("stand_in.unit")
          .where("stand_in.deputy", "=", actor.person)
          .whereRef("stand_in.unit", "=", "delivery.unit"),
      ),
    ]),
  )
}
