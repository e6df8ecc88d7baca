import type { Fact } from "../../kernel/decision.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { MailHandlers } from "../../platform/mail/index.ts"
import { runJob, type Context, type Runtime } from "../../runtime/index.ts"
import { addInboxItem } from "./inbox/add-item.ts"
import { noticeMail } from "./mail-texts.ts"
import type { MailOutcome, Notice, NoticeDraft, NoticeState, Recipient } from "./model.ts"
import { postTo } from "./post.ts"
import { noticeFact, settle, settledFact } from "./rules.ts"
import { readScan } from "./scans/store.ts"
import { insertNotice, loadNoticeOfMail, mailboxesOf, updateNotice } from "./store.ts"

/**
 * Gives a legal notice within the caller's transaction; the caller's facts MUST include those returned.
 * By mail it stands only when a server took it (`notice-accepted` comes later); on paper it stands at once.
 */
export async function createNotice(tx: Tx, context: Context, draft: NoticeDraft): Promise<readonly Fact[]> {
  const { to, ...rest } = draft
  if (to.length === 0) throw new Error("a notice needs an addressee")
  const recipients = await recipientsOf(tx, context, draft)
  const state: NoticeState = draft.channel.kind === "paper" ? "given" : "queued"
  const settledAt = state === "given" ? context.now : null
  const notice: Notice = { ...rest, state, recipients, recordedAt: context.now, settledAt, version: 1 }
  await insertNotice(tx, notice)
  return [openingFact(notice, await digestOfScan(tx, draft))]
}

async function recipientsOf(tx: Tx, context: Context, draft: NoticeDraft): Promise<Recipient[]> {
  const mailboxes = await mailboxesOf(tx, draft.to)
  const unsettled = { messageId: null, response: null }
  if (draft.channel.kind === "paper")
    return mailboxes.map(({ person }) => {
      return { person, mail: null, state: "given", settledAt: context.now, ...unsettled }
    })
  const recipients: Recipient[] = []
  for (const mailbox of mailboxes) {
    const mail = await postTo(tx, context, mailbox, letterOf(draft))
    recipients.push({ person: mailbox.person, mail, state: "queued", settledAt: null, ...unsettled })
  }
  return recipients
}

function letterOf(draft: NoticeDraft) {
  const { id: about, itemNumber, link } = draft
  return { kind: "notice", about, itemNumber, link, ...noticeMail(draft) } as const
}

async function digestOfScan(tx: Tx, { channel }: NoticeDraft): Promise<string | null> {
  if (channel.kind !== "paper" || channel.scan === null) return null
  return (await readScan(tx, channel.scan))?.sha256 ?? null
}

function openingFact(notice: Notice, scanSha256: string | null): Fact {
  const { itemNumber, channel, happenedAt, recordedAt } = notice
  const to = notice.recipients.map((r) => r.person)
  const kind = channel.kind === "paper" ? "notice-given-on-paper" : "notice-queued"
  const said = { itemNumber, channel: { ...channel }, scanSha256, to, happenedAt, recordedAt }
  return noticeFact(kind, notice, said)
}

/**
 * Keeps what a mail server answered. `notice-accepted` and `notice-failed` are facts, so that reactions of
 * later modules run; a mail that is no legal notice, or an answer known already, gives none.
 */
export async function settleNotice(tx: Tx, context: Context, outcome: MailOutcome): Promise<readonly Fact[]> {
  const before = await loadNoticeOfMail(tx, outcome.mail)
  const after = before === null ? null : settle(before, outcome)
  if (before === null || after === null) return []
  await updateNotice(tx, after)
  const facts = [settledFact(after, before.state, outcome)]
  return after.state === "failed" ? [...facts, ...(await tellSender(tx, context, after))] : facts
}

/**
 * Told by the outbox what became of a legal notice's mail. In a transaction of its own, so that its facts are
 * appended last in it; the outbox tells at least once, and an answer known already changes nothing.
 */
export function noticeMailHandlers(runtime: Runtime): MailHandlers {
  return {
    notice: (_tx, outcome) =>
      runJob(runtime, "settle-notice", (tx, context) => settleNotice(tx, context, outcome)),
  }
}

/** A refused notice is not given: whoever owes it must give it again. */
function tellSender(tx: Tx, context: Context, notice: Notice): Promise<readonly Fact[]> {
  return addInboxItem(tx, context, {
    kind: "notice-failed",
    title: `${notice.itemNumber} 通知郵件遭拒收，尚未完成通知，請改以書面或重新通知`,
    link: notice.link,
    duty: notice.duty,
    about: { type: "notice", id: notice.id },
    audience: notice.from === null ? { roles: ["administrator"], unit: null } : { person: notice.from },
    once: `notice-failed:${notice.id}`,
  })
}
