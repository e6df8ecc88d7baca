import { sql } from "kysely"
import type { PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { NamedPerson } from "./model.ts"
import type { Head, Office } from "./rules/office.ts"

/** Who sits where around a delivery of `unit` handled by `handler`, at `now`. */
export async function loadOffice(tx: Tx, unit: UnitId, handler: PersonId, now: Instant): Promise<Office> {
  const chain = await loadChain(tx, unit)
  const levels: Head[][] = []
  for (const level of chain) levels.push(await loadHeads(tx, level, now))
  const named = await loadNamed(tx, handler, unit)
  if (named === null) throw new Error("a delivery's handler is a person of the roster")
  return {
    handler: named,
    handlerDeputies: await loadDeputies(tx, handler, unit, now),
    levels: levels.filter((heads) => heads.length > 0),
  }
}

/** A person as paper names them, in `unit` if they hold a post there, else in the first unit where they do. */
export async function loadNamed(tx: Tx, person: PersonId, unit?: UnitId): Promise<NamedPerson | null> {
  const row = await tx
    .selectFrom("people_v_actor as a")
    .leftJoin("people_v_post as p", (join) =>
      join.onRef("p.person", "=", "a.person").on("p.until", "is", null),
    )
    .leftJoin("people_v_unit as u", "u.id", "p.unit")
    .select(["a.person", "a.name", "a.title", "u.name as unitName"])
    .where("a.person", "=", person)
    .orderBy(sql`p.unit is distinct from ${unit ?? null}`)
    .orderBy("p.since")
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : ({ ...row, unitName: row.unitName ?? "" } as NamedPerson)
}

async function loadChain(tx: Tx, unit: UnitId): Promise<UnitId[]> {
  const { rows } = await sql<{ id: UnitId }>`
    with recursive chain as (
      select id, parent, 0 as height from people_v_unit where id = ${unit}
      union all
      select u.id, u.parent, chain.height + 1 from people_v_unit u join chain on u.id = chain.parent
    )
    select id from chain order by height`.execute(tx)
  return rows.map((row) => row.id)
}

async function loadHeads(tx: Tx, unit: UnitId, now: Instant): Promise<Head[]> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .distinct()
    .where("unit", "=", unit)
    .where("role", "in", ["supervisor", "center-head", "director"])
    .where("until", "is", null)
    .orderBy("person")
    .execute()
  const heads: Head[] = []
  for (const row of rows) {
    const person = row.person as PersonId
    const named = await loadNamed(tx, person, unit)
    if (named !== null) heads.push({ ...named, deputies: await loadDeputies(tx, person, unit, now) })
  }
  return heads
}

async function loadDeputies(tx: Tx, person: PersonId, unit: UnitId, now: Instant): Promise<NamedPerson[]> {
  const rows = await tx
    .selectFrom("people_v_deputy")
    .select("deputy")
    .where("person", "=", person)
    .where("unit", "=", unit)
    .where("since", "<=", now)
    .where((eb) => eb.or([eb("until", "is", null), eb("until", ">", now)]))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("people_v_post as serves")
          .select("serves.person")
          .whereRef("serves.person", "=", "people_v_deputy.deputy")
          .where("serves.until", "is", null),
      ),
    )
    .orderBy("since")
    .execute()
  const deputies: NamedPerson[] = []
  for (const row of rows) {
    const named = await loadNamed(tx, row.deputy as PersonId, unit)
    if (named !== null) deputies.push(named)
  }
  return deputies
}

/** Everybody who holds the post of 資訊室承辦人 now. */
export async function itHandlers(tx: Tx): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .distinct()
    .where("role", "=", "it-handler")
    .where("until", "is", null)
    .execute()
  return rows.map((row) => row.person as PersonId)
}

export async function unitCode(tx: Tx, unit: UnitId): Promise<string> {
  const { code } = await tx
    .selectFrom("people_v_unit")
    .select("code")
    .where("id", "=", unit)
    .executeTakeFirstOrThrow()
  return code ?? ""
}

/** Everybody who holds a post in the unit now. */
export async function membersOf(tx: Tx, unit: UnitId): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .where("unit", "=", unit)
    .where("until", "is", null)
    .execute()
  return new Set(rows.flatMap((row) => row.person ?? []))
}
