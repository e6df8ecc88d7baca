import { holds, type PersonActor, type Role } from "../../../kernel/actor.ts"
import type { Db } from "../../../platform/db/tx.ts"

/** Who keeps, audits or answers for the roster of the whole agency. */
const AGENCY_WIDE: readonly Role[] = ["administrator", "ethics-officer", "auditor", "director"]
const HEADS: readonly Role[] = ["supervisor", "center-head"]

/** Whose roster with staff numbers and history this person may read: all units, or those they head and what lies below. */
export async function unitsSeenBy(db: Db, actor: PersonActor): Promise<ReadonlySet<string> | "all"> {
  if (AGENCY_WIDE.some((role) => holds(actor, role))) return "all"
  const heads = actor.posts.filter(({ role }) => HEADS.includes(role)).map(({ unit }) => unit)
  if (heads.length === 0) return new Set()
  const rows = await db.selectFrom("people_v_unit_above").select("unit").where("above", "in", heads).execute()
  return new Set(rows.flatMap(({ unit }) => unit ?? []))
}
