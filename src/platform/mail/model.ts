import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../db/tx.ts"

/** A mail that another part of the program wants sent. It MUST NOT hold personal data. */
export interface MailDraft {
  /** One address. */
  readonly to: string
  /** What kind of mail; names the handler that is told the outcome. */
  readonly kind: string
  readonly subject: string
  readonly body: string
  /** Number of the item it is about, such as 115-0007. */
  readonly itemNumber?: string | undefined
  /** Path of the screen it leads to; the origin is put before it when it is sent. */
  readonly link: string
  /** The link itself is a secret (password reset): it is forgotten once the mail has left. */
  readonly secretLink?: boolean | undefined
  readonly attachment?: { readonly name: string; readonly text: string } | undefined
  /** A second mail with this key is not queued. */
  readonly idempotencyKey: string
}

/** A mail taken from the outbox to be sent. */
export interface OutboxMail {
  readonly id: string
  readonly kind: string
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly itemNumber: string | null
  readonly link: string | null
  readonly attachment: { readonly name: string; readonly text: string } | null
  /** With angle brackets; the same at every attempt. */
  readonly messageId: string
  readonly attempts: number
  readonly queuedAt: Instant
}

/**
 * What became of an attempt. `accepted`: an SMTP server took the mail (what 6-1 asks for). `kept`: written as `.eml`,
 * not sent. `refused`: that mail will never be taken. `deferred`: that mail not now. `unreachable`: no mail now.
 */
export interface SendResult {
  readonly outcome: "accepted" | "kept" | "refused" | "deferred" | "unreachable"
  /** The server's own words, or an error code. May name the recipient, so it MUST NOT be logged. */
  readonly response: string
}

export interface MailTransport {
  /** Never rejects for what a server or network does; that is a result. */
  send: (mail: OutboxMail) => Promise<SendResult>
}

/** The end of a mail: taken by an SMTP server, or given up. */
export interface MailOutcome {
  /** Id of the mail in the outbox. */
  readonly mail: string
  readonly accepted: boolean
  readonly messageId: string
  readonly response: string
  readonly at: Instant
}

/** By kind of mail. Runs last in the transaction that records the outcome; at least once, so it must bear repetition. */
export type MailHandlers = Readonly<Record<string, (tx: Tx, outcome: MailOutcome) => Promise<void>>>
