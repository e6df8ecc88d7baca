import type { Selectable } from "kysely"
import type { DeadlineId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { DutyId } from "../../regulation/duties.ts"
import type { Due, Step, Term } from "../../regulation/period/period.ts"
import type { Database } from "../../platform/db/schema.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Deadline, OpenDeadline, Stage, Subject } from "./model.ts"

export async function insertDeadline(tx: Tx, deadline: OpenDeadline): Promise<void> {
  const { id, duty, about, itemNumber, link, eventDate, term, basis, owner } = deadline
  await tx
    .insertInto("deadline")
    .values({
      ...{ id, duty, link, basis },
      about_type: about.type,
      about_id: about.id,
      item_number: itemNumber,
      event_date: eventDate,
      term: JSON.stringify(term),
      owner_unit: owner.unit,
      owner_person: owner.person,
      opened_at: deadline.openedAt,
      ...changingColumns(deadline),
    })
    .execute()
}

export async function updateDeadline(tx: Tx, deadline: Deadline): Promise<void> {
  await tx.updateTable("deadline").set(changingColumns(deadline)).where("id", "=", deadline.id).execute()
}

function changingColumns(deadline: Deadline) {
  const { due, state, missedAt, version } = deadline
  return {
    due: due.on,
    safe_due: due.safeOn,
    cut_off: due.cutOff ?? null,
    calendar: due.calendar,
    provisional: due.provisional,
    steps: JSON.stringify(due.steps),
    state,
    met_at: state === "met" ? deadline.metAt : null,
    missed_at: missedAt,
    voided_at: state === "void" ? deadline.voidedAt : null,
    void_reason: state === "void" ? deadline.reason : null,
    version,
  }
}

export async function loadDeadline(tx: Tx, id: DeadlineId): Promise<Deadline | null> {
  const row = await tx.selectFrom("deadline").selectAll().where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toDeadline(row)
}

/** The open deadline of a duty about a thing, locked. */
export async function loadOpen(tx: Tx, duty: DutyId, about: Subject): Promise<OpenDeadline | null> {
  const row = await tx
    .selectFrom("deadline")
    .selectAll()
    .where("state", "=", "open")
    .where("duty", "=", duty)
    .where("about_type", "=", about.type)
    .where("about_id", "=", about.id)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? null : (toDeadline(row) as OpenDeadline)
}

/** All open deadlines, locked in the order of their ids. */
export async function loadAllOpen(tx: Tx): Promise<OpenDeadline[]> {
  const rows = await tx
    .selectFrom("deadline")
    .selectAll()
    .where("state", "=", "open")
    .orderBy("id")
    .forUpdate()
    .execute()
  return rows.map((row) => toDeadline(row) as OpenDeadline)
}

export async function listDeadlineIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom("deadline").select("id").execute()).map((row) => row.id)
}

/** Notes that a stage was said for this safe day; false when it was said before. */
export async function noteStage(tx: Tx, { id, due }: Deadline, stage: Stage, now: Instant): Promise<boolean> {
  const noted = await tx
    .insertInto("deadline_reminder")
    .values({ deadline: id, safe_due: due.safeOn, stage, reminded_at: now })
    .onConflict((oc) => oc.doNothing())
    .returning("stage")
    .executeTakeFirst()
  return noted !== undefined
}

/**
 * Who heads `unit` at `now`: its `role`, 主任 in a health center, 局長 of the agency; whoever heads the unit above
 * while nobody does, or while one of `below`, whom they answer for, does.
 */
export async function headsOf(
  tx: Tx,
  unit: UnitId,
  role: string,
  now: Instant,
  below: readonly PersonId[] = [],
): Promise<PersonId[]> {
  const rows = await tx
    .selectFrom("people_v_post")
    .select("person")
    .distinct()
    .where("unit", "=", unit)
    .where("role", "in", [role, "center-head", "director"])
    .where(inForce("people_v_post", now))
    .orderBy("person")
    .execute()
  const heads = rows.map((row) => row.person as PersonId)
  if (heads.length > 0 && !heads.some((head) => below.includes(head))) return heads
  const above = await tx
    .selectFrom("people_v_unit")
    .select("parent")
    .where("id", "=", unit)
    .executeTakeFirst()
  return above?.parent == null ? [] : headsOf(tx, above.parent as UnitId, role, now, below)
}

export function toDeadline(row: Selectable<Database["deadline"]>): Deadline {
  const every = {
    id: row.id as DeadlineId,
    duty: row.duty as DutyId,
    about: { type: row.about_type, id: row.about_id },
    itemNumber: row.item_number,
    link: row.link,
    eventDate: row.event_date,
    term: row.term as Term,
    basis: row.basis,
    owner: { unit: row.owner_unit as UnitId, person: row.owner_person as PersonId | null },
    due: toDue(row),
    openedAt: row.opened_at,
    missedAt: row.missed_at,
    version: row.version,
  }
  if (row.state === "met" && row.met_at !== null) return { ...every, state: "met", metAt: row.met_at }
  if (row.state === "void" && row.voided_at !== null)
    return { ...every, state: "void", voidedAt: row.voided_at, reason: row.void_reason ?? "" }
  return { ...every, state: "open" }
}

function toDue(row: Selectable<Database["deadline"]>): Due {
  const steps = row.steps as readonly Step[]
  const rolled = steps.find((step) => step.kind === "rolled")
  return {
    on: row.due,
    safeOn: row.safe_due,
    ...(rolled === undefined ? {} : { rolledFrom: rolled.from }),
    ...(row.cut_off === null ? {} : { cutOff: row.cut_off as "12:00" }),
    calendar: row.calendar,
    provisional: row.provisional,
    steps,
  }
}
