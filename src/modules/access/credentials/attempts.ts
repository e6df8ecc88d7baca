import { sql } from "kysely"
import { plusMs, type Instant } from "../../../kernel/time.ts"
import type { Keyring } from "../../../platform/crypto/keyring.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"

type Lockout = PolicyPack["lockout"]

/** What was typed as a login name, so that nobody can read it: people type passwords there. */
export type NamePseudonym = string & { readonly brand: "name pseudonym" }

export function pseudonymOfName(keyring: Keyring, loginName: string): NamePseudonym {
  return keyring.pseudonym(`login name ${loginName.toLowerCase()}`) as NamePseudonym
}

function lockMs({ minutes }: Lockout): number {
  return minutes.value * 60_000
}

/**
 * Takes one of the pack's attempts before a password is looked at; a parallel burst cannot take more.
 * Resolves with false while the name is locked. `clearAttempts` gives them back after a success.
 */
export async function reserveAttempt(
  tx: Tx,
  name: NamePseudonym,
  now: Instant,
  lockout: Lockout,
): Promise<boolean> {
  const until = plusMs(now, lockMs(lockout))
  const reserved = await sql`
    insert into sign_in_lock as l (name_pseudonym, failures, locked_until, last_attempt_at, told)
    values (${name}, 1, null, ${now}, false)
    on conflict (name_pseudonym) do update set
      failures = case when l.locked_until is not null then 1 else l.failures + 1 end,
      locked_until = case when l.locked_until is null and l.failures + 1 >= ${lockout.failures.value} then ${until}::timestamptz end,
      last_attempt_at = ${now},
      told = false
    where l.locked_until is null or l.locked_until <= ${now}
    returning failures`.execute(tx)
  return reserved.rows.length === 1
}

/** So long after the last attempt every lock has ended, and the attempts before it count no more. */
export async function deleteOldAttempts(tx: Tx, now: Instant, lockout: Lockout): Promise<void> {
  const old = plusMs(now, -lockMs(lockout))
  await tx.deleteFrom("sign_in_lock").where("last_attempt_at", "<=", old).execute()
}

/** How many attempts had failed before the one under way. */
export async function failuresBefore(tx: Tx, name: NamePseudonym): Promise<number> {
  const row = await tx
    .selectFrom("sign_in_lock")
    .select("failures")
    .where("name_pseudonym", "=", name)
    .executeTakeFirst()
  return Math.max((row?.failures ?? 1) - 1, 0)
}

export async function clearAttempts(tx: Tx, name: NamePseudonym): Promise<void> {
  await tx.deleteFrom("sign_in_lock").where("name_pseudonym", "=", name).execute()
}

/** Takes the names locked at `now` of which nobody was told yet. */
export async function takeUntoldLocks(tx: Tx, now: Instant): Promise<ReadonlySet<string>> {
  const rows = await tx
    .updateTable("sign_in_lock")
    .set({ told: true })
    .where("locked_until", ">", now)
    .where("told", "=", false)
    .returning("name_pseudonym")
    .execute()
  return new Set(rows.map((row) => row.name_pseudonym))
}
