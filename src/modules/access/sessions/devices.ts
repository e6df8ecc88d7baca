import type { AccountId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { Place } from "./model.ts"

/** Whether the account has been used before, but never from this browser. */
export async function isNewDevice(tx: Tx, account: AccountId, { device }: Place): Promise<boolean> {
  const known = await devicesOf(tx, account)
  return known.length > 0 && !known.some((one) => one.tokenHash.equals(device))
}

export async function noteDevice(
  tx: Tx,
  account: AccountId,
  { device, agent, address }: Place,
  now: Instant,
): Promise<void> {
  await tx
    .insertInto("device")
    .values({ account, token_hash: device, agent, address, first_seen_at: now, last_seen_at: now })
    .onConflict((oc) =>
      oc.columns(["account", "token_hash"]).doUpdateSet({ agent, address, last_seen_at: now }),
    )
    .execute()
}

/** The browsers an account was used from, the latest first. */
export async function devicesOf(db: Db | Tx, account: AccountId) {
  return db
    .selectFrom("device")
    .select(["token_hash as tokenHash", "agent", "address"])
    .select(["first_seen_at as firstSeenAt", "last_seen_at as lastSeenAt"])
    .where("account", "=", account)
    .orderBy("last_seen_at", "desc")
    .execute()
}
