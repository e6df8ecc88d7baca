import type { PersonId } from "../../../kernel/ids.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { Context } from "../../../runtime/index.ts"
import type { Reminder } from "../model.ts"

/** Puts one line into the person's next daily mail; saying the same stage twice does nothing. */
export async function addReminder(tx: Tx, { now }: Context, reminder: Reminder): Promise<void> {
  const { itemNumber, ...same } = reminder
  await tx
    .insertInto("reminder")
    .values({ ...same, item_number: itemNumber, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

/** Takes back the lines about `subject` that have not gone out: nothing waits any more. */
export async function withdrawReminders(tx: Tx, subject: string): Promise<void> {
  await tx.deleteFrom("reminder").where("subject", "=", subject).where("digest_day", "is", null).execute()
}

/** Who has lines waiting and has had no mail on `day`. */
export async function waitingPeople(db: Db, day: CivilDate): Promise<PersonId[]> {
  const rows = await db
    .selectFrom("reminder")
    .select("person")
    .distinct()
    .where("digest_day", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("digest")
            .select("digest.day")
            .whereRef("digest.person", "=", "reminder.person")
            .where("digest.day", "=", day),
        ),
      ),
    )
    .orderBy("person")
    .execute()
  return rows.map((row) => row.person as PersonId)
}

/** The lines waiting for this person, the nearest date first, locked. */
export async function waitingReminders(tx: Tx, person: PersonId): Promise<Reminder[]> {
  const rows = await tx
    .selectFrom("reminder")
    .select(["person", "subject", "stage", "kind", "item_number as itemNumber", "link", "due"])
    .where("digest_day", "is", null)
    .where("person", "=", person)
    .orderBy("due")
    .orderBy("item_number")
    .forUpdate()
    .execute()
  return rows as Reminder[]
}

export interface Digest {
  readonly person: PersonId
  readonly day: CivilDate
  readonly items: number
}

/** Takes the one mail of `person` on `day`; false when it has had one. */
export async function insertDigest(tx: Tx, { now }: Context, digest: Digest): Promise<boolean> {
  const taken = await tx
    .insertInto("digest")
    .values({ ...digest, queued_at: now })
    .onConflict((oc) => oc.doNothing())
    .returning("day")
    .executeTakeFirst()
  return taken !== undefined
}

export async function markSent(tx: Tx, reminder: Reminder, day: CivilDate): Promise<void> {
  await tx
    .updateTable("reminder")
    .set({ digest_day: day })
    .where("person", "=", reminder.person)
    .where("subject", "=", reminder.subject)
    .where("stage", "=", reminder.stage)
    .execute()
}
