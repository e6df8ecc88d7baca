import type { Fact } from "../../../kernel/decision.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { readHead } from "../../../ledger/index.ts"
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
  if (!(await takeDay(tx, context, day, head.size, mailboxes))) return []
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

async function isMailed(tx: Tx, day: CivilDate): Promise<boolean> {
  return (
    (await tx.selectFrom("checkpoint_mail").select("day").where("day", "=", day).executeTakeFirst()) !==
    undefined
  )
}

/** False when another instance is mailing this day's checkpoint. */
async function takeDay(tx: Tx, { now }: Context, day: CivilDate, size: number, holders: readonly Mailbox[]) {
  const taken = await tx
    .insertInto("checkpoint_mail")
    .values({ day, size, holders: holders.length, queued_at: now })
    .onConflict((oc) => oc.doNothing())
    .returning("day")
    .executeTakeFirst()
  return taken !== undefined
}

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
    kind: "checkpoint-mail-queued",
    duties: [],
    about: { type: "checkpoint", id: String(size) },
    retention: "notice",
    payload: { size, root, day, holders: holders.map((holder) => holder.person) },
  }
}
