import { jsonArrayFrom } from "kysely/helpers/postgres"
import type { Role } from "../../../kernel/actor.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { inForce } from "../../../platform/db/in-force.ts"
import type { Db } from "../../../platform/db/tx.ts"
import type { Unit } from "../model.ts"

export interface KnownPerson {
  readonly id: PersonId
  readonly name: string
  readonly title: string
  readonly email: string
  readonly staffNumber: string | null
  readonly createdAt: Instant
  /** Held now or to begin. */
  readonly posts: readonly { readonly unit: UnitId; readonly role: Role }[]
}

export type KnownUnit = Pick<Unit, "id" | "code" | "name" | "kind">

/** The agency's own people; a vendor's serve by the agreement with it (5-8a) and are no program's to change. */
export async function readOwnPeople(db: Db, now: Instant): Promise<readonly KnownPerson[]> {
  const rows = await db
    .selectFrom("person")
    .select(["id", "name", "title", "email", "staff_number as staffNumber", "created_at as createdAt"])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom("post")
          .select(["post.unit", "post.role"])
          .whereRef("post.person", "=", "person.id")
          .where((p) => p.or([p("post.until", "is", null), p("post.until", ">", now)]))
          .orderBy("post.since"),
      ).as("posts"),
    )
    .where("vendor", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute()
  return rows.map(({ id, posts, ...row }) => ({
    ...{ ...row, id: id as PersonId },
    posts: posts.map(({ unit, role }) => ({ unit: unit as UnitId, role: role as Role })),
  }))
}

export async function readUnitsInForce(db: Db, now: Instant): Promise<readonly KnownUnit[]> {
  const rows = await db
    .selectFrom("unit")
    .select(["id", "code", "name", "kind"])
    .where(inForce("unit", now))
    .orderBy("code")
    .execute()
  return rows as KnownUnit[]
}
