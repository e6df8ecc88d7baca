import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../db/tx.ts"
import { newId } from "../ids.ts"
import type { MailDraft } from "./model.ts"

/** One mailbox, nothing that could add a header or a second recipient. */
const ADDRESS = /^[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]{1,190}$/
/** A national ID or resident certificate number standing by itself. */
const ID_NUMBER = /(?<![A-Za-z0-9])[A-Z][A-D1289]\d{8}(?![A-Za-z0-9])/

/**
 * Queues a mail in the caller's transaction and resolves with its id; nothing is sent unless that commits. With a
 * known idempotency key it resolves with the id of the mail queued then. Throws on a draft that must not leave:
 * several recipients, line breaks in a header, a link that is no path, an ID number anywhere.
 */
export async function queueMail(tx: Tx, draft: MailDraft, now: Instant): Promise<string> {
  requireSendable(draft)
  const inserted = await tx
    .insertInto("mail_outbox")
    .values({
      id: newId(),
      kind: draft.kind,
      recipient: draft.to,
      subject: draft.subject,
      body: draft.body,
      item_number: draft.itemNumber ?? null,
      link: draft.link,
      secret_link: draft.secretLink ?? false,
      attachment_name: draft.attachment?.name ?? null,
      attachment_text: draft.attachment?.text ?? null,
      idempotency_key: draft.idempotencyKey,
      state: "waiting",
      attempts: 0,
      next_attempt_at: now,
      queued_at: now,
    })
    .onConflict((conflict) => conflict.column("idempotency_key").doNothing())
    .returning("id")
    .executeTakeFirst()
  if (inserted !== undefined) return inserted.id
  const known = await tx
    .selectFrom("mail_outbox")
    .select("id")
    .where("idempotency_key", "=", draft.idempotencyKey)
    .executeTakeFirstOrThrow()
  return known.id
}

function requireSendable({ to, subject, body, itemNumber, link, attachment }: MailDraft): void {
  if (!ADDRESS.test(to)) throw new Error("a mail needs exactly one plain address")
  if (/[\r\n]/.test(subject + (attachment?.name ?? ""))) throw new Error("a mail header holds a line break")
  if (!link.startsWith("/") || link.startsWith("//"))
    throw new Error("a mail's link must be a path of this program")
  for (const text of [subject, body, itemNumber, link, attachment?.name, attachment?.text])
    if (text !== undefined && ID_NUMBER.test(text))
      throw new Error("a mail holds what looks like an ID number")
}
