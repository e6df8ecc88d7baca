import { holds } from "../../../kernel/actor.ts"
import type { Role } from "../../../kernel/actor.ts"
import {
  accepted,
  decideUnless,
  gather,
  type Decision,
  type Fact,
  type Refusal,
} from "../../../kernel/decision.ts"
import type { PersonId, UnitId, VendorId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Actor } from "../../../kernel/actor.ts"
import type { DutyId } from "../../../regulation/duties.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { handlesData, ROLES_OF_KIND, type HeldPost, type Person, type Unit, type UnitKind } from "../model.ts"

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

/** Whether somebody may hold these posts in these units, all together, from `now` until each of them ends. */
export function postsFit(
  posts: readonly (Pick<HeldPost, "unit" | "role"> & { readonly until?: Instant | null })[],
  units: ReadonlyMap<UnitId, Unit>,
  now: Instant,
): (Refusal<RefusalCode> | null)[] {
  const found = posts.map((post) => ({ ...post, known: units.get(post.unit) }))
  const each = found.map(({ role, known, until = null }) => {
    if (known === undefined) return refuse("NOT_FOUND")
    return roleFitsUnit(role, known) ?? unitStands(known, now, until)
  })
  const kinds = found.flatMap(({ role, known }) => (known === undefined ? [] : [{ role, kind: known.kind }]))
  return [...each, postsGoTogether(kinds)]
}

/** Stands from `now`, and until `until` where something is to last there; `null` is without end. */
export const unitStands = rule("2-1", (unit: Unit, now: Instant, until: Instant | null = now) => {
  if (unit.until === null) return null
  return unit.until > now && until !== null && until <= unit.until ? null : refuse("UNIT_ENDED")
})

export const staffNumberIsFree = rule("internal", (taken: boolean) =>
  taken ? refuse("STAFF_NUMBER_TAKEN") : null,
)

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
    around.parent && unitStands(around.parent, now, null),
  )
  return decideUnless(broken, () => {
    const parent = around.parent?.id ?? null
    const next: Unit = { ...unit, parent, since: now, until: null, version: 1, createdAt: now }
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
  readonly staffNumber?: string | null
  readonly vendor?: VendorId | null
  readonly posts: readonly Pick<HeldPost, "unit" | "role">[]
}

export interface AroundPerson {
  readonly units: ReadonlyMap<UnitId, Unit>
  readonly emailTaken: boolean
  readonly staffNumberTaken: boolean
}

export function decideCreatePerson(
  around: AroundPerson,
  person: NewPerson,
  { actor, now }: Deciding,
): Decision<Person> {
  const broken = gather(
    administratorsOnly(actor),
    emailIsFree(around.emailTaken),
    staffNumberIsFree(around.staffNumberTaken),
    ...postsFit(person.posts, around.units, now),
  )
  return decideUnless(broken, () => {
    const next: Person = {
      ...person,
      staffNumber: person.staffNumber ?? null,
      vendor: person.vendor ?? null,
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

export function peopleFact(
  kind: string,
  about: Fact["about"],
  payload: Fact["payload"],
  duties: readonly DutyId[] = ["2-1"],
): Fact {
  return { kind, duties, about, retention: "account", payload }
}
