import type { Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Person } from "../model.ts"
import { administratorsOnly, emailIsFree, peopleFact, staffNumberIsFree } from "./roster.ts"
import { changedIn, somethingChanges } from "./units.ts"

export interface PersonWords {
  readonly name: string
  readonly title: string
  readonly email: string
  readonly staffNumber: string | null
}

export interface PersonUpdate extends PersonWords {
  readonly id: PersonId
}

export interface AroundUpdate {
  readonly person: Person
  readonly emailTaken: boolean
  readonly staffNumberTaken: boolean
}

export function wordsOf({ name, title, email, staffNumber }: PersonWords): PersonWords {
  return { name, title, email, staffNumber }
}

export function decideUpdatePerson(
  { person, emailTaken, staffNumberTaken }: AroundUpdate,
  input: PersonUpdate,
  { actor }: { readonly actor: Actor; readonly now: Instant },
): Decision<Person> {
  const words = wordsOf(input)
  const changed = changedIn(wordsOf(person), words)
  const broken = gather(
    administratorsOnly(actor),
    emailIsFree(emailTaken),
    staffNumberIsFree(staffNumberTaken),
    somethingChanges(changed),
  )
  return decideUnless(broken, () => {
    const next: Person = { ...person, ...words, version: person.version + 1 }
    return accepted(next, peopleFact("person-updated", { type: "person", id: person.id }, { changed }))
  })
}
