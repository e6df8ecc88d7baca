import type { PersonActor, Role } from "../../kernel/actor.ts"
import type { Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Db } from "../../platform/db/tx.ts"

/** Offices that are told of every change, audit it, or carry it out. */
const AGENCY_WIDE: readonly Role[] = ["it-handler", "ethics-officer", "director", "auditor", "administrator"]
const HEADS: readonly Role[] = ["supervisor", "center-head", "director"]

/** Whose changes somebody sees: those of units they head or stand in as head for; `null` means all. */
export interface Reader {
  readonly actor: PersonActor
  readonly units: readonly string[] | null
}

/** The one predicate of every read of this module. */
export async function readerOf(db: Db, actor: PersonActor, now: Instant): Promise<Reader> {
  if (actor.posts.some(({ role }) => AGENCY_WIDE.includes(role))) return { actor, units: null }
  const own = actor.posts.filter(({ role }) => HEADS.includes(role)).map(({ unit }) => unit)
  const headed = [...own, ...(await headedInstead(db, actor, now))]
  return { actor, units: await unitsBelow(db, headed) }
}

async function headedInstead(db: Db, { person }: PersonActor, now: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom("people_v_deputy as d")
    .innerJoin("people_v_post as p", (join) =>
      join.onRef("p.person", "=", "d.person").onRef("p.unit", "=", "d.unit"),
    )
    .select("p.unit")
    .where("d.deputy", "=", person)
    .where("p.role", "in", HEADS)
    .where(inForce("d", now))
    .where(inForce("p", now))
    .execute()
  return rows.flatMap(({ unit }) => unit ?? [])
}

async function unitsBelow(db: Db, heads: readonly string[]): Promise<string[]> {
  if (heads.length === 0) return []
  const rows = await db
    .selectFrom("people_v_unit_above")
    .select("unit")
    .distinct()
    .where("above", "in", [...heads])
    .execute()
  return rows.flatMap(({ unit }) => unit ?? [])
}

/** Changes this person sees: of their units, and those they are to take over from. */
export function visibleChanges(db: Db, { actor, units }: Reader) {
  const all = db.selectFrom("personnel_change")
  if (units === null) return all
  return all.where((eb) =>
    eb.or([
      eb("personnel_change.successor", "=", actor.person),
      ...(units.length === 0 ? [] : [eb("personnel_change.unit", "in", [...units])]),
    ]),
  )
}
