import type { Actor } from "../../../kernel/actor.ts"
import type { Db } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import type { AccountView } from "../contract.ts"
import { administratorsOnly } from "../rules/accounts.ts"

/** The accounts of these people, for an administrator; who has none is not in the reply. */
export async function readAccounts(db: Db, actor: Actor, people: readonly string[]): Promise<AccountView[]> {
  const refusal = administratorsOnly(actor)
  if (refusal !== null) throw new RefusedError([refusal])
  const rows = await db
    .selectFrom("account")
    .select(["id", "person", "login_name", "disabled_at", "password_set_at"])
    .where("person", "in", people)
    .orderBy("login_name")
    .execute()
  return rows.map(({ id, person, login_name, disabled_at, password_set_at }) => ({
    ...{ id, person, loginName: login_name },
    state: disabled_at !== null ? "disabled" : password_set_at === null ? "password-awaited" : "in-use",
  }))
}
