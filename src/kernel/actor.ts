import type { AccountId, PersonId, UnitId } from "./ids.ts"

/** The posts a person can hold in a unit; what each must never do is in `docs/guide`. */
export const ROLES = [
  "handler",
  "supervisor",
  "it-handler",
  "ethics-officer",
  "director",
  "center-handler",
  "center-head",
  "auditor",
  "administrator",
] as const
export type Role = (typeof ROLES)[number]

/** One role held in one unit. A person may hold several. */
export interface Post {
  readonly role: Role
  readonly unit: UnitId
}

/** Who acts. `person` is the natural person, whatever account or post is used (5-3b, 6-2). */
export type Actor =
  | {
      readonly kind: "person"
      readonly person: PersonId
      readonly account: AccountId
      readonly name: string
      readonly posts: readonly Post[]
    }
  | { readonly kind: "system"; readonly job: string }
  | { readonly kind: "anonymous" }

export type PersonActor = Extract<Actor, { kind: "person" }>

/** How far a sign-in has come. Until `full` a session reaches its own credentials only. */
export const SESSION_STAGES = ["password", "full"] as const
export type SessionStage = (typeof SESSION_STAGES)[number]

export function holds(actor: Actor, role: Role, unit?: UnitId): boolean {
  return (
    actor.kind === "person" &&
    actor.posts.some((p) => p.role === role && (unit === undefined || p.unit === unit))
  )
}

/** How the ledger names an actor: the person's id, `system:<job>` or `anonymous`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return actor.person
    case "system":
      return `system:${actor.job}`
    case "anonymous":
      return "anonymous"
  }
}
