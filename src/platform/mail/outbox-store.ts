import { sql } from "kysely"
import { plusMs, type Instant } from "../../kernel/time.ts"
import type { Db, Tx } from "../db/tx.ts"
import { newId } from "../ids.ts"
import type { MailOutcome, OutboxMail, SendResult } from "./model.ts"

/** Longer than any attempt can take, so that a mail is never in two hands; after a crash it is taken up again. */
const CLAIM_MS = 10 * 60_000

export interface ClaimedMail extends OutboxMail {
  readonly claim: string
}

/**
 * Takes the oldest mail that is due, or `null`. Of each recipient only the first waiting mail can be taken, so that
 * mails arrive in the order in which they were queued.
 */
export async function claimNext(tx: Tx, now: Instant, domain: string): Promise<ClaimedMail | null> {
  const first = tx
    .selectFrom("mail_outbox as m")
    .select("m.id")
    .where("m.state", "=", "waiting")
    .where("m.next_attempt_at", "<=", now)
    .where((eb) => eb.or([eb("m.claimed_until", "is", null), eb("m.claimed_until", "<=", now)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("mail_outbox as earlier")
            .select("earlier.id")
            .where("earlier.state", "=", "waiting")
            .whereRef("earlier.recipient", "=", "m.recipient")
            .whereRef("earlier.ordinal", "<", "m.ordinal"),
        ),
      ),
    )
    .orderBy("m.ordinal")
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await tx
    .updateTable("mail_outbox")
    .set((eb) => ({
      claim: newId(),
      claimed_until: plusMs(now, CLAIM_MS),
      message_id: eb.fn.coalesce("message_id", sql<string>`'<' || id || '@' || ${domain}::text || '>'`),
    }))
    .where("id", "=", first)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return null
  const attachment =
    row.attachment_name === null ? null : { name: row.attachment_name, text: row.attachment_text ?? "" }
  return {
    ...{ id: row.id, kind: row.kind, to: row.recipient, subject: row.subject, body: row.body },
    ...{ itemNumber: row.item_number, link: row.link, attachment, queuedAt: row.queued_at },
    ...{ messageId: row.message_id ?? "", attempts: row.attempts, claim: row.claim ?? "" },
  }
}

export interface Settlement {
  readonly state: "waiting" | "accepted" | "kept" | "failed"
  readonly nextAttemptAt: Instant
  /** Whether its handler has been told, or there is nothing to tell. */
  readonly handled: boolean
}

/** Writes down an attempt. False when the claim was lost, because another worker has the mail by now. */
export async function recordAttempt(
  tx: Tx,
  mail: ClaimedMail,
  result: SendResult,
  { state, nextAttemptAt, handled }: Settlement,
  now: Instant,
): Promise<boolean> {
  const settled = state !== "waiting"
  const { numUpdatedRows } = await tx
    .updateTable("mail_outbox")
    .set((eb) => ({
      state,
      attempts: mail.attempts + 1,
      next_attempt_at: nextAttemptAt,
      claim: null,
      claimed_until: null,
      settled_at: settled ? now : null,
      handled_at: settled && handled ? now : null,
      link: settled
        ? eb.case().when("secret_link", "=", true).then(null).else(eb.ref("link")).end()
        : eb.ref("link"),
    }))
    .where("id", "=", mail.id)
    .where("claim", "=", mail.claim)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  const attempt = { mail: mail.id, number: mail.attempts + 1, at: now, ...result }
  await tx.insertInto("mail_attempt").values(attempt).execute()
  return true
}

/** The oldest outcome that its handler has not been told, marked as told in this transaction. */
export async function takeUnhandled(
  tx: Tx,
  now: Instant,
): Promise<{ readonly kind: string; readonly outcome: MailOutcome } | null> {
  const row = await tx
    .selectFrom("mail_outbox as m")
    .innerJoin("mail_attempt as a", (on) =>
      on.onRef("a.mail", "=", "m.id").onRef("a.number", "=", "m.attempts"),
    )
    .select(["m.id", "m.kind", "m.state", "m.message_id", "m.settled_at", "a.response"])
    .where("m.state", "in", ["accepted", "failed"])
    .where("m.handled_at", "is", null)
    .orderBy("m.ordinal")
    .limit(1)
    .forUpdate("m")
    .skipLocked()
    .executeTakeFirst()
  if (row === undefined) return null
  await tx.updateTable("mail_outbox").set({ handled_at: now }).where("id", "=", row.id).execute()
  const accepted = row.state === "accepted"
  const { id: mail, message_id, settled_at, response } = row
  return {
    kind: row.kind,
    outcome: { mail, accepted, messageId: message_id ?? "", response, at: settled_at ?? now },
  }
}

/** A mail as the screen shows it. */
export interface ShownMail {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly body: string
  readonly itemNumber: string | null
  readonly link: string | null
  readonly state: string
  readonly queuedAt: Instant
  readonly settledAt: Instant | null
}

/** Mails to `address`, newest first; those with a secret link are never shown. */
export async function listMailsTo(db: Db, address: string, limit: number): Promise<ShownMail[]> {
  return db
    .selectFrom("mail_outbox")
    .select(["id", "kind", "subject", "body", "link", "state"])
    .select(["item_number as itemNumber", "queued_at as queuedAt", "settled_at as settledAt"])
    .where((eb) => eb.fn<string>("lower", ["recipient"]), "=", address.toLowerCase())
    .where("secret_link", "=", false)
    .orderBy("ordinal", "desc")
    .limit(limit)
    .execute()
}
