import type { Tx } from "../../../platform/db/tx.ts"
import type { Command } from "../../../runtime/index.ts"
import { decideKeepProviderMail, type ProviderMail } from "./mail-rules.ts"

/** Records a mail that is complete and durable in the store. */
export const keepProviderMail: Command<Omit<ProviderMail, "keptBy" | "keptAt">, object, ProviderMail> = {
  name: "keep-provider-mail",
  load: () => Promise.resolve({}),
  decide: (_, mail, deciding) => decideKeepProviderMail(mail, deciding),
  save: insertProviderMail,
}

async function insertProviderMail(
  tx: Tx,
  { messageId, keptBy, keptAt, ...same }: ProviderMail,
): Promise<void> {
  await tx
    .insertInto("provider_mail")
    .values({ ...same, message_id: messageId, kept_by: keptBy, kept_at: keptAt })
    .execute()
}

export async function findProviderMail(tx: Tx, id: string): Promise<ProviderMail | null> {
  return ((await mails(tx).where("id", "=", id).executeTakeFirst()) as ProviderMail | undefined) ?? null
}

export async function listProviderMails(tx: Tx): Promise<readonly ProviderMail[]> {
  return (await mails(tx).execute()) as ProviderMail[]
}

function mails(tx: Tx) {
  return tx
    .selectFrom("provider_mail")
    .select(["id", "sha256", "bytes", "message_id as messageId", "kept_by as keptBy", "kept_at as keptAt"])
}
