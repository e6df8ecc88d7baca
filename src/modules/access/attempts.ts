import { sql } from "kysely"
import { plusMs, type Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import { LOCK_AFTER_FAILURES, LOCK_MS } from "./model.ts"

/**
 * Takes one of the five attempts before a password is looked at; a parallel burst cannot take more.
 * Resolves with false while the name is locked. `clearAttempts` gives them back after a success.
 */
export async function reserveAttempt(tx: Tx, loginName: string, now: Instant): Promise<boolean> {
  const reserved = await sql`
    insert into sign_in_lock as l (login_name, failures, locked_until, last_attempt_at)
    values (${loginName.toLowerCase()}, 1, null, ${now})
    on conflict (login_name) do update set
      failures = case when l.locked_until is not null then 1 else l.failures + 1 end,
      locked_until = case when l.locked_until is null and l.failures + 1 >= ${LOCK_AFTER_FAILURES} then ${plusMs(now, LOCK_MS)}::timestamptz end,
      last_attempt_at = ${now}
    where l.locked_until is null or l.locked_until <= ${now}
    returning failures`.execute(tx)
  return reserved.rows.length === 1
}

export async function clearAttempts(tx: Tx, loginName: string): Promise<void> {
  await tx.deleteFrom("sign_in_lock").where("login_name", "=", loginName.toLowerCase()).execute()
}
