import { holds, type Actor, type Role } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { DeputyId, PersonId, UnitId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { plusDays } from "../../../regulation/period/civil.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Deputy, HeldPost, Person } from "../model.ts"
import { postsAt } from "./posts.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

export interface NewDeputy {
  readonly id: DeputyId
  readonly unit: UnitId
  readonly person: PersonId
  readonly deputy: PersonId
  readonly from: CivilDate
  /** The last day of it, or `null` until somebody ends it. */
  readonly to: CivilDate | null
  readonly roles: readonly Role[] | null
}

export interface AroundDeputy {
  readonly person: Person | null
  readonly deputy: Person | null
  /** Deputyships of this person in this unit that have not ended. */
  readonly standing: readonly Deputy[]
}

const HEADS = ["supervisor", "center-head", "director"] as const

export function mayAppointIn(actor: Actor, unit: UnitId): boolean {
  const isHead = HEADS.some((role) => holds(actor, role, unit))
  return isHead || holds(actor, "administrator") || actor.kind === "system"
}

export const headsAndAdministratorsAppoint = rule("internal", (actor: Actor, unit: UnitId) =>
  mayAppointIn(actor, unit) ? null : refuse("NOT_PERMITTED"),
)

export const nobodyAppointsThemselves = rule("internal", (actor: Actor, deputy: PersonId) =>
  actor.kind === "person" && actor.person === deputy ? refuse("DEPUTY_NOT_BY_ONESELF") : null,
)

/**
 * The deputy serves in the same unit, or is a head where a head is represented: nobody comes to household data of
 * another unit, nor an administrator to any, by standing in.
 */
export const deputyIsAColleague = rule("internal", (around: AroundDeputy, unit: UnitId, now: Instant) => {
  const { person, deputy } = around
  const represented = person === null ? [] : postsAt(person, now)
  const colleague = deputy === null ? [] : postsAt(deputy, now)
  const here = represented.filter((post) => post.unit === unit)
  const isNear = colleague.some((post) => post.unit === unit) || (here.some(isHead) && colleague.some(isHead))
  const isAdministrator = colleague.some((post) => post.role === "administrator")
  const fits = here.length > 0 && isNear && !isAdministrator && person?.id !== deputy?.id
  return fits ? null : refuse("DEPUTY_IS_ANOTHER")
})

/** Nobody stands in for a post that the represented person does not hold there. */
export const scopeIsHeld = rule(
  "internal",
  ({ person }: AroundDeputy, { unit, roles }: Pick<NewDeputy, "unit" | "roles">, now: Instant) => {
    const held = person === null ? [] : postsAt(person, now).filter((post) => post.unit === unit)
    const isHeld = roles?.every((role) => held.some((post) => post.role === role)) ?? true
    return isHeld ? null : refuse("DEPUTY_ROLE_NOT_HELD")
  },
)

function isHead({ role }: HeldPost): boolean {
  return HEADS.some((head) => head === role)
}

/** A vendor's people serve by the agreement with it: standing in would give them what that does not. */
export const vendorPeopleStandInForNobody = rule("5-8a", (deputy: Person | null) =>
  deputy === null || deputy.vendor === null ? null : refuse("VENDOR_PERSON"),
)

/** A right that began in the past would make lawful what was not. */
export const deputyshipLiesAhead = rule(
  "internal",
  ({ from, to }: Pick<NewDeputy, "from" | "to">, now: Instant) =>
    from >= taipeiDate(now) && (to === null || to >= from) ? null : refuse("DEPUTY_PERIOD_WRONG"),
)

export const deputyDoesNotStandYet = rule("internal", (next: Deputy, standing: readonly Deputy[]) =>
  standing.some((other) => other.deputy === next.deputy && overlap(other, next) && shareRoles(other, next))
    ? refuse("DEPUTY_ALREADY_STANDS")
    : null,
)

function overlap(a: Deputy, b: Deputy): boolean {
  const endsBefore = (one: Deputy, other: Deputy) => one.until !== null && one.until <= other.since
  return !endsBefore(a, b) && !endsBefore(b, a)
}

/** Whether a deputyship has lost its ground because `person`, who stands in it, holds the posts for it no more (5-4). */
export function isLeftBehind(deputyship: Deputy, person: Person, now: Instant): boolean {
  const posts = postsAt(person, now)
  if (posts.some(({ unit }) => unit === deputyship.unit)) return false
  return deputyship.person === person.id || !posts.some(isHead)
}

function shareRoles(a: Deputy, b: Deputy): boolean {
  return a.roles === null || b.roles === null || a.roles.some((role) => b.roles?.includes(role))
}

export function decideAppointDeputy(
  around: AroundDeputy,
  input: NewDeputy,
  { actor, now }: Deciding,
): Decision<Deputy> {
  const next = deputyshipOf(input, now)
  const broken = gather(
    headsAndAdministratorsAppoint(actor, input.unit),
    nobodyAppointsThemselves(actor, input.deputy),
    deputyIsAColleague(around, input.unit, now),
    vendorPeopleStandInForNobody(around.deputy),
    scopeIsHeld(around, input, now),
    deputyshipLiesAhead(input, now),
    deputyDoesNotStandYet(next, around.standing),
  )
  return decideUnless(broken, () => accepted(next, deputyFact("deputy-appointed", next)))
}

function deputyshipOf({ from, to, ...same }: NewDeputy, now: Instant): Deputy {
  const since = from === taipeiDate(now) ? now : startOfTaipeiDay(from)
  return { ...same, since, until: to === null ? null : startOfTaipeiDay(plusDays(to, 1)), version: 1 }
}

export const deputyshipStands = rule("internal", (deputy: Deputy, now: Instant) =>
  deputy.until !== null && deputy.until <= now ? refuse("DEPUTY_ENDED") : null,
)

export function decideEndDeputy(
  deputy: Deputy,
  _: { readonly id: DeputyId },
  { actor, now }: Deciding,
): Decision<Deputy> {
  const broken = gather(headsAndAdministratorsAppoint(actor, deputy.unit), deputyshipStands(deputy, now))
  return decideUnless(broken, () => {
    const next = { ...deputy, until: now, version: deputy.version + 1 }
    return accepted(next, deputyFact("deputy-ended", next))
  })
}

export function deputyFact(kind: string, { id, unit, person, deputy, roles, since, until }: Deputy): Fact {
  return {
    kind,
    duties: ["6-2d"],
    about: { type: "deputy", id },
    refs: { unit, person, deputy },
    retention: "account",
    payload: { since, until, ...(roles === null ? {} : { roles }) },
  }
}
