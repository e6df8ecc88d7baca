import type { Actor } from "../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../kernel/decision.ts"
import type { Instant } from "../../kernel/time.ts"
import { refuse, rule } from "../../regulation/rule.ts"
import type { InboxItem, MailOutcome, Notice, NoticeState, Recipient } from "./model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

/** Whether the notice satisfies 6-1: taken by a mail server or given on paper; anything else is 尚未完成通知. */
export function stands(state: NoticeState): boolean {
  return state === "accepted" || state === "given"
}

export const STATE_LABELS = {
  queued: "尚未完成通知",
  failed: "尚未完成通知（郵件遭拒收）",
  accepted: "已通知（電子郵件）",
  given: "已通知（書面）",
} as const satisfies Record<NoticeState, string>

/** The notice after a server took or refused one of its mails; `null` when that outcome is known already. */
export function settle(notice: Notice, outcome: MailOutcome): Notice | null {
  const known = notice.recipients.find((r) => r.mail === outcome.mail)
  if (known?.state !== "queued") return null
  const recipients = notice.recipients.map((r) => (r === known ? settledRecipient(r, outcome) : r))
  const state = stateOf(recipients)
  const settledAt = state === "queued" ? null : (notice.settledAt ?? outcome.at)
  return { ...notice, recipients, state, settledAt, version: notice.version + 1 }
}

function settledRecipient(
  recipient: Recipient,
  { accepted, messageId, response, at }: MailOutcome,
): Recipient {
  return { ...recipient, state: accepted ? "accepted" : "failed", messageId, response, settledAt: at }
}

/** One mailbox of the addressee is enough to be told; refused is the notice only when all are. */
function stateOf(recipients: readonly Recipient[]): NoticeState {
  if (recipients.some((r) => r.state === "accepted")) return "accepted"
  return recipients.every((r) => r.state === "failed") ? "failed" : "queued"
}

/** What a change of the notice's mails is evidence for. */
export function settledFact(notice: Notice, before: NoticeState, outcome: MailOutcome): Fact {
  const kind = notice.state === before ? "notice-mail-settled" : `notice-${notice.state}`
  const { messageId, response, at, accepted: taken } = outcome
  return noticeFact(kind, notice, { itemNumber: notice.itemNumber, accepted: taken, messageId, response, at })
}

export function noticeFact(kind: string, notice: Notice, payload: Fact["payload"]): Fact {
  return {
    kind,
    duties: [notice.duty],
    about: { type: "notice", id: notice.id },
    refs: { [notice.about.type]: notice.about.id },
    retention: "notice",
    payload,
  }
}

export const isStillOpen = rule("internal", (item: InboxItem) =>
  item.doneAt === null ? null : refuse("INBOX_ITEM_DONE"),
)

export const isAcknowledgedByAPerson = rule("internal", (actor: Actor) =>
  actor.kind === "person" ? null : refuse("NOT_PERMITTED"),
)

export function decideAcknowledge(item: InboxItem, { actor, now }: Deciding): Decision<InboxItem> {
  return decideUnless(gather(isAcknowledgedByAPerson(actor), isStillOpen(item)), () => {
    const doneBy = actor.kind === "person" ? actor.person : null
    const next = { ...item, doneAt: now, doneBy, version: item.version + 1 }
    return accepted(next, inboxFact("inbox-item-acknowledged", next, { kind: item.kind }))
  })
}

export function inboxFact(kind: string, item: InboxItem, payload: Fact["payload"]): Fact {
  return {
    kind,
    duties: item.duty === null ? [] : [item.duty],
    about: { type: "inbox-item", id: item.id },
    refs: { [item.about.type]: item.about.id },
    retention: "notice",
    payload,
  }
}
