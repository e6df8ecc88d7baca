import type { PersonActor } from "../../kernel/actor.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Db } from "../../platform/db/tx.ts"
import type { Task } from "../../runtime/index.ts"
import type { DeliveryState } from "./model.ts"
import { readerOf, visibleDeliveries, type Reader } from "./visibility.ts"

interface Waiting {
  readonly title: string
  readonly duty: string
  /** Whose turn it is. */
  readonly desk: "handler" | "it-handler" | "supervisor"
}

/** What each stage waits for, and from whom. */
const WAITING: Readonly<Partial<Record<DeliveryState, readonly Waiting[]>>> = {
  announced: [{ title: "以書面或電子郵件通知資訊室下載", duty: "6-1a", desk: "handler" }],
  "download-requested": [{ title: "下載資料檔案", duty: "6-1b", desk: "it-handler" }],
  downloaded: [
    { title: "通知業務單位承辦人存取", duty: "6-1c", desk: "it-handler" },
    { title: "填具登記表", duty: "6-2a", desk: "handler" },
  ],
  registered: [
    { title: "於登記表核章或提供資料", duty: "6-2b", desk: "it-handler" },
    { title: "於登記表核章並註記日期", duty: "6-2c", desk: "supervisor" },
  ],
  released: [{ title: "存取資料並比對筆數", duty: "6-3a", desk: "handler" }],
  compared: [{ title: "確認比對狀況並核章", duty: "6-3a", desk: "supervisor" }],
  disputed: [{ title: "追蹤提供機關之查復並重新比對", duty: "6-3a", desk: "handler" }],
}

const MOST_TASKS = 200

/** What waits for this person among the deliveries they see. */
export async function deliveryTasksOf(db: Db, actor: PersonActor, now: Instant): Promise<readonly Task[]> {
  const reader = await readerOf(db, actor, now)
  const rows = await visibleDeliveries(db, reader)
    .leftJoin("register_entry as e", (join) =>
      join.onRef("e.delivery", "=", "delivery.id").on("e.voided_at", "is", null),
    )
    .leftJoin("register_stamp as s", (join) =>
      join.onRef("s.entry", "=", "e.id").on("s.voided_at", "is", null).on("s.place", "=", "responsible"),
    )
    .select([
      "delivery.id",
      "delivery.number",
      "delivery.state",
      "delivery.handler",
      "delivery.unit",
      "delivery.updated_at",
      "s.id as responsibleStamp",
    ])
    .where("delivery.state", "in", Object.keys(WAITING))
    .orderBy("delivery.updated_at")
    .limit(MOST_TASKS)
    .execute()
  return rows.flatMap((row) =>
    (WAITING[row.state as DeliveryState] ?? [])
      .filter(
        ({ desk, duty }) => sits(reader, desk, row) && !(duty === "6-2c" && row.responsibleStamp !== null),
      )
      .map(({ title, duty }) => taskOf(row, title, duty)),
  )
}

/** Whose turn it is, or whose who stands in for them. */
function sits(
  { actor, seats }: Reader,
  desk: Waiting["desk"],
  row: { readonly handler: string; readonly unit: string },
): boolean {
  const here = seats.filter((seat) => seat.unit === row.unit)
  switch (desk) {
    case "handler":
      return row.handler === actor.person || here.some((seat) => seat.person === row.handler)
    case "it-handler":
      return seats.some((seat) => seat.role === "it-handler")
    case "supervisor":
      return here.some((seat) => seat.role === "supervisor" || seat.role === "center-head")
  }
}

function taskOf(
  row: { readonly id: string; readonly number: string; readonly updated_at: Instant },
  title: string,
  duty: string,
): Task {
  return {
    kind: "delivery",
    title: `${row.number}　${title}`,
    link: `/deliveries/${row.id}`,
    duty,
    since: row.updated_at,
    due: null,
    deadline: null,
    inboxItem: null,
  }
}
