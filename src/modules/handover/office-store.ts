import type { PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Db } from "../../platform/db/tx.ts"
import type { Office, OwedNotice, PersonnelChange } from "./model.ts"
import type { NoticeStanding } from "./rules/hand-over.ts"
import type { Receiver } from "./rules/notices.ts"

/** Whose business it is in an office that is told (5-4c, 5-4d). */
const READERS: Readonly<Record<Exclude<Office, "provider">, readonly string[]>> = {
  "it-office": ["it-handler", "supervisor"],
  "ethics-office": ["ethics-officer", "supervisor"],
}

/**
 * Who answers for a unit that `leaver` leaves, at `now`: its heads and who stands in for them; those of the next unit
 * above while there is nobody. `headRole` is the pack's.
 */
export async function answerableFor(
  db: Db,
  unit: UnitId,
  { leaver, headRole, now }: { readonly leaver: PersonId; readonly headRole: string; readonly now: Instant },
): Promise<readonly PersonId[]> {
  const chain = await db
    .selectFrom("people_v_unit_above")
    .select("above")
    .where("unit", "=", unit)
    .orderBy("height")
    .execute()
  for (const { above } of chain) {
    if (above === null) continue
    const seated = await seatedAbove(db, above, headRole, now)
    const others = seated.filter((person) => person !== leaver)
    if (others.length > 0) return others
  }
  return []
}

/** Heads of this very unit, then who stands in for them there. */
async function seatedAbove(db: Db, unit: string, headRole: string, now: Instant): Promise<PersonId[]> {
  const heads = await db
    .selectFrom("people_v_post as p")
    .select("p.person")
    .distinct()
    .where("p.unit", "=", unit)
    .where("p.role", "in", [headRole, "center-head", "director"])
    .where(inForce("p", now))
    .execute()
  const people = heads.flatMap(({ person }) => person ?? [])
  if (people.length === 0) return []
  const deputies = await db
    .selectFrom("people_v_deputy as d")
    .innerJoin("people_v_post as serves", "serves.person", "d.deputy")
    .select("d.deputy")
    .distinct()
    .where("d.unit", "=", unit)
    .where("d.person", "in", people)
    .where(inForce("d", now))
    .where(inForce("serves", now))
    .execute()
  return [...people, ...deputies.flatMap(({ deputy }) => deputy ?? [])] as PersonId[]
}

/** Who may be told in an office, but for whoever leaves; nobody for a provider, which is told by letter. */
export async function receiversIn(
  db: Db,
  office: Office,
  leaver: PersonId,
  now: Instant,
): Promise<readonly Receiver[]> {
  if (office === "provider") return []
  const rows = await db
    .selectFrom("people_v_post as p")
    .innerJoin("people_v_unit as u", "u.id", "p.unit")
    .innerJoin("people_v_actor as a", "a.person", "p.person")
    .select(["a.person", "a.name", "a.title", "u.name as unitName"])
    .distinct()
    .where("u.kind", "=", office)
    .where("p.role", "in", READERS[office])
    .where("p.person", "<>", leaver)
    .where(inForce("p", now))
    .orderBy("a.person")
    .execute()
  return rows as Receiver[]
}

/** How far each office has been told about a change: by notices that stand, or by the letter recorded. */
export async function standingsOf(
  db: Db,
  change: Pick<PersonnelChange, "id">,
): Promise<(notice: OwedNotice) => NoticeStanding> {
  const rows = await db
    .selectFrom("notices_v_notice")
    .select(["duty", "state", "stands"])
    .where("about_type", "=", "personnel-change")
    .where("about_id", "=", change.id)
    .execute()
  return ({ office, duty, letter }) => {
    if (office === "provider") return letter === null ? "owed" : "given"
    const about = rows.filter((row) => row.duty === duty)
    if (about.some(({ stands }) => stands === true)) return "given"
    return about.some(({ state }) => state === "queued") ? "waiting" : "owed"
  }
}

/** The units where somebody holds a post at `now`. */
export async function unitsServed(db: Db, person: PersonId, now: Instant): Promise<readonly UnitId[]> {
  const rows = await db
    .selectFrom("people_v_post")
    .select("unit")
    .distinct()
    .where("person", "=", person)
    .where(inForce("people_v_post", now))
    .execute()
  return rows.map(({ unit }) => unit as UnitId)
}
