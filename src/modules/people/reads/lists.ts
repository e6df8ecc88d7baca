import { sql } from "kysely"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Db } from "../../../platform/db/tx.ts"
import type { PersonActor, Role } from "../../../kernel/actor.ts"
import type { UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { DeputyView, PersonView, UnitView } from "../contract.ts"
import { mayAppointIn } from "../rules/deputies.ts"

/** 機關, then its offices and units, then its centers, each as they were entered. */
export const officialOrder = sql`case kind when 'agency' then 0 when 'health-center' then 2 else 1 end, place`

/** All units in official order, with the number of people who hold a post there now. */
export async function readUnits(db: Db, now: Instant): Promise<UnitView[]> {
  const rows = await db
    .selectFrom("unit")
    .select((eb) => [
      "id",
      "code",
      "name",
      "kind",
      "parent",
      "until",
      eb
        .selectFrom("post")
        .whereRef("post.unit", "=", "unit.id")
        .where(inForce("post", now))
        .select((p) => p.fn.count<number>("post.person").distinct().as("people"))
        .as("people"),
    ])
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .orderBy(officialOrder)
    .execute()
  return rows as UnitView[]
}

export interface PeopleFilter {
  readonly page: number
  readonly size: number
  readonly unit?: string | undefined
  readonly search?: string | undefined
}

export async function readPeople(db: Db, filter: PeopleFilter, now: Instant) {
  const { page, size, unit, search } = filter
  let matching = db.selectFrom("person")
  if (unit !== undefined)
    matching = matching.where((eb) =>
      eb.exists(
        eb
          .selectFrom("post")
          .select("post.person")
          .whereRef("post.person", "=", "person.id")
          .where("post.unit", "=", unit)
          .where(inForce("post", now)),
      ),
    )
  if (search !== undefined && search !== "")
    matching = matching.where("person.name", "like", `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`)
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const people = await matching
    .select(["id", "name", "title", "email"])
    .orderBy("name")
    .orderBy("id")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const posts = await readPosts(
    db,
    people.map((person) => person.id),
    now,
  )
  const items = people.map((person) => ({
    ...person,
    posts: posts.filter((post) => post.person === person.id),
  })) as PersonView[]
  return { items, total, page, size }
}

async function readPosts(db: Db, people: readonly string[], now: Instant) {
  if (people.length === 0) return []
  return db
    .selectFrom("post")
    .innerJoin("unit", "unit.id", "post.unit")
    .select(["post.person", "post.unit", "unit.name as unitName", "post.role"])
    .where("post.person", "in", people)
    .where(inForce("post", now))
    .orderBy("post.since")
    .execute()
}

/** 職務代理人, the latest first; those that ended only when asked for. */
export async function readDeputies(
  db: Db,
  actor: PersonActor,
  { page, size, ended }: { readonly page: number; readonly size: number; readonly ended: boolean },
  now: Instant,
) {
  const wanted = db
    .selectFrom("deputy as d")
    .where((eb) => (ended ? eb.lit(true) : eb.or([eb("d.until", "is", null), eb("d.until", ">", now)])))
  const { total } = await wanted
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await wanted
    .innerJoin("unit as u", "u.id", "d.unit")
    .innerJoin("person as p", "p.id", "d.person")
    .innerJoin("person as s", "s.id", "d.deputy")
    .select(["d.id", "d.unit", "u.name as unitName", "d.person", "p.name as personName"])
    .select(["d.deputy", "s.name as deputyName", "d.roles", "d.since", "d.until"])
    .orderBy("d.since", "desc")
    .orderBy("d.id")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const items: DeputyView[] = rows.map((row) => {
    const state = row.until !== null && row.until <= now ? "ended" : row.since > now ? "to-come" : "in-force"
    return {
      ...row,
      roles: row.roles as Role[] | null,
      state,
      mayEnd: state !== "ended" && mayAppointIn(actor, row.unit as UnitId),
    }
  })
  const units = await db
    .selectFrom("unit")
    .select(["id", "name"])
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .orderBy(officialOrder)
    .execute()
  return { items, total, page, size, units: units.filter(({ id }) => mayAppointIn(actor, id as UnitId)) }
}
