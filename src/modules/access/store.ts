import type { AccountId, PersonId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Keyring } from "../../platform/crypto/keyring.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Account } from "./model.ts"
import { sealOf } from "./credentials/passwords.ts"

const COLUMNS = [
  "id",
  "person",
  "login_name as loginName",
  "password_hash as passwordHash",
  "password_set_at as passwordSetAt",
  "disabled_at as disabledAt",
  "in_use_since as inUseSince",
  "version",
  "created_at as createdAt",
] as const

/** Locked for a change. */
export async function loadAccount(tx: Tx, id: AccountId): Promise<Account | null> {
  const row = await accountRow(tx, id).forUpdate().executeTakeFirst()
  return (row as Account | undefined) ?? null
}

/** For reading only. */
export async function readAccount(tx: Tx, id: AccountId): Promise<Account | null> {
  return ((await accountRow(tx, id).executeTakeFirst()) as Account | undefined) ?? null
}

function accountRow(tx: Tx, id: AccountId) {
  return tx.selectFrom("account").select(COLUMNS).where("id", "=", id)
}

export async function findAccountByLogin(tx: Tx, loginName: string): Promise<Account | null> {
  const row = await tx
    .selectFrom("account")
    .select(COLUMNS)
    .where((eb) => eb.fn<string>("lower", ["login_name"]), "=", loginName.toLowerCase())
    .executeTakeFirst()
  return (row as Account | undefined) ?? null
}

export async function listAccounts(tx: Tx): Promise<Account[]> {
  return (await tx.selectFrom("account").select(COLUMNS).orderBy("login_name").execute()) as Account[]
}

export async function isThereAnyAccount(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom("account").select("id").limit(1).executeTakeFirst()) !== undefined
}

export async function hasAccount(tx: Tx, person: PersonId): Promise<boolean> {
  const row = await tx.selectFrom("account").select("id").where("person", "=", person).executeTakeFirst()
  return row !== undefined
}

/** Whether this person is an administrator and no other one can sign in. The others' accounts are locked. */
export async function isLastAdministrator(tx: Tx, person: PersonId, now: Instant): Promise<boolean> {
  const administrators = await tx
    .selectFrom("people_v_post")
    .select("person")
    .where("role", "=", "administrator")
    .where(inForce("people_v_post", now))
    .execute()
  const others = administrators.map((post) => post.person).filter((other) => other !== person)
  if (others.length === administrators.length) return false
  if (others.length === 0) return true
  const usable = await tx
    .selectFrom("account")
    .select("id")
    .where("person", "in", others)
    .where("disabled_at", "is", null)
    .where("password_hash", "is not", null)
    .forUpdate()
    .execute()
  return usable.length === 0
}

export async function insertAccount(tx: Tx, account: Account): Promise<void> {
  await tx.insertInto("account").values(toRow(account)).execute()
}

export async function updateAccount(tx: Tx, account: Account): Promise<void> {
  await tx.updateTable("account").set(toRow(account)).where("id", "=", account.id).execute()
}

function toRow({
  id,
  person,
  loginName,
  passwordHash,
  passwordSetAt,
  disabledAt,
  inUseSince,
  version,
  createdAt,
}: Account) {
  return {
    id,
    person,
    login_name: loginName,
    password_hash: passwordHash,
    password_set_at: passwordSetAt,
    disabled_at: disabledAt,
    in_use_since: inUseSince,
    version,
    created_at: createdAt,
  }
}

export interface Link {
  readonly kind: "first-administrator" | "set-password"
  readonly account: AccountId | null
  readonly expiresAt: Instant
  readonly usedAt: Instant | null
}

export async function insertLink(
  tx: Tx,
  keyring: Keyring,
  tokenHash: Buffer,
  link: Link,
  now: Instant,
): Promise<void> {
  const { kind, account, expiresAt } = link
  const seal = sealOfLink(keyring, tokenHash, link)
  await tx
    .insertInto("one_time_link")
    .values({ token_hash: tokenHash, kind, account, created_at: now, expires_at: expiresAt, seal })
    .execute()
}

/** Of the links to set this account's password, the one sent last is the only one that works. */
export async function deleteUnusedLinks(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom("one_time_link").where("account", "=", account).where("used_at", "is", null).execute()
}

function sealOfLink(keyring: Keyring, tokenHash: Buffer, { kind, account, expiresAt }: Link): Buffer {
  return sealOf(keyring, tokenHash, kind, account, expiresAt)
}

/** Locked for its use; `null` also for a link that was not issued by the program. */
export async function loadLink(tx: Tx, keyring: Keyring, tokenHash: Buffer): Promise<Link | null> {
  await tx
    .selectFrom("one_time_link")
    .select("kind")
    .where("token_hash", "=", tokenHash)
    .forUpdate()
    .execute()
  return readLink(tx, keyring, tokenHash)
}

/** For reading only. */
export async function readLink(tx: Tx, keyring: Keyring, tokenHash: Buffer): Promise<Link | null> {
  const row = await tx
    .selectFrom("one_time_link")
    .select(["kind", "account", "expires_at as expiresAt", "used_at as usedAt", "seal"])
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst()
  if (row === undefined) return null
  const { seal, ...link } = row
  return sealOfLink(keyring, tokenHash, link as Link).equals(seal) ? (link as Link) : null
}

export async function useLink(tx: Tx, tokenHash: Buffer, now: Instant): Promise<void> {
  await tx.updateTable("one_time_link").set({ used_at: now }).where("token_hash", "=", tokenHash).execute()
}

export async function deleteEndedLinks(tx: Tx, now: Instant): Promise<void> {
  await tx
    .deleteFrom("one_time_link")
    .where((eb) => eb.or([eb("expires_at", "<=", now), eb("used_at", "is not", null)]))
    .execute()
}
