import type { DeliveryId } from "../../../kernel/ids.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { LateEntryView, LateFactView } from "../views.ts"
import { visibleDeliveries, type Reader } from "../visibility.ts"

/** Facts typed by hand more than `afterDays` days after they happened; the view knows which facts are typed. */
function lateFacts(tx: Tx, afterDays: number) {
  return tx.selectFrom("deliveries_v_dated as late").where("late.days_late", ">", afterDays)
}

/** 補登 of these deliveries, in one query. */
export async function lateFactsOf(
  tx: Tx,
  deliveries: readonly DeliveryId[],
  afterDays: number,
): Promise<(delivery: DeliveryId) => LateFactView[]> {
  if (deliveries.length === 0) return () => []
  const rows = await lateFacts(tx, afterDays)
    .select([
      "late.delivery",
      "late.what",
      "late.happened_at as happenedAt",
      "late.recorded_at as recordedAt",
      "late.days_late as daysLate",
    ])
    .where("late.delivery", "in", [...deliveries])
    .orderBy("late.recorded_at")
    .execute()
  return (delivery) =>
    rows.filter((row) => row.delivery === delivery).map(({ delivery: _, ...fact }) => fact as LateFactView)
}

interface Page {
  readonly page: number
  readonly size: number
}

/** 補登 among the deliveries this person sees, the newest entry first. */
export async function readLateEntries(db: Db, reader: Reader, { page, size }: Page, afterDays: number) {
  return readTx(db, async (tx) => {
    const late = visibleDeliveries(tx, reader)
      .innerJoin("deliveries_v_dated as late", "late.delivery", "delivery.id")
      .where("late.days_late", ">", afterDays)
    const { total } = await late
      .select((eb) => eb.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow()
    const rows = await late
      .innerJoin("people_v_unit as u", "u.id", "delivery.unit")
      .leftJoin("people_v_actor as by", "by.person", "late.recorded_by")
      .leftJoin("register_entry as e", (join) =>
        join.onRef("e.delivery", "=", "delivery.id").on("e.voided_at", "is", null),
      )
      .select([
        "delivery.id as delivery",
        "delivery.number as deliveryNumber",
        "e.number as registerNumber",
        "u.name as unitName",
        "late.what",
        "late.happened_at as happenedAt",
        "late.recorded_at as recordedAt",
        "by.name as recordedBy",
        "late.days_late as daysLate",
      ])
      .orderBy("late.recorded_at", "desc")
      .orderBy("late.what")
      .limit(size)
      .offset((page - 1) * size)
      .execute()
    return { items: rows as LateEntryView[], total, page, size, afterDays }
  })
}
