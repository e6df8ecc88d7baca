import type { Clock } from "../../kernel/time.ts"
import { inTx, type Db } from "../db/tx.ts"
import type { Log } from "../log.ts"
import type { MailHandlers, MailOutcome, MailTransport, SendResult } from "./model.ts"
import { claimNext, recordAttempt, takeUnhandled, type ClaimedMail, type Settlement } from "./outbox-store.ts"
import { nextAttempt } from "./retry.ts"

export interface Delivering {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly transport: MailTransport
  readonly handlers: MailHandlers
  /** Right side of every Message-ID: the host name of the program's origin. */
  readonly domain: string
}

/** How many mails each attempt's outcome had. */
export type DeliveryReport = Readonly<Record<SendResult["outcome"], number>>

/**
 * Sends what is due and returns when nothing is, or when the server cannot be reached. Any number of instances may run
 * it at once. A crash between the server's answer and the commit sends a mail again under the same Message-ID.
 */
export async function deliverOutbox(delivering: Delivering): Promise<DeliveryReport> {
  const report = { accepted: 0, kept: 0, refused: 0, deferred: 0, unreachable: 0 }
  await tellWaitingHandlers(delivering)
  for (;;) {
    const mail = await inTx(delivering.db, (tx) => claimNext(tx, delivering.clock.now(), delivering.domain))
    if (mail === null) return report
    const result = await delivering.transport.send(mail)
    await settle(delivering, mail, result)
    report[result.outcome]++
    if (result.outcome === "unreachable") return report // the others would fare no better
  }
}

async function settle(
  { db, clock, log, handlers }: Delivering,
  mail: ClaimedMail,
  result: SendResult,
): Promise<void> {
  const now = clock.now()
  const settlement = settlementOf(mail, result, now)
  const record = async (handled: boolean): Promise<void> =>
    inTx(db, async (tx) => {
      const isOurs = await recordAttempt(tx, mail, result, { ...settlement, handled }, now)
      if (!isOurs || !handled || !hasOutcome(settlement)) return
      const accepted = settlement.state === "accepted"
      const outcome = {
        mail: mail.id,
        accepted,
        messageId: mail.messageId,
        response: result.response,
        at: now,
      }
      await handlers[mail.kind]?.(tx, outcome)
    })
  try {
    await record(true)
  } catch (error) {
    // What the server said must not be lost with a handler's failure, or the mail would be sent again and again.
    log.error(
      { err: error, mail: mail.id, kind: mail.kind },
      "a mail's outcome could not be handled; it will be told again",
    )
    await record(false)
  }
}

function settlementOf(
  mail: ClaimedMail,
  { outcome }: SendResult,
  now: MailOutcome["at"],
): Omit<Settlement, "handled"> {
  if (outcome === "accepted" || outcome === "kept") return { state: outcome, nextAttemptAt: now }
  const next = outcome === "refused" ? null : nextAttempt(mail.attempts + 1, mail.queuedAt, now)
  return next === null ? { state: "failed", nextAttemptAt: now } : { state: "waiting", nextAttemptAt: next }
}

function hasOutcome({ state }: Pick<Settlement, "state">): boolean {
  return state === "accepted" || state === "failed"
}

async function tellWaitingHandlers({ db, clock, log, handlers }: Delivering): Promise<void> {
  try {
    for (;;) {
      const told = await inTx(db, async (tx) => {
        const waiting = await takeUnhandled(tx, clock.now())
        if (waiting !== null) await handlers[waiting.kind]?.(tx, waiting.outcome)
        return waiting !== null
      })
      if (!told) return
    }
  } catch (error) {
    log.error({ err: error }, "a mail's outcome could not be handled; it will be told again")
  }
}
