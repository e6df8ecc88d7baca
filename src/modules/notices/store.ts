import type { Selectable } from "kysely"
import { ROLES } from "../../kernel/actor.ts"
import type { NoticeId, PersonId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Database } from "../../platform/db/schema.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import type { Channel, Notice, Recipient, Subject } from "./model.ts"

/** The notice with its recipients; `null` when there is none. */
export async function readNotice(tx: Tx, id: NoticeId): Promise<Notice | null> {
  const row = await tx.selectFrom("notice").selectAll().where("id", "=", id).executeTakeFirst()
  return row === undefined ? null : toNotice(row, await selectRecipients(tx, [id]))
}

/** The notice that a mail of the outbox belongs to, locked. */
export async function loadNoticeOfMail(tx: Tx, mail: string): Promise<Notice | null> {
  const row = await tx
    .selectFrom("notice_recipient")
    .select("notice")
    .where("mail", "=", mail)
    .executeTakeFirst()
  if (row === undefined) return null
  await tx.selectFrom("notice").select("id").where("id", "=", row.notice).forUpdate().execute()
  return readNotice(tx, row.notice as NoticeId)
}

/** Notices about a thing, oldest first. */
export async function selectNoticesAbout(db: Db, about: Subject): Promise<Notice[]> {
  const rows = await db
    .selectFrom("notice")
    .selectAll()
    .where("about_type", "=", about.type)
    .where("about_id", "=", about.id)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute()
  const recipients = await selectRecipients(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) =>
    toNotice(
      row,
      recipients.filter((r) => r.notice === row.id),
    ),
  )
}

export async function insertNotice(tx: Tx, notice: Notice): Promise<void> {
  const { channel } = notice
  await tx
    .insertInto("notice")
    .values({
      id: notice.id,
      duty: notice.duty,
      about_type: notice.about.type,
      about_id: notice.about.id,
      item_number: notice.itemNumber,
      link: notice.link,
      sender: notice.from,
      channel: channel.kind,
      state: notice.state,
      paper_number: channel.kind === "paper" ? channel.number : null,
      paper_date: channel.kind === "paper" ? channel.date : null,
      paper_receiver: channel.kind === "paper" ? channel.receiver : null,
      paper_scan: channel.kind === "paper" ? channel.scan : null,
      happened_at: notice.happenedAt,
      recorded_at: notice.recordedAt,
      settled_at: notice.settledAt,
      version: notice.version,
    })
    .execute()
  const rows = notice.recipients.map((recipient) => ({ notice: notice.id, ...toRow(recipient) }))
  if (rows.length > 0) await tx.insertInto("notice_recipient").values(rows).execute()
}

export async function updateNotice(tx: Tx, notice: Notice): Promise<void> {
  const { state, settledAt, version } = notice
  await tx
    .updateTable("notice")
    .set({ state, settled_at: settledAt, version })
    .where("id", "=", notice.id)
    .execute()
  for (const recipient of notice.recipients)
    await tx
      .updateTable("notice_recipient")
      .set(toRow(recipient))
      .where("notice", "=", notice.id)
      .where("person", "=", recipient.person)
      .execute()
}

export async function listNoticeIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom("notice").select("id").execute()).map((row) => row.id)
}

type RecipientRow = Selectable<Database["notice_recipient"]>

async function selectRecipients(db: Db, notices: readonly string[]): Promise<RecipientRow[]> {
  if (notices.length === 0) return []
  return db
    .selectFrom("notice_recipient")
    .selectAll()
    .where("notice", "in", notices)
    .orderBy("person")
    .execute()
}

function toRow(recipient: Recipient) {
  const { messageId, settledAt, ...same } = recipient
  return { ...same, message_id: messageId, settled_at: settledAt }
}

function toNotice(row: Selectable<Database["notice"]>, recipients: readonly RecipientRow[]): Notice {
  return {
    id: row.id as NoticeId,
    duty: row.duty as Notice["duty"],
    about: { type: row.about_type, id: row.about_id },
    itemNumber: row.item_number,
    link: row.link,
    from: row.sender as PersonId | null,
    channel: toChannel(row),
    happenedAt: row.happened_at,
    state: row.state as Notice["state"],
    recipients: recipients.map(toRecipient),
    recordedAt: row.recorded_at,
    settledAt: row.settled_at,
    version: row.version,
  }
}

function toRecipient(row: RecipientRow): Recipient {
  return {
    person: row.person as PersonId,
    mail: row.mail,
    state: row.state as Recipient["state"],
    messageId: row.message_id,
    response: row.response,
    settledAt: row.settled_at,
  }
}

function toChannel(row: Selectable<Database["notice"]>): Channel {
  if (row.channel === "mail") return { kind: "mail" }
  const { paper_number: number, paper_date: date, paper_receiver: receiver, paper_scan: scan } = row
  return { kind: "paper", number, date, receiver, scan } as Channel
}

export interface Mailbox {
  readonly person: PersonId
  readonly email: string
}

/** The mailboxes of these people. Throws when one is not a person of this agency. */
export async function mailboxesOf(db: Db, people: readonly PersonId[]): Promise<Mailbox[]> {
  if (people.length === 0) return []
  const rows = await db
    .selectFrom("people_v_actor")
    .select(["person", "email"])
    .where("person", "in", [...people])
    .orderBy("person")
    .execute()
  if (rows.length !== new Set(people).size)
    throw new Error("a notice names somebody who is not a person here")
  return rows as Mailbox[]
}

/** Who holds any post at `now`: mail does not follow people out of the door. */
export function holdersOfAnyPost(db: Db, now: Instant): Promise<PersonId[]> {
  return holdersOf(db, ROLES, null, now)
}

/** Who holds one of `roles` at `now`, in `unit` or anywhere. */
export async function holdersOf(
  db: Db,
  roles: readonly string[],
  unit: string | null,
  now: Instant,
): Promise<PersonId[]> {
  let held = db
    .selectFrom("people_v_post")
    .select("person")
    .distinct()
    .where("role", "in", [...roles])
    .where(inForce("people_v_post", now))
  if (unit !== null) held = held.where("unit", "=", unit)
  const rows = await held.orderBy("person").execute()
  return rows.map((row) => row.person as PersonId)
}
