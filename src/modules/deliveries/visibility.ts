import { sql } from "kysely"
import type { PersonActor, Role } from "../../kernel/actor.ts"
import type { Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"

/** Offices that see every delivery's papers: they carry, audit or answer for all of them. None sees content by this. */
const AGENCY_WIDE: readonly Role[] = ["it-handler", "ethics-officer", "director", "auditor"]
const HEADS: readonly Role[] = ["supervisor", "center-head"]
const WORKERS: readonly Role[] = ["handler", "center-handler"]
/** Posts whose desk a 職務代理人 takes over; nobody carries, audits or administers by standing in. */
const TAKEN_OVER: readonly Role[] = [...WORKERS, ...HEADS, "director"]

/** A desk at which somebody sits now: by their own post, or as 職務代理人 of `person`. */
interface Seat {
  readonly role: Role
  readonly unit: string
  readonly person: string
}

/** Who reads, where they sit at this moment, and which units' deliveries they see; `null` means all. */
export interface Reader {
  readonly actor: PersonActor
  readonly seats: readonly Seat[]
  readonly units: readonly string[] | null
}

/** The one predicate of every read of this module. Rights by 代理 begin and end by comparison with `now`. */
export async function readerOf(db: Db | Tx, actor: PersonActor, now: Instant): Promise<Reader> {
  const own = actor.posts.map((post) => ({ ...post, person: actor.person }))
  const seats = [...own, ...(await seatsTakenOver(db, actor, now))]
  if (seats.some(({ role }) => AGENCY_WIDE.includes(role))) return { actor, seats, units: null }
  const below = await unitsBelow(db, unitsOf(seats, HEADS))
  return { actor, seats, units: [...new Set([...unitsOf(seats, WORKERS), ...below])] }
}

function unitsOf(seats: readonly Seat[], roles: readonly Role[]): string[] {
  return seats.filter(({ role }) => roles.includes(role)).map(({ unit }) => unit)
}

async function seatsTakenOver(db: Db | Tx, actor: PersonActor, now: Instant): Promise<Seat[]> {
  const rows = await db
    .selectFrom("people_v_deputy as d")
    .innerJoin("people_v_post as p", (join) =>
      join.onRef("p.person", "=", "d.person").onRef("p.unit", "=", "d.unit"),
    )
    .select(["p.role", "p.unit", "p.person"])
    .where("d.deputy", "=", actor.person)
    .where(inForce("d", now))
    .where(inForce("p", now))
    .where("p.role", "in", TAKEN_OVER)
    .where(sql<boolean>`(d.roles is null or p.role = any(d.roles))`)
    .execute()
  // A colleague stands in within the unit, a head also for another unit's head (5-4).
  const isHead = actor.posts.some(({ role }) => role === "director" || HEADS.includes(role))
  const served = new Set<string>(actor.posts.map(({ unit }) => unit))
  return (rows as Seat[]).filter(({ unit }) => isHead || served.has(unit))
}

async function unitsBelow(db: Db | Tx, heads: readonly string[]): Promise<string[]> {
  if (heads.length === 0) return []
  const rows = await db
    .selectFrom("people_v_unit_above")
    .select("unit")
    .distinct()
    .where("above", "in", heads)
    .execute()
  return rows.flatMap(({ unit }) => unit ?? [])
}

/** Deliveries this person sees: those of their units, and no longer those of units they have left (5-4). */
export function visibleDeliveries(db: Db | Tx, { units }: Reader) {
  const all = db.selectFrom("delivery")
  if (units === null) return all
  return units.length === 0 ? all.where((eb) => eb.lit(false)) : all.where("delivery.unit", "in", units)
}
