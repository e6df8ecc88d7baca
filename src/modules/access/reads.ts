import type { PersonActor } from "../../kernel/actor.ts"
import type { Db } from "../../platform/db/tx.ts"
import type { Me } from "./contract.ts"

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
