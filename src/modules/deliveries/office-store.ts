import { sql } from "kysely"
import type { PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Delivery, NamedPerson } from "./model.ts"
import type { Head, Office } from "./rules/office.ts"

/** Where a delivery stands: whose it is, and in which unit. */
export interface Place {
  readonly unit: UnitId
  readonly handler: PersonId
}

const HEADS = ["supervisor", "center-head", "director"]
const WORKERS = ["handler", "center-handler"]

/** Who sits where around a delivery of `unit` handled by `handler`, at `now`. */
export async function loadOffice(tx: Tx, place: Place, now: Instant): Promise<Office> {
  return (await loadOffices(tx, [place], now))(place)
}

/** Who sits where around deliveries of these places, at `now`; as many queries for many as for one. */
export async function loadOffices(
  tx: Tx,
  places: readonly Place[],
  now: Instant,
): Promise<(place: Place) => Office> {
  const units = [...new Set(places.map(({ unit }) => unit))]
  const chains = await loadChains(tx, units)
  const heads = await loadHeads(tx, [...new Set(chains.map(({ above }) => above))], now)
  const everyHandler = places.map(({ handler }) => handler)
  const deputies = await loadDeputies(tx, [...heads.map(({ person }) => person), ...everyHandler], now)
  const it = await itHandlers(tx, now)
  const seated = [...heads, ...deputies].map(({ person }) => person)
  const named = await namesOf(tx, [...everyHandler, ...seated], now)
  const deputiesOf = (person: PersonId, unit: UnitId, desk: readonly string[]) =>
    deputies
      .filter((one) => one.of === person && one.unit === unit)
      .filter(({ roles }) => roles?.some((role) => desk.includes(role)) ?? true)
      .flatMap((one) => named(one.person, unit) ?? [])
  const headsOf = (unit: UnitId): Head[] =>
    heads
      .filter((head) => head.unit === unit)
      .map(({ person }) => ({ ...known(named(person, unit)), deputies: deputiesOf(person, unit, HEADS) }))
  return ({ unit, handler }) => ({
    handler: known(named(handler, unit)),
    handlerDeputies: deputiesOf(handler, unit, WORKERS),
    itHandlers: it,
    levels: chains
      .filter((chain) => chain.unit === unit)
      .map(({ above }) => headsOf(above))
      .filter((level) => level.length > 0),
  })
}

function known(named: NamedPerson | null): NamedPerson {
  if (named === null) throw new Error("who handles a delivery or holds a post is a person of the roster")
  return named
}

/**
 * A person as paper names them at `now`: in `unit` if they hold a post there, else in the first unit where they do;
 * who has left, in the unit they left last.
 */
export async function loadNamed(
  tx: Tx,
  person: PersonId,
  now: Instant,
  unit?: UnitId,
): Promise<NamedPerson | null> {
  return (await namesOf(tx, [person], now))(person, unit)
}

type Naming = (person: PersonId, unit?: UnitId) => NamedPerson | null

/** These people as paper names them (`loadNamed`), in one query. */
export async function namesOf(tx: Tx, people: readonly PersonId[], now: Instant): Promise<Naming> {
  if (people.length === 0) return () => null
  const rows = await tx
    .selectFrom("people_v_actor as a")
    .leftJoin("people_v_post as p", (join) =>
      join.onRef("p.person", "=", "a.person").on("p.since", "<=", now),
    )
    .leftJoin("people_v_unit as u", "u.id", "p.unit")
    .select(["a.person", "a.name", "a.title", "p.unit", "u.name as unitName"])
    .where("a.person", "in", [...new Set(people)])
    .orderBy(sql`${inForce("p", now)} desc nulls last, p.until desc, p.since`)
    .execute()
  return (person, unit) => {
    const posts = rows.filter((row) => row.person === person)
    const row = posts.find((post) => post.unit === unit) ?? posts[0]
    return row === undefined
      ? null
      : { person, name: row.name ?? "", title: row.title ?? "", unitName: row.unitName ?? "" }
  }
}

