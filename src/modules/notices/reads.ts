import type { PersonActor } from "../../kernel/actor.ts"
import type { Db } from "../../platform/db/tx.ts"
import { listMailsTo } from "../../platform/mail/index.ts"
import type { Task } from "../../runtime/index.ts"
import type { InboxItemView, MailView, NoticeView } from "./contract.ts"
import { addressedTo, toItem } from "./inbox/store.ts"
import type { InboxItem, Notice, Subject } from "./model.ts"
import { STATE_LABELS, stands } from "./rules.ts"
import { selectNoticesAbout } from "./store.ts"

/** At most this many items of one person stand in 我的待辦; the inbox pages through all. */
const TASKS = 200
const MAILS = 50

/** Legal notices about a thing, oldest first, each with whether it satisfies its duty. */
export async function noticesAbout(db: Db, about: Subject): Promise<NoticeView[]> {
  const notices = await selectNoticesAbout(db, about)
  const people = notices.flatMap(({ from, recipients }) => [from, ...recipients.map((r) => r.person)])
  const nameOf = await readNames(
    db,
    people.filter((person) => person !== null),
  )
  return notices.map((notice) => toView(notice, nameOf))
}

async function readNames(db: Db, people: readonly string[]): Promise<(person: string) => string> {
  if (people.length === 0) return () => ""
  const rows = await db
    .selectFrom("people_v_actor")
    .select(["person", "name"])
    .where("person", "in", [...people])
    .execute()
  const names = new Map(rows.map((row) => [row.person, row.name]))
  return (person) => names.get(person) ?? ""
}

function toView(notice: Notice, nameOf: (person: string) => string): NoticeView {
  const { id, duty, itemNumber, channel, state, from, happenedAt, recordedAt, settledAt } = notice
  return {
    ...{ id, duty, itemNumber, state, happenedAt, recordedAt, settledAt },
    channel: channel.kind,
    stands: stands(state),
    label: STATE_LABELS[state],
    from: from === null ? null : nameOf(from),
    recipients: notice.recipients.map(({ person, state, messageId, response, settledAt }) => {
      return { name: nameOf(person), state, messageId, response, settledAt }
    }),
    paper: channel.kind === "paper" ? channel : null,
  }
}

/** What is addressed to this person and not done, oldest first. */
function openItems(db: Db, actor: PersonActor) {
  return db.selectFrom("inbox_item").where("done_at", "is", null).where(addressedTo(actor))
}

export async function readInbox(db: Db, actor: PersonActor, { page, size }: { page: number; size: number }) {
  const { total } = await openItems(db, actor)
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const offset = (page - 1) * size
  const items = await selectOpen(db, actor, size, offset)
  return { items: items.map(toItemView), total, page, size }
}

async function selectOpen(db: Db, actor: PersonActor, limit: number, offset: number): Promise<InboxItem[]> {
  const rows = await openItems(db, actor)
    .selectAll()
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(toItem)
}

function toItemView({ id, kind, title, link, duty, about, createdAt }: InboxItem): InboxItemView {
  return { id, kind, title, link, duty, about, createdAt }
}

/** The inbox as lines of 我的待辦. */
export async function inboxTasksOf(db: Db, actor: PersonActor): Promise<readonly Task[]> {
  const items = await selectOpen(db, actor, TASKS, 0)
  return items.map(({ id, kind, title, link, duty, createdAt }) => {
    return { kind, title, link, duty, since: createdAt, due: null, deadline: null, inboxItem: id }
  })
}

/** The newest mails to this person's address, as the outbox has them. */
export async function readMails(db: Db, { person }: PersonActor): Promise<MailView[]> {
  const me = await db
    .selectFrom("people_v_actor")
    .select("email")
    .where("person", "=", person)
    .executeTakeFirst()
  const mails = await listMailsTo(db, me?.email ?? "", MAILS)
  return mails.map(({ id, subject, body, link, state, queuedAt }) => {
    return { id, subject, body, link, state: state as MailView["state"], queuedAt }
  })
}
