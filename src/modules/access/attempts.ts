import { sql } from "kysely"
import { plusMs, type Instant } from "../../kernel/time.ts"
import type { Keyring } from "../../platform/crypto/keyring.ts"
import type { Tx } from "../../platform/db/tx.ts"
import { LOCK_AFTER_FAILURES, LOCK_MS } from "./model.ts"

/** What was typed as a login name, so that nobody can read it: people type passwords there. */
export type NamePseudonym = string & { readonly brand: "name pseudonym" }

export function pseudonymOfName(keyring: Keyring, loginName: string): NamePseudonym {
  return keyring.pseudonym(`login name ${loginName.toLowerCase()}`) as NamePseudonym
}

/**
 * Takes one of the five attempts before a password is looked at; a parallel burst cannot take more.
 * Resolves with false while the name is locked. `clearAttempts` gives them back after a success.
 */
export async function reserveAttempt(tx: Tx, name: NamePseudonym, now: Instant): Promise<boolean> {
  const reserved = await sql`
    insert into sign_in_lock as l (name_pseudonym, failures, locked_until, last_attempt_at)
    values (${name}, 1, null, ${now})
    on conflict (name_pseudonym) do update set
      failures = case when l.locked_until is not null then 1 else l.failures + 1 end,
      locked_until = case when l.locked_until is null and l.failures + 1 >= ${LOCK_AFTER_FAILURES} then ${plusMs(now, LOCK_MS)}::timestamptz end,
      last_attempt_at = ${now}
    where l.locked_until is null or l.locked_until <= ${now}
    returning failures`.execute(tx)
  return reserved.rows.length === 1
}

/** Fifteen minutes after the last attempt every lock has ended, and the attempts before it count no more. */
export async function deleteOldAttempts(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom("sign_in_lock").where("last_attempt_at", "<=", plusMs(now, -LOCK_MS)).execute()
}

export async function clearAttempts(tx: Tx, name: NamePseudonym): Promise<void> {
  await tx.deleteFrom("sign_in_lock").where("name_pseudonym", "=", name).execute()
}