/** Each of these units with itself and every unit above it, the nearest first. */
async function loadChains(tx: Tx, units: readonly UnitId[]) {
  if (units.length === 0) return []
  const rows = await tx
    .selectFrom("people_v_unit_above")
    .select(["unit", "above"])
    .where("unit", "in", [...units])
    .orderBy("height")
    .execute()
  return rows as { unit: UnitId; above: UnitId }[]
}

async function loadHeads(tx: Tx, units: readonly UnitId[], now: Instant) {
  if (units.length === 0) return []
  const rows = await tx
    .selectFrom("people_v_post")
    .select(["person", "unit"])
    .distinct()
    .where("unit", "in", [...units])
    .where("role", "in", HEADS)
    .where(inForce("people_v_post", now))
    .orderBy("person")
    .execute()
  return rows as { person: PersonId; unit: UnitId }[]
}

async function loadDeputies(tx: Tx, people: readonly PersonId[], now: Instant) {
  if (people.length === 0) return []
  const rows = await tx
    .selectFrom("people_v_deputy")
    .select(["deputy as person", "person as of", "unit", "roles"])
    .where("person", "in", [...new Set(people)])
    .where(inForce("people_v_deputy", now))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("people_v_post as serves")
          .select("serves.person")
          .whereRef("serves.person", "=", "people_v_deputy.deputy")
          .where((serves) =>
            serves.or([
              serves("serves.unit", "=", serves.ref("people_v_deputy.unit")),
              serves("serves.role", "in", HEADS),
            ]),
          )
          .where(inForce("serves", now)),
      ),
    )
    .orderBy("since")
    .execute()
  return rows as { person: PersonId; of: PersonId; unit: UnitId; roles: string[] | null }[]
}

/** Everybody who holds the post of 資訊室承辦人 now. */
export async function itHandlers(tx: Tx, now: Instant): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .distinct()
    .where("role", "=", "it-handler")
    .where(inForce("people_v_post", now))
    .orderBy("person")
    .execute()
  return rows.map((row) => row.person as PersonId)
}

/** Everybody who is or was 承辦人 in the unit: whom column 5 of a past row can name. */
export async function handlersEver(tx: Tx, unit: UnitId): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .distinct()
    .where("role", "in", WORKERS)
    .where("unit", "=", unit)
    .orderBy("person")
    .execute()
  return rows.map((row) => row.person as PersonId)
}

/**
 * Who may have signed for a paper notice about this delivery: people of 資訊室 (6-1a); of the unit, and who stands in
 * for the handler (6-1c). Who left before the provider's notice cannot have.
 */
export async function receiversOf(
  tx: Tx,
  duty: "6-1a" | "6-1c",
  { unit, announcement }: Pick<Delivery, "unit" | "announcement">,
  { handlerDeputies }: Office,
  now: Instant,
): Promise<NamedPerson[]> {
  const posts = tx
    .selectFrom("people_v_post as p")
    .innerJoin("people_v_unit as u", "u.id", "p.unit")
    .select(["p.person", "p.unit"])
    .distinct()
    .where("p.since", "<=", now)
    .where((eb) => eb.or([eb("p.until", "is", null), eb("p.until", ">", announcement.happenedAt)]))
  const there = duty === "6-1a" ? posts.where("u.kind", "=", "it-office") : posts.where("p.unit", "=", unit)
  const rows = (await there.orderBy("p.person").execute()) as { person: PersonId; unit: UnitId }[]
  const named = await namesOf(
    tx,
    rows.map(({ person }) => person),
    now,
  )
  const found = rows.flatMap(({ person, unit: theirs }) => named(person, theirs) ?? [])
  const others = duty === "6-1a" ? [] : handlerDeputies
  return [...new Map([...found, ...others].map((one) => [one.person, one])).values()]
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
export async function membersOf(tx: Tx, unit: UnitId, now: Instant): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .where("unit", "=", unit)
    .where(inForce("people_v_post", now))
    .execute()
  return new Set(rows.flatMap((row) => row.person ?? []))
}
