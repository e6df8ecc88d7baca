import type { ExpressionBuilder } from "kysely"
import type { PersonActor, Role } from "../../kernel/actor.ts"
import type { Database } from "../../platform/db/schema.ts"
import type { Db } from "../../platform/db/tx.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { DUTIES } from "../../regulation/duties.ts"
import { explain } from "../../regulation/period/explain.ts"
import { refuse } from "../../regulation/rule.ts"
import { loadCalendar, selectImportedYears } from "./calendars.ts"
import type { CalendarYearView, DeadlineView } from "./contract.ts"
import type { Deadline, Subject } from "./model.ts"
import { isLate } from "./rules.ts"
import { toDeadline } from "./store.ts"

/** Posts whose work crosses units; a deadline holds numbers and dates, no personal data. */
const SEE_ALL: readonly Role[] = ["it-handler", "ethics-officer", "auditor", "director"]

/** Who may see a deadline: its unit, its owner, and posts that serve all units. */
function visibleTo(actor: PersonActor) {
  const units = actor.posts.map((post) => post.unit)
  const seesAll = actor.posts.some((post) => SEE_ALL.includes(post.role))
  return (eb: ExpressionBuilder<Database, "deadline">) =>
    eb.or([
      eb.lit(seesAll),
      eb("owner_person", "=", actor.person),
      ...(units.length === 0 ? [] : [eb("owner_unit", "in", units)]),
    ])
}

/** Throws RefusedError when there is none, or not for this person. */
export async function readDeadlineView(db: Db, id: string, actor: PersonActor): Promise<DeadlineView> {
  const row = await db
    .selectFrom("deadline")
    .selectAll()
    .where("id", "=", id)
    .where(visibleTo(actor))
    .executeTakeFirst()
  if (row === undefined) throw new RefusedError([refuse("NOT_FOUND")])
  const deadline = toDeadline(row)
  const { unit, person } = deadline.owner
  const names = { unitName: await readUnitName(db, unit), ownerName: await readPersonName(db, person) }
  return { ...viewOf(deadline), ...names }
}

function viewOf(deadline: Deadline): Omit<DeadlineView, "unitName" | "ownerName"> {
  const { id, duty, basis, itemNumber, link, eventDate, due, state, missedAt } = deadline
  const metAt = state === "met" ? deadline.metAt : null
  return {
    ...{ id, duty, basis, itemNumber, link, eventDate, state, missedAt, metAt },
    point: DUTIES[duty].point,
    dutyText: DUTIES[duty].zh,
    due: due.on,
    safeDue: due.safeOn,
    cutOff: due.cutOff ?? null,
    calendar: due.calendar,
    provisional: due.provisional,
    late: metAt === null ? missedAt !== null : isLate(deadline, metAt),
    voidReason: state === "void" ? deadline.reason : null,
    why: { zh: [...explain(due, "zh")], en: [...explain(due, "en")] },
  }
}

async function readUnitName(db: Db, id: string): Promise<string> {
  const row = await db.selectFrom("people_v_unit").select("name").where("id", "=", id).executeTakeFirst()
  return row?.name ?? ""
}

async function readPersonName(db: Db, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom("people_v_actor").select("name").where("person", "=", id).executeTakeFirst()
  return row?.name ?? ""
}

/** All deadlines about a thing, the nearest first; their visibility is the thing's own. */
export async function deadlinesAbout(db: Db, about: Subject): Promise<Deadline[]> {
  const rows = await db
    .selectFrom("deadline")
    .selectAll()
    .where("about_type", "=", about.type)
    .where("about_id", "=", about.id)
    .orderBy("due")
    .orderBy("id")
    .execute()
  return rows.map(toDeadline)
}

/** The edition in force of every year known. */
export async function readCalendars(db: Db): Promise<CalendarYearView[]> {
  const calendar = await loadCalendar(db)
  const imported = new Map((await selectImportedYears(db)).map((year) => [year.version, year]))
  const years = [...calendar.years.values()].toSorted((a, b) => a.year - b.year)
  return Promise.all(
    years.map(async ({ year, version, restDays }) => {
      const edition = imported.get(version)
      const importedBy = await readPersonName(db, edition?.importedBy ?? null)
      return { year, version, restDays: [...restDays], importedAt: edition?.importedAt ?? null, importedBy }
    }),
  )
}
