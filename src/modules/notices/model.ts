import type { Role } from "../../kernel/actor.ts"
import type { Json } from "../../kernel/decision.ts"
import type { Brand, FileId, NoticeId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import type { DutyId } from "../../regulation/duties.ts"

/** The thing a notice, an item or a finding is about. */
export interface Subject {
  readonly type: string
  readonly id: string
}

/** 書面: the printed form with its number, date, the receiver's signature and the scan of it. */
export interface Paper {
  readonly kind: "paper"
  readonly number: string
  readonly date: CivilDate
  readonly receiver: string
  readonly scan: FileId | null
}
export type Channel = { readonly kind: "mail" } | Paper

/**
 * A legal notice (6-1a, 6-1c, later 5-4 and 5-7e) to one addressee in law: an office or a person.
 * `to` are the mailboxes of that addressee; who must be told separately gets a notice of their own.
 */
export interface NoticeDraft {
  readonly id: NoticeId
  readonly duty: DutyId
  readonly about: Subject
  /** Number of the item, such as 115-0007: the only thing a mail says about it beside `link`. */
  readonly itemNumber: string
  /** Path of its screen. */
  readonly link: string
  readonly from: PersonId | null
  readonly to: readonly PersonId[]
  readonly channel: Channel
  /** 事實發生時間; the 登錄時間 is the time of the command. */
  readonly happenedAt: Instant
}

/**
 * `queued`: no server has taken the mail yet, so notice is not given. `accepted`: an SMTP server took it for
 * at least one mailbox. `failed`: refused for all. `given`: handed over on paper.
 */
export type NoticeState = "queued" | "accepted" | "failed" | "given"

export interface Recipient {
  readonly person: PersonId
  /** Id of the mail in the outbox; `null` on paper. */
  readonly mail: string | null
  readonly state: NoticeState
  readonly messageId: string | null
  /** The server's last words. */
  readonly response: string | null
  readonly settledAt: Instant | null
}

export interface Notice extends Omit<NoticeDraft, "to"> {
  readonly state: NoticeState
  readonly recipients: readonly Recipient[]
  readonly recordedAt: Instant
  readonly settledAt: Instant | null
  readonly version: number
}

/** What became of one mail. A mail kept as `.eml` has no outcome: it was not sent. */
export interface MailOutcome {
  readonly mail: string
  readonly accepted: boolean
  readonly messageId: string
  readonly response: string
  readonly at: Instant
}

export type InboxItemId = Brand<string, "InboxItemId">

/** For one person, or for everyone who holds one of the roles (in `unit`, or anywhere). */
export type Audience =
  { readonly person: PersonId } | { readonly roles: readonly [Role, ...Role[]]; readonly unit: UnitId | null }

export interface InboxDraft {
  readonly kind: string
  /** What to do; numbers and ids only, no personal data. */
  readonly title: string
  readonly link: string
  readonly duty: DutyId | null
  readonly about: Subject
  readonly audience: Audience
  /** While an item with this key is open, adding another does nothing. */
  readonly once: string
}

export interface InboxItem extends InboxDraft {
  readonly id: InboxItemId
  readonly createdAt: Instant
  readonly doneAt: Instant | null
  readonly doneBy: PersonId | null
  readonly version: number
}

/** 缺失 as issue 1 keeps it: a fact and a to-do of ethics officers and auditors. */
export interface FindingDraft {
  /** As its source names it, such as ledger-gap; one finding per code and subject is open at a time. */
  readonly code: string
  readonly duty: DutyId | "internal"
  readonly about: Subject
  /** One sentence in Chinese for the reader; no personal data. */
  readonly title: string
  readonly link?: string
  readonly detail: Readonly<Record<string, Json>>
}

/** Why a line stands in somebody's daily mail, the most urgent first. */
export const REMINDER_KINDS = {
  missed: "已逾期",
  "last-days": "已過提醒日，法定期限將屆",
  today: "今日到期",
  soon: "即將到期",
  inbox: "待處理事項",
} as const
export type ReminderKind = keyof typeof REMINDER_KINDS

/** One line of one person's next daily mail; the same subject and stage is never said twice. */
export interface Reminder {
  readonly person: PersonId
  /** `deadline:<id>` or `inbox-item:<id>`. */
  readonly subject: string
  readonly stage: string
  readonly kind: ReminderKind
  readonly itemNumber: string
  readonly link: string
  readonly due: CivilDate | null
}
