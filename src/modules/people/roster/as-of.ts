import { sql } from "kysely"
import { ROLES } from "../../../kernel/actor.ts"
import { plusMs, startOfTaipeiDay, taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { RosterRow } from "../contract.ts"
import { AUTHORITIES } from "../../../regulation/authorities.ts"
import { AUTHORITY_OF_ROLE } from "../model.ts"
import { officialOrder } from "../reads/lists.ts"

export interface RosterFilter {
  readonly on: CivilDate
  readonly unit?: string | undefined
  readonly search?: string | undefined
  /** The units whose people the reader may see. */
  readonly seen: ReadonlySet<string> | "all"
}

const DAY_MS = 86_400_000

/** Today's roster is that of this moment; of any other day, the one with which it ended or will end. */
export function momentOf(on: CivilDate, now: Instant): Instant {
  return on === taipeiDate(now) ? now : plusMs(startOfTaipeiDay(on), DAY_MS - 1)
}

/** A page of the roster as of a day, in official order, heads first; names and titles as they were then. */
export async function readRosterPage(
  db: Db,
  filter: RosterFilter,
  { page, size }: { readonly page: number; readonly size: number },
  now: Instant,
) {
  const rows = ordered(db, filter, momentOf(filter.on, now))
  const { total } = await db
    .selectFrom(rows.clearOrderBy().as("rows"))
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const found = await rows
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: found.map(rowOf), total, page, size }
}

/** The whole of it. */
export async function readWholeRoster(tx: Tx, filter: RosterFilter, now: Instant): Promise<RosterRow[]> {
  return (await ordered(tx, filter, momentOf(filter.on, now)).execute()).map(rowOf)
}

function ordered(db: Db, { unit, search, seen }: RosterFilter, at: Instant) {
  let rows = grouped(db, at)
  if (unit !== undefined) rows = rows.where("p.unit", "=", unit)
  if (seen !== "all") rows = rows.where("p.unit", "in", [...seen])
  if (search !== undefined && search !== "") {
    const like = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`
    rows = rows.where((eb) =>
      eb.or([eb("n.name", "like", like), eb("n.title", "like", like), eb("n.staff_number", "ilike", like)]),
    )
  }
  return rows
    .orderBy(officialOrder)
    .orderBy(
      sql`min(case p.role when 'director' then 0 when 'supervisor' then 1 when 'center-head' then 1 else 2 end)`,
    )
    .orderBy("n.name")
    .orderBy("p.person")
}

/** One row per person and unit, with what both were called at the moment. */
function grouped(db: Db, at: Instant) {
  return db
    .selectFrom("post as p")
    .innerJoin("unit as u", "u.id", "p.unit")
    .innerJoin("person as h", "h.id", "p.person")
    .innerJoin("person_version as n", (join) =>
      join.onRef("n.person", "=", "p.person").on("n.version", "=", (eb) =>
        eb
          .selectFrom("person_version as v")
          .whereRef("v.person", "=", "p.person")
          .where("v.since", "<=", at)
          .select((v) => v.fn.max("v.version").as("version")),
      ),
    )
    .innerJoin("unit_version as m", (join) =>
      join.onRef("m.unit", "=", "p.unit").on("m.version", "=", (eb) =>
        eb
          .selectFrom("unit_version as w")
          .whereRef("w.unit", "=", "p.unit")
          .where("w.since", "<=", at)
          .select((w) => w.fn.max("w.version").as("version")),
      ),
    )
    .where(inForce("p", at))
    .groupBy(["p.person", "p.unit", "u.kind", "u.place", "m.code", "m.name", "h.vendor"])
    .groupBy(["n.name", "n.title", "n.staff_number", "n.email"])
    .select(["p.person", "p.unit", "m.code as unitCode", "m.name as unitName", "n.name", "n.title"])
    .select(["n.staff_number as staffNumber", "n.email", "h.vendor"])
    .select(sql<string[]>`array_agg(p.role)`.as("roles"))
}

type Grouped = Awaited<ReturnType<ReturnType<typeof grouped>["execute"]>>[number]

function rowOf({ vendor, roles: held, ...row }: Grouped): RosterRow {
  const roles = ROLES.filter((role) => held.includes(role))
  const authorities = AUTHORITIES.filter((known) => roles.some((role) => AUTHORITY_OF_ROLE[role] === known))
  return { ...row, roles, authorities, isVendors: vendor !== null }
}
