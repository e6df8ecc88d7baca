import type { Db } from "../../../platform/db/tx.ts"

export interface Named {
  readonly name: string
  readonly title: string
}

/** Names and titles of these people; empty words for who is not known. */
export async function namesOf(db: Db, people: readonly (string | null)[]): Promise<(id: string) => Named> {
  const known = people.filter((person) => person !== null)
  if (known.length === 0) return () => ({ name: "", title: "" })
  const rows = await db
    .selectFrom("people_v_actor")
    .select(["person", "name", "title"])
    .where("person", "in", known)
    .execute()
  const names = new Map(rows.map((row) => [row.person, { name: row.name ?? "", title: row.title ?? "" }]))
  return (id) => names.get(id) ?? { name: "", title: "" }
}

export async function unitNames(db: Db): Promise<(id: string) => string> {
  const rows = await db.selectFrom("people_v_unit").select(["id", "name"]).execute()
  const names = new Map(rows.map((row) => [row.id, row.name ?? ""]))
  return (id) => names.get(id) ?? ""
}
