import type { DeliveryId, EntryId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { RegisterEntry } from "./register.ts"

/** The standing row of a delivery; `null` when there is none or it was voided. The delivery's lock covers it. */
export async function loadStandingEntry(tx: Tx, delivery: DeliveryId): Promise<RegisterEntry | null> {
  const row = await tx
    .selectFrom("register_entry")
    .select("id")
    .where("delivery", "=", delivery)
    .where("voided_at", "is", null)
    .executeTakeFirst()
  return row === undefined ? null : loadEntry(tx, row.id as EntryId)
}

export async function loadEntry(tx: Tx, id: EntryId): Promise<RegisterEntry> {
  const [entry] = await loadEntries(tx, [id])
  if (entry === undefined) throw new Error("a row that was just found exists")
  return entry
}

export async function loadEntriesOf(tx: Tx, delivery: DeliveryId): Promise<RegisterEntry[]> {
  const rows = await tx.selectFrom("register_entry").select("id").where("delivery", "=", delivery).execute()
  return loadEntries(
    tx,
    rows.map(({ id }) => id),
  )
}

/** All that once stood: every version of the delivery's rows and every stamp that fell. */
export async function loadHistory(tx: Tx, delivery: DeliveryId): Promise<readonly object[]> {
  const versions = await tx
    .selectFrom("register_entry_version as v")
    .innerJoin("register_entry as e", "e.id", "v.entry")
    .selectAll("v")
    .where("e.delivery", "=", delivery)
    .orderBy("v.entry")
    .orderBy("v.version")
    .execute()
  const fallen = await tx
    .selectFrom("register_stamp as s")
    .innerJoin("register_entry as e", "e.id", "s.entry")
    .selectAll("s")
    .where("e.delivery", "=", delivery)
    .where("s.voided_at", "is not", null)
    .orderBy("s.id")
    .execute()
  return [...versions, ...fallen]
}

/** These rows in the order of their numbers, void ones among them; for reading, or under their delivery's lock. */
export async function loadEntries(tx: Tx, ids: readonly string[]): Promise<RegisterEntry[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom("register_entry")
    .selectAll()
    .where("id", "in", [...ids])
    .orderBy("serial")
    .execute()
  const stamps = await loadStamps(tx, ids)
  return rows.map((row) => {
    const { roc_year: rocYear, columns, later, voided_at, void_reason, created_at: createdAt, ...same } = row
    const voided = voided_at === null ? null : { at: voided_at, reason: void_reason }
    const here = stamps.filter(({ entry }) => entry === row.id).map(({ entry: _, ...stamp }) => stamp)
    return {
      ...same,
      ...(later as object),
      columns,
      rocYear,
      createdAt,
      voided,
      stamps: Object.fromEntries(here.map((stamp) => [stamp.place, stamp])),
    } as unknown as RegisterEntry
  })
}

async function loadStamps(tx: Tx, entries: readonly string[]) {
  return tx
    .selectFrom("register_stamp")
    .select([
      "id",
      "entry",
      "place",
      "person",
      "account",
      "name",
      "title",
      "unit_name as unitName",
      "on_behalf_of as onBehalfOf",
      "digest",
      "noted_on as notedOn",
      "stamped_at as stampedAt",
    ])
    .where("entry", "in", [...entries])
    .where("voided_at", "is", null)
    .execute()
}

interface Change {
  readonly by: PersonId
  readonly now: Instant
  readonly reason: string | null
  /** The command that made it. */
  readonly act: string | null
}

/** Saves the row as it stands, keeps this version for good, and voids stamps that no longer stand. */
export async function saveEntry(
  tx: Tx,
  entry: RegisterEntry,
  { by, now, reason, act }: Change,
): Promise<void> {
  const { comparison, correction, corrections, writers } = entry
  const later = { comparison, correction, corrections, writers }
  const changing = {
    columns: JSON.stringify(entry.columns),
    digest: entry.digest,
    later: JSON.stringify(later),
    voided_at: entry.voided?.at ?? null,
    void_reason: entry.voided?.reason ?? null,
    version: entry.version,
  }
  const { id, delivery, unit, rocYear, serial, number, createdAt } = entry
  await tx
    .insertInto("register_entry")
    .values({ id, delivery, unit, roc_year: rocYear, serial, number, created_at: createdAt, ...changing })
    .onConflict((oc) => oc.column("id").doUpdateSet(changing))
    .execute()
  const { columns, digest, version } = changing
  await tx
    .insertInto("register_entry_version")
    .values({
      entry: id,
      version,
      columns,
      later: changing.later,
      digest,
      changed_by: by,
      changed_at: now,
      reason,
      act,
    })
    .execute()
  await saveStamps(tx, entry, now)
}

async function saveStamps(tx: Tx, entry: RegisterEntry, now: Instant): Promise<void> {
  const standing = Object.values(entry.stamps)
  let fallen = tx
    .updateTable("register_stamp")
    .set({ voided_at: now, void_reason: entry.voided === null ? "登記內容變更" : "登記作廢" })
    .where("entry", "=", entry.id)
    .where("voided_at", "is", null)
  if (standing.length > 0)
    fallen = fallen.where(
      "id",
      "not in",
      standing.map((stamp) => stamp.id),
    )
  await fallen.execute()
  for (const { unitName, onBehalfOf, notedOn, stampedAt, ...same } of standing)
    await tx
      .insertInto("register_stamp")
      .values({
        ...same,
        entry: entry.id,
        unit_name: unitName,
        on_behalf_of: onBehalfOf,
        noted_on: notedOn,
        stamped_at: stampedAt,
      })
      .onConflict((oc) => oc.column("id").doNothing())
      .execute()
}

/** Takes the next number of a unit's book; the book's row stays locked, so that numbers have no gaps. */
export async function takeRegisterSerial(tx: Tx, unit: UnitId, rocYear: number): Promise<number> {
  const { last_number: serial } = await tx
    .insertInto("register_book")
    .values({ unit, roc_year: rocYear, last_number: 1 })
    .onConflict((oc) =>
      oc
        .columns(["unit", "roc_year"])
        .doUpdateSet((eb) => ({ last_number: eb("register_book.last_number", "+", 1) })),
    )
    .returning("last_number")
    .executeTakeFirstOrThrow()
  return serial
}
