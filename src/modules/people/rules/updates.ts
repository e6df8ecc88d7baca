import type { Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { Person } from "../model.ts"
import { administratorsOnly, emailIsFree, peopleFact, staffNumberIsFree } from "./roster.ts"

export type PersonUpdate = Pick<Person, "name" | "title" | "email" | "staffNumber">

export interface AroundUpdate {
  readonly person: Person
  readonly emailTaken: boolean
  readonly staffNumberTaken: boolean
}

export function decideUpdatePerson(
  { person, emailTaken, staffNumberTaken }: AroundUpdate,
  { name, title, email, staffNumber }: PersonUpdate,
  { actor }: { readonly actor: Actor },
): Decision<Person> {
  const broken = gather(
    administratorsOnly(actor),
    emailIsFree(emailTaken),
    staffNumberIsFree(staffNumberTaken),
  )
  return decideUnless(broken, () => {
    const next: Person = { ...person, name, title, email, staffNumber, version: person.version + 1 }
    const columns = ["name", "title", "email", "staffNumber"] as const
    const changed = columns.filter((column) => next[column] !== person[column])
    const about = { type: "person", id: person.id }
    return accepted(next, peopleFact("person-updated", about, { name, title, changed }))
  })
}
