import type { Fact } from "../../../kernel/decision.ts"
import type { PersonId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import { runJob, type Context, type Runtime } from "../../../runtime/index.ts"
import { digestMail } from "../mail-texts.ts"
import type { Reminder } from "../model.ts"
import { postTo } from "../post.ts"
import { holdersOfAnyPost, mailboxesOf } from "../store.ts"
import { insertDigest, markSent, waitingPeople, waitingReminders } from "./reminders.ts"

/**
 * Sends everyone with waiting reminders one mail for `day`: counts, item numbers and a link. Whoever had
 * that day's mail, or holds no post any more, gets none; doing it again does nothing. One person's failure
 * is logged and keeps nobody else's mail back.
 */
export async function sendDigests(runtime: Runtime, day: CivilDate): Promise<void> {
  const current = new Set(await holdersOfAnyPost(runtime.db, runtime.clock.now()))
  for (const person of await waitingPeople(runtime.db, day)) {
    if (!current.has(person)) continue
    await runJob(runtime, "send-digests", (tx, context) => sendDigest(tx, context, person, day)).catch(
      (error: unknown) => runtime.log.error({ err: error, person }, "a daily mail could not be queued"),
    )
  }
}

async function sendDigest(
  tx: Tx,
  context: Context,
  person: PersonId,
  day: CivilDate,
): Promise<readonly Fact[]> {
  const reminders = await waitingReminders(tx, person)
  if (reminders.length === 0) return []
  if (!(await insertDigest(tx, context, { person, day, items: reminders.length }))) return []
  const mail = digestMail(reminders, day)
  for (const mailbox of await mailboxesOf(tx, [person]))
    await postTo(tx, context, mailbox, { kind: "digest", about: day, link: "/", ...mail })
  for (const reminder of reminders) await markSent(tx, reminder, day)
  return [digestFact(person, day, reminders)]
}

function digestFact(person: PersonId, day: CivilDate, reminders: readonly Reminder[]): Fact {
  return {
    kind: "digest-queued",
    duties: [],
    about: { type: "digest", id: `${day}:${person}` },
    refs: { person },
    retention: "notice",
    payload: {
      day,
      items: reminders.map(({ subject, stage, itemNumber }) => ({ subject, stage, itemNumber })),
    },
  }
}
