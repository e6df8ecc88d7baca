import type { Selectable } from "kysely"
import type { PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Database } from "../../platform/db/schema.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import type { ChangeId, Item, OwedNotice, PersonnelChange } from "./model.ts"

/** Locked for a change. */
export async function lockChange(tx: Tx, id: ChangeId): Promise<PersonnelChange | null> {
  await tx.selectFrom("personnel_change").select("id").where("id", "=", id).forUpdate().execute()
  return (await loadChanges(tx, [id]))[0] ?? null
}

/** For reading only; those that there are, the latest recorded first. */
export async function loadChanges(db: Db, ids: readonly string[]): Promise<readonly PersonnelChange[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom("personnel_change")
    .selectAll()
    .where("id", "in", [...ids])
    .orderBy("recorded_at", "desc")
    .orderBy("number", "desc")
    .execute()
  const notices = await db
    .selectFrom("personnel_notice")
    .selectAll()
    .where("change", "in", [...ids])
    .orderBy("office", "desc")
    .execute()
  const items = await db
    .selectFrom("handover_item")
    .selectAll()
    .where("change", "in", [...ids])
    .orderBy("serial")
    .execute()
  return rows.map((row) =>
    toChange(
      row,
      notices.filter(({ change }) => change === row.id).map(toNotice),
      items.filter(({ change }) => change === row.id).map(toItem),
    ),
  )
}

export async function listChangeIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom("personnel_change").select("id").execute()).map((row) => row.id)
}

/** Changes whose moment has come and that have not taken effect, in the order they were recorded. */
export async function changesToBegin(db: Db, now: Instant): Promise<ChangeId[]> {
  const rows = await db
    .selectFrom("personnel_change")
    .select("id")
    .where("state", "=", "ordered")
    .where("at", "<=", now)
    .orderBy("number")
    .execute()
  return rows.map(({ id }) => id as ChangeId)
}

/** The records that one change of posts left, by the person and the moment it was recorded. */
export async function changesRecorded(db: Db, person: PersonId): Promise<ChangeId[]> {
  const rows = await db
    .selectFrom("personnel_change as c")
    .select("c.id")
    .where("c.person", "=", person)
    .where((eb) =>
      eb(
        "c.recorded_at",
        "=",
        eb
          .selectFrom("personnel_change as last")
          .select((last) => last.fn.max("last.recorded_at").as("at"))
          .where("last.person", "=", person),
      ),
    )
    .orderBy("c.number")
    .execute()
  return rows.map(({ id }) => id as ChangeId)
}

/** Units that other changes of this person, not closed, have left, and what stands in their inventories. */
export async function takenByOthers(tx: Tx, { id, person }: Pick<PersonnelChange, "id" | "person">) {
  const others = await tx
    .selectFrom("personnel_change")
    .select(["id", "unit"])
    .where("person", "=", person)
    .where("id", "<>", id)
    .where("state", "<>", "closed")
    .execute()
  const ids = others.map((other) => other.id)
  const items =
    ids.length === 0
      ? []
      : await tx
          .selectFrom("handover_item")
          .select(["kind", "holding"])
          .where("change", "in", ids)
          .where("state", "<>", "accepted")
          .execute()
  return { left: others.map(({ unit }) => unit as UnitId), items }
}

export async function insertChange(tx: Tx, change: PersonnelChange): Promise<void> {
  const { id, number, person, unit, recordedAt, at, leaves } = change
  await tx
    .insertInto("personnel_change")
    .values({
      ...{ id, number, person, unit, at, leaves, recorded_at: recordedAt },
      ended: JSON.stringify(change.ended),
      begun: JSON.stringify(change.begun),
      ...changing(change),
    })
    .execute()
  if (change.notices.length > 0)
    await tx
      .insertInto("personnel_notice")
      .values(change.notices.map((notice) => ({ ...toNoticeRow(notice), change: id })))
      .execute()
}

