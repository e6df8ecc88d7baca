import { sql } from "kysely"
import type { PersonActor } from "../../kernel/actor.ts"
import type { DeliveryId, EntryId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { readTx, type Db, type Tx } from "../../platform/db/tx.ts"
import type { Task } from "../../runtime/index.ts"
import { noticesAboutAll } from "./commands/delivery-command.ts"
import { loadOffices } from "./office-store.ts"
import { loadEntries } from "./register-store.ts"
import type { Standing } from "./rules/office.ts"
import { WAITING, waitingFor, type Waiting } from "./waiting.ts"
import { readDeliveryRows } from "./store.ts"
import { readerOf, visibleDeliveries, type Reader } from "./visibility.ts"

/** How many deliveries are looked through, the longest waiting first, and how many lines one person is shown. */
const MOST_LOOKED_AT = 500
const MOST_TASKS = 200

/** What waits for this person among the deliveries they see; as many queries for many as for one. */
export async function deliveryTasksOf(db: Db, actor: PersonActor, now: Instant): Promise<readonly Task[]> {
  return readTx(db, async (tx) => {
    const reader = await readerOf(tx, actor, now)
    const rows = await waitingRows(tx, reader)
    const standings = await loadStandings(tx, rows, now)
    const tasks = rows.flatMap((row) => {
      const standing = standings.get(row.id)
      return standing === undefined ? [] : waitingFor(standing, actor).map((line) => taskOf(row, line))
    })
    return tasks.slice(0, MOST_TASKS)
  })
}

interface Row {
  readonly id: string
  readonly number: string
  readonly entry: string | null
  readonly updatedAt: Instant
}

async function waitingRows(tx: Tx, reader: Reader): Promise<Row[]> {
  return visibleDeliveries(tx, reader)
    .leftJoin("register_entry as e", (join) =>
      join.onRef("e.delivery", "=", "delivery.id").on("e.voided_at", "is", null),
    )
    .select(["delivery.id", "delivery.number", "e.id as entry", "delivery.updated_at as updatedAt"])
    .where((eb) =>
      eb.or([
        eb("delivery.state", "in", statesNamed(reader)),
        eb(
          "delivery.id",
          "in",
          eb
            .selectFrom("register_entry as correcting")
            .select("correcting.delivery")
            .where("correcting.voided_at", "is", null)
            .where(sql<boolean>`correcting.later -> 'correction' <> 'null'::jsonb`),
        ),
      ]),
    )
    .orderBy("delivery.updated_at")
    .limit(MOST_LOOKED_AT)
    .execute()
}

/** The states that can wait for somebody at one of this person's desks; corrections are found by themselves. */
function statesNamed({ actor, seats }: Reader): readonly string[] {
  const roles = new Set<string>(seats.map(({ role }) => role))
  const isHead = ["supervisor", "center-head", "director"].some((role) => roles.has(role))
  const desks = new Set([
    ...(actor.posts.length > 0 ? ["handler"] : []),
    ...(roles.has("it-handler") ? ["it-handler"] : []),
    ...(isHead ? ["supervisor"] : []),
  ])
  const named = WAITING.filter(({ desk }) => desks.has(desk)).flatMap(({ states }) => states)
  return ["none", ...new Set(named)]
}

async function loadStandings(
  tx: Tx,
  rows: readonly Row[],
  now: Instant,
): Promise<ReadonlyMap<string, Standing>> {
  const ids = rows.map(({ id }) => id as DeliveryId)
  const deliveries = await readDeliveryRows(tx, ids)
  const officeAt = await loadOffices(tx, deliveries, now)
  const notices = await noticesAboutAll(tx, ids)
  const entries = await loadEntries(
    tx,
    rows.flatMap(({ entry }) => (entry === null ? [] : [entry as EntryId])),
  )
  const entryOf = new Map(entries.map((entry) => [entry.delivery, entry]))
  return new Map(
    deliveries.map((delivery) => [
      delivery.id,
      {
        delivery,
        entry: entryOf.get(delivery.id) ?? null,
        office: officeAt(delivery),
        notices: notices(delivery),
      },
    ]),
  )
}

function taskOf({ id, number, updatedAt }: Row, { title, duty }: Waiting): Task {
  return {
    kind: "delivery",
    title: `${number}　${title}`,
    link: `/deliveries/${id}`,
    duty,
    since: updatedAt,
    due: null,
    deadline: null,
    inboxItem: null,
  }
}
