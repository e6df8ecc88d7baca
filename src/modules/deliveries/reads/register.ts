import type { EntryId } from "../../../kernel/ids.ts"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { Delivery, Dated } from "../model.ts"
import { loadEntry } from "../register-store.ts"
import type { RegisterEntry } from "../register.ts"
import { readDeliveryRow } from "../store.ts"
import type { RegisterRowView } from "../views.ts"
import { visibleDeliveries, type Reader } from "../visibility.ts"

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
export async function readBook(db: Db, { units }: Reader, { unit, year, page, size, late }: BookQuery) {
  if (units !== null && !units.includes(unit)) return null
  return readTx(db, async (tx) => {
    const rows = tx.selectFrom("register_entry").where("unit", "=", unit).where("roc_year", "=", year)
    const ids = await rows.select("id").orderBy("serial").execute()
    const views: RegisterRowView[] = []
    const wanted = late === true ? ids : ids.slice((page - 1) * size, page * size)
    for (const { id } of wanted) views.push(await readRow(tx, id as EntryId))
    if (late !== true) return { items: views, total: ids.length, page, size }
    const withLate = views.filter((view) => view.late.length > 0)
    return { items: withLate.slice((page - 1) * size, page * size), total: withLate.length, page, size }
  })
}

export async function readRow(tx: Tx, id: EntryId): Promise<RegisterRowView> {
  const entry = await loadEntry(tx, id)
  const delivery = await readDeliveryRow(tx, entry.delivery)
  return rowView(entry, delivery)
}

export function rowView(entry: RegisterEntry, delivery: Delivery): RegisterRowView {
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
    correction: correction === null ? null : { ...correction, confirmedBy: [...correction.confirmedBy] },
    voidedAt: voided?.at ?? null,
    voidReason: voided?.reason ?? null,
    version,
    createdAt,
    late: lateFacts(delivery),
  }
}

/** Hand-typed facts entered on a later day than they happened. */
export function lateFacts(delivery: Delivery): { what: string; happenedAt: Instant; recordedAt: Instant }[] {
  const typed: [string, Dated | undefined][] = [
    ["提供機關通知時間", delivery.announcement],
    ["比對狀況", "comparison" in delivery ? delivery.comparison : undefined],
    ["向提供機關提出疑義", "dispute" in delivery ? delivery.dispute : undefined],
    ["撤回", "lapsed" in delivery ? delivery.lapsed : undefined],
  ]
  return typed.flatMap(([what, dated]) =>
    dated !== undefined && taipeiDate(dated.recordedAt) > taipeiDate(dated.happenedAt)
      ? [{ what, happenedAt: dated.happenedAt, recordedAt: dated.recordedAt }]
      : [],
  )
}

export async function readVersions(tx: Tx, entry: EntryId) {
  const rows = await tx
    .selectFrom("register_entry_version as v")
    .innerJoin("people_v_actor as a", "a.person", "v.changed_by")
    .select(["v.version", "v.columns", "a.name as changedBy", "v.changed_at as changedAt", "v.reason"])
    .where("v.entry", "=", entry)
    .orderBy("v.version")
    .execute()
  return rows.map((row) => ({
    ...row,
    columns: row.columns as RegisterRowView["columns"],
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