export async function updateChange(tx: Tx, change: PersonnelChange): Promise<void> {
  const { id } = change
  await tx.updateTable("personnel_change").set(changing(change)).where("id", "=", id).execute()
  for (const notice of change.notices)
    await tx.updateTable("personnel_notice").set(toNoticeRow(notice)).where("id", "=", notice.id).execute()
  for (const item of change.items) {
    const row = toItemRow(item)
    await tx
      .insertInto("handover_item")
      .values({ ...row, change: id })
      .onConflict((oc) => oc.column("id").doUpdateSet(row))
      .execute()
  }
}

function changing(change: PersonnelChange) {
  return {
    kind: change.kind,
    effective_on: change.effectiveOn,
    received_on: change.receivedOn,
    retroactive: change.retroactive,
    successor: change.successor,
    completed_at: change.completedAt,
    completed_by: change.completedBy,
    state: change.state,
    closed_at: change.closedAt,
    version: change.version,
  }
}

function toNoticeRow({ id, office, duty, letter }: OwedNotice) {
  return {
    ...{ id, office, duty },
    letter_number: letter?.number ?? null,
    letter_on: letter?.on ?? null,
    letter_recorded_at: letter?.recordedAt ?? null,
    letter_recorded_by: letter?.recordedBy ?? null,
  }
}

function toItemRow({ decidedBy, decidedAt, ...same }: Item) {
  return { ...same, decided_by: decidedBy, decided_at: decidedAt }
}

function toChange(
  row: Selectable<Database["personnel_change"]>,
  notices: readonly OwedNotice[],
  items: readonly Item[],
): PersonnelChange {
  return {
    id: row.id as ChangeId,
    number: row.number,
    person: row.person as PersonId,
    unit: row.unit as UnitId,
    kind: row.kind as PersonnelChange["kind"],
    effectiveOn: row.effective_on,
    receivedOn: row.received_on,
    at: row.at,
    retroactive: row.retroactive,
    leaves: row.leaves,
    ended: row.ended as PersonnelChange["ended"],
    begun: row.begun as PersonnelChange["begun"],
    successor: row.successor as PersonId | null,
    completedAt: row.completed_at,
    completedBy: row.completed_by as PersonId | null,
    state: row.state as PersonnelChange["state"],
    closedAt: row.closed_at,
    notices,
    items,
    recordedAt: row.recorded_at,
    version: row.version,
  }
}

function toNotice(row: Selectable<Database["personnel_notice"]>): OwedNotice {
  const { letter_number: number, letter_on: on, letter_recorded_at: at, letter_recorded_by: by } = row
  const letter =
    number === null || on === null || at === null
      ? null
      : { number, on: on, recordedAt: at, recordedBy: by as PersonId }
  return {
    id: row.id,
    office: row.office as OwedNotice["office"],
    duty: row.duty as OwedNotice["duty"],
    letter,
  }
}

function toItem(row: Selectable<Database["handover_item"]>): Item {
  const { id, serial, kind, holding, label, reason } = row
  return {
    ...{ id, serial, kind, holding, label, reason },
    state: row.state as Item["state"],
    decidedBy: row.decided_by as PersonId | null,
    decidedAt: row.decided_at,
  }
}

/** The next number of a ROC year, such as `H115-0001`; the row lock keeps numbers without gaps. */
export async function takeNumber(tx: Tx, rocYear: number): Promise<string> {
  const { last_number: serial } = await tx
    .insertInto("personnel_change_sequence")
    .values({ roc_year: rocYear, last_number: 1 })
    .onConflict((oc) =>
      oc
        .column("roc_year")
        .doUpdateSet((eb) => ({ last_number: eb("personnel_change_sequence.last_number", "+", 1) })),
    )
    .returning("last_number")
    .executeTakeFirstOrThrow()
  return `H${rocYear}-${String(serial).padStart(4, "0")}`
}
