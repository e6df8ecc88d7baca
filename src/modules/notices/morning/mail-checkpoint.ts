import { sql } from "kysely"
import type { Fact } from "../../../kernel/decision.ts"
import { instantOf, type CivilDate } from "../../../kernel/time.ts"
import { browseEntries, readHead } from "../../../ledger/index.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Context } from "../../../runtime/index.ts"
import { raiseFinding } from "../inbox/add-item.ts"
import { checkpointMail } from "../mail-texts.ts"
import { postTo } from "../post.ts"
import { holdersOf, mailboxesOf, type Mailbox } from "../store.ts"

/**
 * Mails the newest signed checkpoint to its holders (政風室 and whom the pack adds), once on `day`: the keeper
 * of the ledger is also its suspect. With nobody to hold it, that is a finding.
 */
export async function mailCheckpoint(tx: Tx, context: Context, day: CivilDate): Promise<readonly Fact[]> {
  const head = await readHead(tx)
  if (head === null || (await isMailed(tx, day))) return []
  const holders = await holdersOf(tx, context.pack.checkpoint.holders.value, null, context.now)
  if (holders.length === 0) return noHolder(tx, context)
  const mailboxes = await mailboxesOf(tx, holders)
  await takeDay(tx, context, day, head.size, mailboxes)
  const mail = checkpointMail(head.note, head.size, day)
  const attachment = { name: `checkpoint-${head.size}.txt`, text: head.note }
  for (const mailbox of mailboxes)
    await postTo(tx, context, mailbox, {
      kind: "checkpoint",
      about: day,
      link: "/ledger",
      ...mail,
      attachment,
    })
  return [checkpointFact(head.size, head.root, day, mailboxes)]
}

/** By the ledger, not by the table: a row written there must not keep a day's head from its holders. */
async function isMailed(tx: Tx, day: CivilDate): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('mail-checkpoint'))`.execute(tx)
  const from = instantOf(Date.parse(`${day}T00:00:00+08:00`))
  return (await browseEntries(tx, { kind: MAILED, from }, 1, 1)).total > 0
}

/** Notes the day for screens and reports; who mails it is settled. */
async function takeDay(tx: Tx, { now }: Context, day: CivilDate, size: number, holders: readonly Mailbox[]) {
  const taken = { size, holders: holders.length, queued_at: now }
  await tx
    .insertInto("checkpoint_mail")
    .values({ day, ...taken })
    .onConflict((oc) => oc.column("day").doUpdateSet(taken))
    .execute()
}

const MAILED = "checkpoint-mail-queued"

function noHolder(tx: Tx, context: Context): Promise<readonly Fact[]> {
  return raiseFinding(tx, context, {
    code: "checkpoint-without-holder",
    duty: "internal",
    about: { type: "ledger", id: "checkpoint" },
    title: "軌跡簽章點無人可寄送保存，請設定政風室人員",
    detail: { roles: [...context.pack.checkpoint.holders.value] },
  })
}

function checkpointFact(size: number, root: string, day: CivilDate, holders: readonly Mailbox[]): Fact {
  return {
    kind: MAILED,
    duties: [],
    about: { type: "checkpoint", id: String(size) },
    retention: "notice",
    payload: { size, root, day, holders: holders.map((holder) => holder.person) },
  }
}
