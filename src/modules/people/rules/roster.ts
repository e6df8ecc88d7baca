import { holds } from "../../../kernel/actor.ts"
import type { Role } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Actor } from "../../../kernel/actor.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import { handlesData, ROLES_OF_KIND, type Person, type Unit, type UnitKind } from "../model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

export const administratorsOnly = rule("internal", (actor: Actor) =>
  holds(actor, "administrator") || actor.kind === "system" ? null : refuse("NOT_PERMITTED"),
)

export const unitCodeIsFree = rule("internal", (taken: boolean) => (taken ? refuse("UNIT_CODE_TAKEN") : null))

export const onlyOneAgency = rule("2-1", (kind: UnitKind, parent: Unit | null) =>
  (kind === "agency") === (parent === null) ? null : refuse("UNIT_NEEDS_PARENT"),
)

export const roleFitsUnit = rule("2-1", (role: Role, unit: Unit) => {
  const fitting: readonly Role[] = ROLES_OF_KIND[unit.kind]
  return fitting.includes(role) ? null : refuse("ROLE_NOT_OF_UNIT")
})

/**
 * Of one person: nobody administers or watches over what they handle. 資訊室 sends members to the audit group
 * (5-10), so that its handlers may be auditors, though never of their own items.
 */
export const postsGoTogether = rule("internal", (posts: readonly { role: Role; kind: UnitKind }[]) => {
  const holds = (role: Role) => posts.some((post) => post.role === role)
  const handling = posts.filter(({ role, kind }) => handlesData(role, kind))
  const clash =
    (holds("administrator") && posts.some(({ role }) => role !== "administrator")) ||
    (holds("ethics-officer") && handling.length > 0) ||
    (holds("auditor") && handling.some(({ role }) => role !== "it-handler"))
  return clash ? refuse("POSTS_EXCLUDE_EACH_OTHER") : null
})

export const emailIsFree = rule("internal", (taken: boolean) => (taken ? refuse("EMAIL_TAKEN") : null))

export interface NewUnit {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly kind: UnitKind
}

export function decideCreateUnit(
  around: { readonly parent: Unit | null; readonly codeTaken: boolean },
  unit: NewUnit,
  { actor, now }: Deciding,
): Decision<Unit> {
  const broken = gather(
    administratorsOnly(actor),
    unitCodeIsFree(around.codeTaken),
    onlyOneAgency(unit.kind, around.parent),
  )
  return decideUnless(broken, () => {
    const next: Unit = { ...unit, parent: around.parent?.id ?? null, version: 1, createdAt: now }
    return accepted(
      next,
      peopleFact(
        "unit-created",
        { type: "unit", id: next.id },
        { code: next.code, name: next.name, kind: next.kind },
      ),
    )
  })
}

export interface NewPerson {
  readonly id: PersonId
  readonly name: string
  readonly title: string
  readonly email: string
  readonly posts: readonly { readonly unit: UnitId; readonly role: Role }[]
}

export function decideCreatePerson(
  around: { readonly units: ReadonlyMap<UnitId, Unit>; readonly emailTaken: boolean },
  person: NewPerson,
  { actor, now }: Deciding,
): Decision<Person> {
  const fits = person.posts.map(({ unit, role }) => {
    const found = around.units.get(unit)
    return found === undefined ? refuse("NOT_FOUND") : roleFitsUnit(role, found)
  })
  const kinds = person.posts.flatMap(({ unit, role }) => {
    const kind = around.units.get(unit)?.kind
    return kind === undefined ? [] : [{ role, kind }]
  })
  const broken = gather(
    administratorsOnly(actor),
    emailIsFree(around.emailTaken),
    ...fits,
    postsGoTogether(kinds),
  )
  return decideUnless(broken, () => {
    const next: Person = {
      ...person,
      posts: person.posts.map((p) => ({ ...p, since: now, until: null })),
      version: 1,
      createdAt: now,
    }
    const posts = person.posts.map(({ unit, role }) => ({ unit, role }))
    return accepted(
      next,
      peopleFact(
        "person-created",
        { type: "person", id: next.id },
        { name: next.name, title: next.title, posts },
      ),
    )
  })
}

function peopleFact(kind: string, about: Fact["about"], payload: Fact["payload"]): Fact {
  return { kind, duties: ["2-1"], about, retention: "account", payload }
}
