import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { rocYear } from "../../../kernel/roc-date.ts"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Db } from "../../../platform/db/tx.ts"
import type { Holding } from "../../../runtime/index.ts"

const WORKERS = ["handler", "center-handler"]
const OVER = ["lapsed", "closed"]

/** What this person has in hand here: deliveries they handle, projects they are 專人 of, a register only they keep. */
export async function holdingsOfDeliveries(
  db: Db,
  person: PersonId,
  now: Instant,
): Promise<readonly Holding[]> {
  const [handled, custody, books] = await Promise.all([
    deliveriesHandled(db, person),
    projectsInCustody(db, person),
    booksKeptAlone(db, person, now),
  ])
  return [...handled, ...custody, ...books]
}

async function deliveriesHandled(db: Db, person: PersonId): Promise<Holding[]> {
  const rows = await db
    .selectFrom("delivery as d")
    .innerJoin("data_project as p", "p.id", "d.project")
    .select(["d.id", "d.unit", "d.number", "p.name"])
    .where("d.handler", "=", person)
    .where("d.state", "not in", OVER)
    .orderBy("d.number")
    .execute()
  return rows.map(({ id, unit, number, name }) => {
    return { kind: "delivery", id, unit: unit as UnitId, label: `${number}　${name}` }
  })
}

async function projectsInCustody(db: Db, person: PersonId): Promise<Holding[]> {
  const rows = await db
    .selectFrom("data_project")
    .select(["id", "unit", "number", "name", "custodian"])
    .where((eb) => eb.or([eb("custodian", "=", person), eb("custodian_deputy", "=", person)]))
    .orderBy("number")
    .execute()
  return rows.map(({ id, unit, number, name, custodian }) => {
    const post = custodian === person ? "專人" : "專人之代理人"
    return { kind: "custody", id, unit: unit as UnitId, label: `${number}　${name}（${post}）` }
  })
}

/** This year's 登記簿 of units where nobody else is 承辦人 now; who has just left is counted as having been the last. */
async function booksKeptAlone(db: Db, person: PersonId, now: Instant): Promise<Holding[]> {
  const year = rocYear(taipeiDate(now))
  const rows = await db
    .selectFrom("register_book as b")
    .innerJoin("people_v_unit as u", "u.id", "b.unit")
    .select(["b.unit", "u.name"])
    .where("b.roc_year", "=", year)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("people_v_post as mine")
          .select("mine.person")
          .whereRef("mine.unit", "=", "b.unit")
          .where("mine.person", "=", person)
          .where("mine.role", "in", WORKERS),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("people_v_post as other")
            .select("other.person")
            .whereRef("other.unit", "=", "b.unit")
            .where("other.person", "<>", person)
            .where("other.role", "in", WORKERS)
            .where(inForce("other", now)),
        ),
      ),
    )
    .execute()
  return rows.map(({ unit, name }) => {
    const label = `${name ?? ""}${year}年度登記簿`
    return { kind: "register-book", id: `${unit}:${year}`, unit: unit as UnitId, label }
  })
}
