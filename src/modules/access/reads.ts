import type { Actor, PersonActor } from "../../kernel/actor.ts"
import type { Db } from "../../platform/db/tx.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import type { AccountView, Me } from "./contract.ts"
import { administratorsOnly } from "./rules.ts"

export async function readMe(db: Db, actor: PersonActor): Promise<Me> {
  const ids = [...new Set(actor.posts.map((post) => post.unit))]
  const units =
    ids.length === 0
      ? []
      : await db.selectFrom("people_v_unit").select(["id", "name"]).where("id", "in", ids).execute()
  const nameOf = new Map(units.map((unit) => [unit.id, unit.name]))
  const posts = actor.posts.map((post) => ({ ...post, unitName: nameOf.get(post.unit) ?? "" }))
  return { person: actor.person, name: actor.name, posts }
}

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
