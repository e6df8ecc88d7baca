import { createHash } from "node:crypto"
import { sql } from "kysely"
import type { ScimClientId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Keyring } from "../../../platform/crypto/keyring.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { ScimClient } from "../model.ts"

const COLUMNS = [
  "id",
  "name",
  "requests_per_minute as requestsPerMinute",
  "created_at as createdAt",
  "expires_at as expiresAt",
  "revoked_at as revokedAt",
  "version",
] as const

/** SHA-256, since the token itself has 256 random bits. */
export function tokenHashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest()
}

/** Ties a token to all that its row says with a key that no database holds: a row written, altered or moved opens nothing. */
function sealOf(keyring: Keyring, tokenHash: Buffer, client: ScimClient): Buffer {
  const { id, requestsPerMinute, expiresAt, revokedAt } = client
  const said = ["scim-client", tokenHash.toString("hex"), id, requestsPerMinute, expiresAt, revokedAt]
  return createHash("sha256")
    .update(keyring.pseudonym(JSON.stringify(said)))
    .digest()
}

export async function loadClient(tx: Tx, id: ScimClientId): Promise<ScimClient | null> {
  const row = await tx.selectFrom("scim_client").select(COLUMNS).where("id", "=", id).executeTakeFirst()
  return (row as ScimClient | undefined) ?? null
}

/** Like `loadClient`, with the row locked. */
export async function lockClient(tx: Tx, id: ScimClientId): Promise<ScimClient | null> {
  await tx.selectFrom("scim_client").select("id").where("id", "=", id).forUpdate().execute()
  return loadClient(tx, id)
}

export async function isClientNameTaken(tx: Tx, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom("scim_client")
    .select("id")
    .where((eb) => eb.fn<string>("lower", ["name"]), "=", name.toLowerCase())
    .executeTakeFirst()
  return row !== undefined
}

export async function insertClient(
  tx: Tx,
  keyring: Keyring,
  tokenHash: Buffer,
  client: ScimClient,
): Promise<void> {
  const { requestsPerMinute, createdAt, expiresAt, revokedAt, ...columns } = client
  await tx
    .insertInto("scim_client")
    .values({
      ...{ ...columns, token_hash: tokenHash, seal: sealOf(keyring, tokenHash, client) },
      ...{ requests_per_minute: requestsPerMinute, created_at: createdAt },
      ...{ expires_at: expiresAt, revoked_at: revokedAt },
    })
    .execute()
}

/** Seals the row anew, so that taking the revocation out of it leaves a token that opens nothing. */
export async function saveRevocation(tx: Tx, keyring: Keyring, client: ScimClient): Promise<void> {
  const { token_hash: tokenHash } = await tx
    .selectFrom("scim_client")
    .select("token_hash")
    .where("id", "=", client.id)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable("scim_client")
    .set({ revoked_at: client.revokedAt, version: client.version, seal: sealOf(keyring, tokenHash, client) })
    .where("id", "=", client.id)
    .execute()
}

/** The client of a token; `null` also for a row that the program did not write. */
export async function findClient(db: Db, keyring: Keyring, tokenHash: Buffer): Promise<ScimClient | null> {
  const row = await db
    .selectFrom("scim_client")
    .select([...COLUMNS, "seal"])
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst()
  if (row === undefined) return null
  const { seal, ...client } = row
  return sealOf(keyring, tokenHash, client as ScimClient).equals(seal) ? (client as ScimClient) : null
}

/** Counts one request, in one statement; resolves with how many there were in this minute, this one included. */
export async function countRequest(db: Db, client: ScimClientId, now: Instant): Promise<number> {
  const minute = `${now.slice(0, 16)}:00.000Z` as Instant
  const { requests } = await db
    .insertInto("scim_client_use")
    .values({ client, last_used_at: now, minute, requests: 1 })
    .onConflict((oc) =>
      oc.column("client").doUpdateSet({
        last_used_at: now,
        minute,
        requests: sql`case when scim_client_use.minute = ${minute}::timestamptz then scim_client_use.requests + 1 else 1 end`,
      }),
    )
    .returning("requests")
    .executeTakeFirstOrThrow()
  return requests
}

export async function readClients(db: Db, { page, size }: { readonly page: number; readonly size: number }) {
  const { total } = await db
    .selectFrom("scim_client")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const items = await db
    .selectFrom("scim_client")
    .leftJoin("scim_client_use as u", "u.client", "scim_client.id")
    .select([...COLUMNS, "u.last_used_at as lastUsedAt"])
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: items as (ScimClient & { readonly lastUsedAt: Instant | null })[], total, page, size }
}
