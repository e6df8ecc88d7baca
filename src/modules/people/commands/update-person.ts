import type { PersonId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Person } from "../model.ts"
import { decideUpdatePerson, type AroundUpdate, type PersonUpdate } from "../rules/updates.ts"
import { isEmailTaken, isStaffNumberTaken, lockPerson, updatePerson as savePerson } from "../store.ts"

interface Updating extends PersonUpdate {
  readonly id: PersonId
}

/** Name, title, address and staff number; posts change by `changePosts`. */
export const updatePerson: Command<Updating, AroundUpdate, Person> = {
  name: "update-person",
  load: async (tx, { id, email, staffNumber }) => {
    const person = await lockPerson(tx, id)
    if (person === null) return null
    const isOwn = (a: string | null, b: string) => a?.toLowerCase() === b.toLowerCase()
    return {
      person,
      emailTaken: !isOwn(person.email, email) && (await isEmailTaken(tx, email)),
      staffNumberTaken:
        staffNumber !== null &&
        !isOwn(person.staffNumber, staffNumber) &&
        (await isStaffNumberTaken(tx, staffNumber)),
    }
  },
  decide: decideUpdatePerson,
  save: savePerson,
}
