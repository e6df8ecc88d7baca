import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import type { Actor } from "../../../kernel/actor.ts"
import type { Decision } from "../../../kernel/decision.ts"
import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { ImportChange } from "../contracts/import.ts"
import type { Person, Unit } from "../model.ts"
import type { PersonUpdate } from "../rules/persons.ts"
import type { Post } from "../rules/posts.ts"
import type { NewPerson, NewUnit } from "../rules/roster.ts"
import type { UnitChange } from "../rules/units.ts"
import type { LineError } from "./read-table.ts"

/** Every unit and person there is, those that ended among them. */
export interface Roster {
  readonly units: readonly Unit[]
  readonly people: readonly Person[]
}

/** One command to run. What does not exist yet has an id that begins with `new:`. */
export type Step =
  | { readonly kind: "create-unit"; readonly input: NewUnit & { readonly parent: UnitId | null } }
  | { readonly kind: "update-unit"; readonly input: UnitChange }
  | { readonly kind: "create-person"; readonly input: NewPerson }
  | { readonly kind: "update-person"; readonly input: PersonUpdate }
  | {
      readonly kind: "change-posts"
      readonly input: {
        readonly person: PersonId
        readonly end: readonly Post[]
        readonly begin: readonly Post[]
      }
    }

export interface Deciding {
  readonly actor: Actor
  readonly now: Instant
  readonly pack: PolicyPack
}

export interface Plan {
  readonly steps: readonly Step[]
  readonly changes: readonly ImportChange[]
  readonly errors: readonly LineError[]
  readonly unchanged: number
}

/** A plan in the making. */
export class Draft {
  readonly steps: Step[] = []
  readonly changes: ImportChange[] = []
  readonly errors: LineError[] = []
  unchanged = 0

  /** Takes the step if the rules do, and gives the state after it; each refusal is an error of the first line. */
  take<Next>(step: Step, change: ImportChange, decision: Decision<Next>): Next | null {
    if (!decision.ok) {
      const [line = null] = change.lines
      this.errors.push(...decision.refusals.map((refusal) => ({ line, refusal })))
      return null
    }
    this.steps.push(step)
    this.changes.push(change)
    return decision.next
  }
}

/** The fields that differ, under their names in the file. */
export function fieldsThatDiffer<Key extends string>(
  names: Readonly<Record<Key, string>>,
  before: Readonly<Record<Key, string | null>> | null,
  after: Readonly<Record<Key, string | null>>,
): ImportChange["fields"] {
  return (Object.keys(names) as Key[])
    .map((key) => ({ name: names[key], before: before?.[key] ?? null, after: after[key] ?? "" }))
    .filter((field) => (field.before ?? "") !== field.after)
}
