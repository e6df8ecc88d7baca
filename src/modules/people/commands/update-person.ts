import type { Command } from "../../../runtime/index.ts"
import type { Person } from "../model.ts"
import { decideUpdatePerson, type AroundUpdate, type PersonUpdate } from "../rules/persons.ts"
import { isEmailTaken, isStaffNumberTaken, lockPerson, saveWords } from "../store.ts"

/** Another name, title, mail address or staff number; what stood before is kept for the roster of past days. */
export const updatePerson: Command<PersonUpdate, AroundUpdate, Person> = {
  name: "update-person",
  load: async (tx, { id, email, staffNumber }) => {
    const person = await lockPerson(tx, id)
    if (person === null) return null
    return {
      person,
      emailTaken: await isEmailTaken(tx, email, id),
      staffNumberTaken: staffNumber !== null && (await isStaffNumberTaken(tx, staffNumber, id)),
    }
  },
  decide: decideUpdatePerson,
  save: (tx, person, { now }) => saveWords(tx, person, now),
}
