import { sql, type ExpressionBuilder } from "kysely"
import { jsonArrayFrom } from "kysely/helpers/postgres"
import type { PersonActor, Post } from "../../../kernel/actor.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import { plusMs, type Instant } from "../../../kernel/time.ts"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Database } from "../../../platform/db/schema.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { sealOf } from "../credentials/passwords.ts"
import { idleSince, isLive, maxMs, toldOf, type Found, type Session, type SessionEnd } from "./model.ts"

/** How old `last_seen_at` may grow before a request writes it again. */
const SEEN_EVERY_MS = 60_000

/** A session as it is opened; the token itself stays with the browser. */
export type NewSession = Omit<Session, "createdAt" | "lastSeenAt" | "endedAt" | "endedWhy" | "endedFrom"> & {
  readonly tokenHash: Buffer
  /** When the sign-in began; a later stage does not prolong it. */
  readonly since: Instant
}

export async function insertSession(
  tx: Tx,
  { keyring, pack }: Pick<Runtime, "keyring" | "pack">,
  { tokenHash, since, ...session }: NewSession,
  now: Instant,
): Promise<void> {
  await tx
    .insertInto("session")
    .values({
      ...session,
      token_hash: tokenHash,
      seal: sealOf(keyring, tokenHash, "session", session.account, since, session.stage),
      created_at: since,
      last_seen_at: now,
      expires_at: plusMs(since, maxMs(pack.session)),
    })
    .execute()
}

export async function deleteSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom("session").where("token_hash", "=", tokenHash).execute()
}

/** Ended sessions stay for their term, so that whoever held one is told why; those that ran out do not. */
export async function deleteEndedSessions(tx: Tx, { pack }: Runtime, now: Instant): Promise<void> {
  await tx
    .deleteFrom("session")
    .where((eb) =>
      eb.or([
        eb("expires_at", "<=", now),
        eb.and([eb("ended_at", "is", null), eb("last_seen_at", "<=", idleSince(now, pack.session))]),
      ]),
    )
    .execute()
}

/** Those of the account that stand at `now`, the latest first. */
export async function liveSessions(
  tx: Db | Tx,
  { pack }: Pick<Runtime, "pack">,
  account: AccountId,
  now: Instant,
): Promise<Session[]> {
  const rows = await tx
    .selectFrom("session")
    .select(SESSION)
    .where("account", "=", account)
    .orderBy("created_at", "desc")
    .execute()
  return rows.map(toSession).filter((session) => isLive(session, now, pack.session))
}

export async function deleteSessionsOf(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom("session").where("account", "=", account).execute()
}

/** Ends sessions of the account, and keeps why; `from` is the address of whoever did. */
export async function endSessions(
  tx: Tx,
  account: AccountId,
  { ids, why, from, now }: { ids: readonly string[]; why: SessionEnd; from: string | null; now: Instant },
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable("session")
    .set({ ended_at: now, ended_why: why, ended_from: from })
    .where("account", "=", account)
    .where("id", "in", [...ids])
    .where("ended_at", "is", null)
    .execute()
}

const SESSION = [
  "session.id",
  "session.account",
  "session.stage",
  "session.address",
  "session.agent",
  "session.device",
  "session.created_at as createdAt",
  "session.last_seen_at as lastSeenAt",
  "session.ended_at as endedAt",
  "session.ended_why as endedWhy",
  "session.ended_from as endedFrom",
] as const

function toSession(row: object): Session {
  return row as Session
}

/** The session's person, or why it is over; `over` is `null` for a token that is unknown or ran out. */
export type Finding = { readonly found: Found } | { readonly found: null; readonly over: Refusal | null }

/**
 * Who asks. Rights end by comparison with `now`: who holds no post any more has no access at all, and a session from
 * before a change of posts is over (5-4).
 */
export async function findSession(
  { db, keyring, pack }: Pick<Runtime, "db" | "keyring" | "pack">,
  tokenHash: Buffer,
  now: Instant,
): Promise<Finding> {
  const row = await actors(db, now)
    .innerJoin("session", "session.account", "account.id")
    .select([...SESSION, "session.seal"])
    .select(changedSince(now).as("isChanged"))
    .where("session.token_hash", "=", tokenHash)
    .executeTakeFirst()
  const nobody = { found: null, over: null }
  if (row === undefined) return nobody
  const session = toSession(row)
  const seal = sealOf(keyring, tokenHash, "session", session.account, session.createdAt, session.stage)
  if (!seal.equals(row.seal)) return nobody
  if (session.endedAt !== null) return { found: null, over: toldOf(session) }
  if (!isLive(session, now, pack.session)) return nobody
  if (row.posts.length === 0) return { found: null, over: refuse("ACCESS_ENDED") }
  if (row.isChanged) return { found: null, over: refuse("SESSION_ENDED_BY_CHANGE") }
  if (session.lastSeenAt < plusMs(now, -SEEN_EVERY_MS))
    await db.updateTable("session").set({ last_seen_at: now }).where("token_hash", "=", tokenHash).execute()
  return { found: { actor: toActor(row), session } }
}

function changedSince(now: Instant) {
  return sql<boolean>`exists (select 1 from people_v_post changed where changed.person = account.person and
    (changed.since > session.created_at and changed.since <= ${now}::timestamptz
      or changed.until > session.created_at and changed.until <= ${now}::timestamptz))`
}

/** The person of an account with the posts they hold now, for work that outlives a request; `null` once it is over. */
export async function findAccountActor(
  db: Db | Tx,
  account: AccountId,
  now: Instant,
): Promise<PersonActor | null> {
  const row = await actors(db, now).where("account.id", "=", account).executeTakeFirst()
  return row === undefined || row.posts.length === 0 ? null : toActor(row)
}

/** Accounts that are not disabled, with the posts their persons hold at `now`, perhaps none. */
function actors(db: Db | Tx, now: Instant) {
  const postsOf = (eb: ExpressionBuilder<Database, "account">) =>
    eb
      .selectFrom("people_v_post as p")
      .select(["p.role", "p.unit"])
      .whereRef("p.person", "=", "account.person")
      .where(inForce("p", now))
      .orderBy("p.since")
  return db
    .selectFrom("account")
    .innerJoin("people_v_actor", "people_v_actor.person", "account.person")
    .select(["account.id as account", "people_v_actor.person", "people_v_actor.name"])
    .select((eb) => jsonArrayFrom(postsOf(eb)).as("posts"))
    .where("account.disabled_at", "is", null)
}

function toActor(row: {
  readonly account: string
  readonly person: string | null
  readonly name: string | null
  readonly posts: readonly unknown[]
}): PersonActor {
  return {
    kind: "person",
    person: row.person as PersonId,
    account: row.account as AccountId,
    name: row.name ?? "",
    posts: row.posts as Post[],
  }
}
