import type { Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { UnitId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay, taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Unit } from "../model.ts"
import { administratorsOnly, onlyOneAgency, peopleFact, unitCodeIsFree, unitStands } from "./roster.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

export interface UnitChange {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly parent: UnitId | null
}

export interface AroundUnitChange {
  readonly unit: Unit
  readonly parent: Unit | null
  /** The parent to be and every unit above it. */
  readonly above: readonly UnitId[]
  readonly codeTaken: boolean
}

export const unitLiesNotBelowItself = rule("internal", (unit: UnitId, above: readonly UnitId[]) =>
  above.includes(unit) ? refuse("UNIT_BELOW_ITSELF") : null,
)

export const somethingChanges = rule("internal", (changed: object) =>
  Object.keys(changed).length === 0 ? refuse("NOTHING_TO_CHANGE") : null,
)

/** The members of `next` that differ from those of `before`. */
export function changedIn<Words extends object>(before: Words, next: Words): Partial<Words> {
  const names = Object.keys(next) as (keyof Words)[]
  const changed: Partial<Words> = {}
  for (const name of names) if (before[name] !== next[name]) changed[name] = next[name]
  return changed
}

export function decideUpdateUnit(
  { unit, parent, above, codeTaken }: AroundUnitChange,
  { id: _, ...words }: UnitChange,
  { actor, now }: Deciding,
): Decision<Unit> {
  const { code, name } = unit
  const changed = changedIn({ code, name, parent: unit.parent }, words)
  const broken = gather(
    administratorsOnly(actor),
    unitStands(unit, now),
    unitCodeIsFree(codeTaken),
    onlyOneAgency(unit.kind, parent),
    unitLiesNotBelowItself(unit.id, above),
    parent && unitStands(parent, now, unit.until),
    somethingChanges(changed),
  )
  return decideUnless(broken, () => {
    const next: Unit = { ...unit, ...words, version: unit.version + 1 }
    return accepted(next, peopleFact("unit-updated", { type: "unit", id: unit.id }, { changed }))
  })
}

export interface AroundUnitEnd {
  readonly unit: Unit
  /** Posts held there now or later. */
  readonly posts: readonly { readonly until: Instant | null }[]
  /** Units right below that have not ended. */
  readonly below: readonly { readonly until: Instant | null }[]
}

/** 裁撤 takes nobody's post away by itself: they are moved first, with the notices that 5-4 asks. */
export const nobodyServesAfter = rule("2-1", (posts: AroundUnitEnd["posts"], at: Instant) =>
  posts.some(({ until }) => until === null || until > at) ? refuse("UNIT_HAS_PEOPLE") : null,
)

export const noUnitLiesBelow = rule("2-1", (below: AroundUnitEnd["below"], at: Instant) =>
  below.some(({ until }) => until === null || until > at) ? refuse("UNIT_HAS_UNITS") : null,
)

export const endLiesAhead = rule("internal", (on: CivilDate, now: Instant) =>
  on < taipeiDate(now) ? refuse("UNIT_ENDS_AHEAD") : null,
)

export function decideEndUnit(
  { unit, posts, below }: AroundUnitEnd,
  { on }: { readonly id: UnitId; readonly on: CivilDate },
  { actor, now }: Deciding,
): Decision<Unit> {
  const at = on === taipeiDate(now) ? now : startOfTaipeiDay(on)
  const broken = gather(
    administratorsOnly(actor),
    unitStands(unit, now),
    endLiesAhead(on, now),
    nobodyServesAfter(posts, at),
    noUnitLiesBelow(below, at),
  )
  return decideUnless(broken, () => {
    const next: Unit = { ...unit, until: at, version: unit.version + 1 }
    return accepted(next, peopleFact("unit-ended", { type: "unit", id: unit.id }, { until: at }))
  })
}
