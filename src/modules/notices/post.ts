import type { Tx } from "../../platform/db/tx.ts"
import { queueMail } from "../../platform/mail/index.ts"
import type { Context } from "../../runtime/index.ts"
import type { MailText } from "./mail-texts.ts"
import type { Mailbox } from "./store.ts"

/** A mail to one person of this agency. */
interface Letter extends MailText {
  readonly kind: "notice" | "digest" | "checkpoint"
  /** Which notice, or which day: a second letter of this kind about it to the same person is not queued. */
  readonly about: string
  readonly itemNumber?: string
  /** Path of the screen the mail leads to. */
  readonly link: string
  readonly attachment?: { readonly name: string; readonly text: string }
}

/** Puts one mail into the outbox within the caller's transaction; resolves with its id there. */
export function postTo(tx: Tx, { now }: Context, mailbox: Mailbox, letter: Letter): Promise<string> {
  const { about, text, ...draft } = letter
  const idempotencyKey = `${letter.kind}:${about}:${mailbox.person}`
  return queueMail(tx, { ...draft, to: mailbox.email, body: text, idempotencyKey }, now)
}
