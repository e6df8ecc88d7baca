import type { ExpressionBuilder, Selectable } from "kysely"
import type { PersonActor, Role } from "../../../kernel/actor.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Database } from "../../../platform/db/schema.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Audience, InboxItem, InboxItemId } from "../model.ts"

/** Whose items these are: addressed to the person, or to a role that the person holds in that unit. */
export function addressedTo(actor: PersonActor) {
  return (eb: ExpressionBuilder<Database, "inbox_item">) =>
    eb.or([
      eb("person", "=", actor.person),
      ...actor.posts.map((post) =>
        eb.and([
          eb(eb.val<string>(post.role), "=", eb.fn.any("roles")),
          eb.or([eb("unit", "is", null), eb("unit", "=", post.unit)]),
        ]),
      ),
    ])
}

/** Resolves with false when an item with the same `once` is open. */
export async function insertItem(tx: Tx, item: InboxItem): Promise<boolean> {
  const added = await tx
    .insertInto("inbox_item")
    .values({
      id: item.id,
      kind: item.kind,
      title: item.title,
      link: item.link,
      duty: item.duty,
      about_type: item.about.type,
      about_id: item.about.id,
      once: item.once,
      person: "person" in item.audience ? item.audience.person : null,
      roles: "roles" in item.audience ? [...item.audience.roles] : [],
      unit: "roles" in item.audience ? item.audience.unit : null,
      created_at: item.createdAt,
      version: item.version,
    })
    .onConflict((oc) => oc.column("once").where("done_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst()
  return added !== undefined
}

/** Whether an item with this `once` was there and is done. */
export async function wasDone(tx: Tx, once: string): Promise<boolean> {
  const done = tx
    .selectFrom("inbox_item")
    .select("id")
    .where("once", "=", once)
    .where("done_at", "is not", null)
  return (await done.limit(1).executeTakeFirst()) !== undefined
}

/** The item whoever it is addressed to. */
export async function loadItem(tx: Tx, id: InboxItemId): Promise<InboxItem | null> {
  const row = await tx.selectFrom("inbox_item").selectAll().where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toItem(row)
}

/** The item if it is addressed to `actor`, locked. */
export async function loadItemFor(tx: Tx, id: InboxItemId, actor: PersonActor): Promise<InboxItem | null> {
  const query = tx.selectFrom("inbox_item").selectAll().where("id", "=", id).where(addressedTo(actor))
  const row = await query.forUpdate().executeTakeFirst()
  return row === undefined ? null : toItem(row)
}

export async function markDone(tx: Tx, { id, doneAt, doneBy, version }: InboxItem): Promise<void> {
  const done = { done_at: doneAt, done_by: doneBy, version }
  await tx.updateTable("inbox_item").set(done).where("id", "=", id).execute()
}

export async function listItemIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom("inbox_item").select("id").execute()).map((row) => row.id)
}

export function toItem(row: Selectable<Database["inbox_item"]>): InboxItem {
  return {
    id: row.id as InboxItemId,
    kind: row.kind,
    title: row.title,
    link: row.link,
    duty: row.duty as InboxItem["duty"],
    about: { type: row.about_type, id: row.about_id },
    audience: toAudience(row),
    once: row.once,
    createdAt: row.created_at,
    doneAt: row.done_at,
    doneBy: row.done_by as PersonId | null,
    version: row.version,
  }
}

function toAudience({ person, roles, unit }: Selectable<Database["inbox_item"]>): Audience {
  if (person !== null) return { person: person as PersonId }
  const [first, ...others] = roles as Role[]
  if (first === undefined) throw new Error("an inbox item without an audience")
  return { roles: [first, ...others], unit: unit as UnitId | null }
}
