import { createHash } from "node:crypto"
import type { AccountId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { Account } from "../model.ts"
import { isPasswordRight } from "./passwords.ts"

/** What must not stand in a password of this account. */
export async function namesOfOwner(
  db: Db | Tx,
  { person, loginName }: Pick<Account, "person" | "loginName">,
) {
  const row = await db
    .selectFrom("people_v_actor")
    .select(["name", "email", "staff_number"])
    .where("person", "=", person)
    .executeTakeFirst()
  const mailbox = row?.email?.split("@")[0]
  return [loginName, row?.name, mailbox, row?.staff_number].filter(
    (name) => name != null && name !== "",
  ) as string[]
}

/** Whether it is the present password or one of the `history - 1` before it. Takes a moment for each. */
export async function wasUsedBefore(
  db: Db,
  { id, passwordHash }: Pick<Account, "id" | "passwordHash">,
  password: string,
  history: number,
): Promise<boolean> {
  if (passwordHash === null || history === 0) return false
  const former = await db
    .selectFrom("password_history")
    .select("password_hash")
    .where("account", "=", id)
    .orderBy("replaced_at", "desc")
    .limit(history - 1)
    .execute()
  for (const hash of [passwordHash, ...former.map((row) => row.password_hash)])
    if (await isPasswordRight(hash, password)) return true
  return false
}

/** Keeps the password that is replaced, and no more of the former ones than the pack remembers. */
export async function keepFormerPassword(
  tx: Tx,
  account: AccountId,
  passwordHash: string,
  now: Instant,
  history: number,
): Promise<void> {
  await tx
    .insertInto("password_history")
    .values({ account, password_hash: passwordHash, replaced_at: now })
    .execute()
  const kept = tx
    .selectFrom("password_history")
    .select("replaced_at")
    .where("account", "=", account)
    .orderBy("replaced_at", "desc")
    .limit(Math.max(history, 1))
  await tx
    .deleteFrom("password_history")
    .where("account", "=", account)
    .where("replaced_at", "not in", kept)
    .execute()
}

/** Digests of the former passwords' hashes, the latest first. */
export async function formerPasswordDigests(tx: Tx, account: AccountId): Promise<string[]> {
  const rows = await tx
    .selectFrom("password_history")
    .select("password_hash")
    .where("account", "=", account)
    .orderBy("replaced_at", "desc")
    .execute()
  return rows.map((row) => createHash("sha256").update(row.password_hash).digest("hex"))
}
