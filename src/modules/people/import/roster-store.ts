import type { Role } from "../../../kernel/actor.ts"
import type { PersonId, UnitId, VendorId } from "../../../kernel/ids.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Person, Unit, UnitKind } from "../model.ts"
import type { Roster } from "./draft.ts"

/** Every unit and person, always in the same order. */
export async function loadRoster(tx: Tx): Promise<Roster> {
  return { units: await loadAllUnits(tx), people: await loadAllPeople(tx) }
}

/** The same with all rows locked, so that what was found still holds when it is acted upon. */
export async function lockRoster(tx: Tx): Promise<Roster> {
  await tx.selectFrom("person").select("id").orderBy("id").forUpdate().execute()
  await tx.selectFrom("unit").select("id").orderBy("id").forUpdate().execute()
  return loadRoster(tx)
}

async function loadAllUnits(tx: Tx): Promise<Unit[]> {
  const rows = await tx
    .selectFrom("unit")
    .select(["id", "code", "name", "kind", "parent", "since", "until", "version", "created_at as createdAt"])
    .orderBy("place")
    .execute()
  return rows.map((row) => ({
    ...row,
    id: row.id as UnitId,
    kind: row.kind as UnitKind,
    parent: row.parent as UnitId | null,
  }))
}

async function loadAllPeople(tx: Tx): Promise<Person[]> {
  const rows = await tx
    .selectFrom("person")
    .select(["id", "name", "title", "email", "version", "vendor"])
    .select(["staff_number as staffNumber", "created_at as createdAt"])
    .orderBy("id")
    .execute()
  const posts = await tx
    .selectFrom("post")
    .select(["person", "unit", "role", "since", "until"])
    .orderBy("since")
    .orderBy("unit")
    .orderBy("role")
    .execute()
  const held = Map.groupBy(posts, ({ person }) => person)
  return rows.map((row) => ({
    ...row,
    id: row.id as PersonId,
    vendor: row.vendor as VendorId | null,
    posts: (held.get(row.id) ?? []).map(({ person: _, ...post }) => ({
      ...post,
      unit: post.unit as UnitId,
      role: post.role as Role,
    })),
  }))
}
