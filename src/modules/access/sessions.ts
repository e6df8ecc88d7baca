import { sql, type ExpressionBuilder } from "kysely"
import { jsonArrayFrom } from "kysely/helpers/postgres"
import type { PersonActor, Post } from "../../kernel/actor.ts"
import type { AccountId, PersonId } from "../../kernel/ids.ts"
import { plusMs, type Instant } from "../../kernel/time.ts"
import { inForce } from "../../platform/db/in-force.ts"
import type { Database } from "../../platform/db/schema.ts"
import type { Db, Tx } from "../../platform/db/tx.ts"
import type { Runtime } from "../../runtime/index.ts"
import { SESSION_IDLE_MS, SESSION_MAX_MS } from "./model.ts"
import { sealOf } from "./passwords.ts"

/** How old `last_seen_at` may grow before a request writes it again. */
const SEEN_EVERY_MS = 60_000

export async function insertSession(
  tx: Tx,
  {
    tokenHash,
    account,
    seal,
  }: { readonly tokenHash: Buffer; readonly account: AccountId; readonly seal: Buffer },
  now: Instant,
): Promise<void> {
  await tx
    .insertInto("session")
    .values({
      token_hash: tokenHash,
      account,
      seal,
      created_at: now,
      last_seen_at: now,
      expires_at: plusMs(now, SESSION_MAX_MS),
    })
    .execute()
}

export async function deleteSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom("session").where("token_hash", "=", tokenHash).execute()
}

export async function deleteEndedSessions(tx: Tx, now: Instant): Promise<void> {
  const idle = plusMs(now, -SESSION_IDLE_MS)
  await tx
    .deleteFrom("session")
    .where((eb) => eb.or([eb("expires_at", "<=", now), eb("last_seen_at", "<=", idle)]))
    .execute()
}

export async function countSessions(tx: Tx, account: AccountId, now: Instant): Promise<number> {
  const { sessions } = await tx
    .selectFrom("session")
    .select((eb) => eb.fn.countAll<number>().as("sessions"))
    .where("account", "=", account)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", plusMs(now, -SESSION_IDLE_MS))
    .executeTakeFirstOrThrow()
  return sessions
}

export async function deleteSessionsOf(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom("session").where("account", "=", account).execute()
}

/**
 * The person behind a session token, or `null` when it has ended. Rights end by comparison with `now`: who holds no
 * post any more has no access at all, and a session from before a change of posts is over (5-4).
 */
export async function findActor(
  { db, keyring }: Pick<Runtime, "db" | "keyring">,
  tokenHash: Buffer,
  now: Instant,
): Promise<PersonActor | null> {
  const row = await actors(db, now)
    .innerJoin("session", "session.account", "account.id")
    .select(["session.last_seen_at as lastSeenAt", "session.seal", "session.created_at as createdAt"])
    .where("session.token_hash", "=", tokenHash)
    .where("session.expires_at", ">", now)
    .where("session.last_seen_at", ">", plusMs(now, -SESSION_IDLE_MS))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("people_v_post as changed")
            .select("changed.person")
            .whereRef("changed.person", "=", "account.person")
            .where(
              sql<boolean>`(changed.since > session.created_at and changed.since <= ${now}::timestamptz
                or changed.until > session.created_at and changed.until <= ${now}::timestamptz)`,
            ),
        ),
      ),
    )
    .executeTakeFirst()
  if (row === undefined) return null
  if (!sealOf(keyring, tokenHash, "session", row.account, row.createdAt).equals(row.seal)) return null
  if (row.createdAt <= plusMs(now, -SESSION_MAX_MS)) return null
  if (row.lastSeenAt < plusMs(now, -SEEN_EVERY_MS))
    await db.updateTable("session").set({ last_seen_at: now }).where("token_hash", "=", tokenHash).execute()
  return toActor(row)
}

/** The person of an account with the posts they hold now, for work that outlives a request; `null` once it is over. */
export async function findAccountActor(
  db: Db,
  account: AccountId,
  now: Instant,
): Promise<PersonActor | null> {
  const row = await actors(db, now).where("account.id", "=", account).executeTakeFirst()
  return row === undefined ? null : toActor(row)
}

function actors(db: Db, now: Instant) {
  const postsOf = (eb: ExpressionBuilder<Database, "account">) =>
    eb.selectFrom("people_v_post as p").whereRef("p.person", "=", "account.person").where(inForce("p", now))
  return db
    .selectFrom("account")
    .innerJoin("people_v_actor", "people_v_actor.person", "account.person")
    .select(["account.id as account", "people_v_actor.person", "people_v_actor.name"])
    .select((eb) => jsonArrayFrom(postsOf(eb).select(["p.role", "p.unit"]).orderBy("p.since")).as("posts"))
    .where("account.disabled_at", "is", null)
    .where((eb) => eb.exists(postsOf(eb).select("p.person")))
}

function toActor({ account, person, name, posts }: ActorRow): PersonActor {
  return {
    kind: "person",
    person: person as PersonId,
    account: account as AccountId,
    name: name ?? "",
    posts: posts as Post[],
  }
}

type ActorRow = NonNullable<Awaited<ReturnType<ReturnType<typeof actors>["executeTakeFirst"]>>>
