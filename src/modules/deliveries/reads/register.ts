import type { EntryId } from "../../../kernel/ids.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { Delivery } from "../model.ts"
import { loadEntries } from "../register-store.ts"
import type { Correction, RegisterEntry } from "../register.ts"
import { readDeliveryRows } from "../store.ts"
import type { LateFactView, RegisterRowView } from "../views.ts"
import { comparisonNotes } from "./column-eight.ts"
import { visibleDeliveries, type Reader } from "../visibility.ts"
import { lateFactsOf } from "./late.ts"

/** Books this person may see: unit and ROC year. */
export async function readBooks(db: Db, { units }: Reader) {
  if (units?.length === 0) return []
  let books = db
    .selectFrom("register_book as b")
    .innerJoin("people_v_unit as u", "u.id", "b.unit")
    .select(["b.unit", "u.name as unitName", "b.roc_year as year", "b.last_number as rows"])
  if (units !== null) books = books.where("b.unit", "in", units)
  const rows = await books.orderBy("b.roc_year", "desc").orderBy("u.code").execute()
  return rows.map((row) => ({ ...row, unitName: row.unitName ?? "" }))
}

export interface BookQuery {
  readonly unit: string
  readonly year: number
  readonly page: number
  readonly size: number
  /** Only rows with a 補登. */
  readonly late?: boolean | undefined
}

/** Rows of one book in the order of their numbers, void ones among them; `null` when the book is not theirs to see. */
export async function readBook(
  db: Db,
  { units }: Reader,
  { unit, year, page, size, late }: BookQuery,
  afterDays: number,
) {
  if (units !== null && !units.includes(unit)) return null
  return readTx(db, async (tx) => {
    const book = tx.selectFrom("register_entry").where("unit", "=", unit).where("roc_year", "=", year)
    const rows =
      late === true
        ? book.where("delivery", "in", (eb) =>
            eb.selectFrom("deliveries_v_dated").select("delivery").where("days_late", ">", afterDays),
          )
        : book
    const { total } = await rows
      .select((eb) => eb.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow()
    const ids = await rows
      .select("id")
      .orderBy("serial")
      .limit(size)
      .offset((page - 1) * size)
      .execute()
    const entries = await loadEntries(
      tx,
      ids.map(({ id }) => id),
    )
    return { items: await rowViews(tx, entries, afterDays), total, page, size }
  })
}

async function rowViews(
  tx: Tx,
  entries: readonly RegisterEntry[],
  afterDays: number,
): Promise<RegisterRowView[]> {
  const ids = entries.map(({ delivery }) => delivery)
  const deliveries = new Map((await readDeliveryRows(tx, ids)).map((delivery) => [delivery.id, delivery]))
  const late = await lateFactsOf(tx, ids, afterDays)
  return entries.flatMap((entry) => {
    const delivery = deliveries.get(entry.delivery)
    return delivery === undefined ? [] : rowView(entry, delivery, late(delivery.id))
  })
}

export function rowView(entry: RegisterEntry, delivery: Delivery, late: LateFactView[]): RegisterRowView {
  const { id, number, columns, digest, comparison, version, createdAt, voided, correction } = entry
  return {
    id,
    delivery: delivery.id,
    deliveryNumber: delivery.number,
    number,
    columns,
    digest,
    stamps: Object.values(entry.stamps),
    comparison,
    comparisonNotes: comparisonNotes(entry, delivery),
    correction: correction === null ? null : correctionView(correction),
    corrections: entry.corrections.map(({ before, madeAt, ...made }) => ({
      ...correctionView(made),
      before,
      madeAt,
    })),
    voidedAt: voided?.at ?? null,
    voidReason: voided?.reason ?? null,
    version,
    createdAt,
    late,
  }
}

function correctionView({ confirmations, ...same }: Correction) {
  return { ...same, confirmations: [...confirmations] }
}

/** Every version of a row with its author; what waited for confirmation then stands beside. */
export async function readVersions(tx: Tx, entry: EntryId) {
  const rows = await tx
    .selectFrom("register_entry_version as v")
    .innerJoin("people_v_actor as a", "a.person", "v.changed_by")
    .select([
      "v.version",
      "v.act",
      "v.columns",
      "v.later",
      "a.name as changedBy",
      "v.changed_at as changedAt",
      "v.reason",
    ])
    .where("v.entry", "=", entry)
    .orderBy("v.version")
    .execute()
  return rows.map(({ later, ...row }) => ({
    ...row,
    columns: row.columns as RegisterRowView["columns"],
    correction: (later as { correction: RegisterRowView["correction"] }).correction,
    comparison: (later as Pick<RegisterEntry, "comparison">).comparison,
    changedBy: row.changedBy ?? "",
  }))
}

/** Whether a row of the register is this person's to see. */
export async function mayReadEntry(db: Db, reader: Reader, id: string): Promise<boolean> {
  const row = await visibleDeliveries(db, reader)
    .innerJoin("register_entry as seen", "seen.delivery", "delivery.id")
    .select("seen.id")
    .where("seen.id", "=", id)
    .executeTakeFirst()
  return row !== undefined
}
