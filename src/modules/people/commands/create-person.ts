import type { Command } from "../../../runtime/index.ts"
import type { Person } from "../model.ts"
import { decideCreatePerson, type AroundPerson, type NewPerson } from "../rules/roster.ts"
import { insertPerson, isEmailTaken, isStaffNumberTaken, loadUnits } from "../store.ts"

export const createPerson: Command<NewPerson, AroundPerson, Person> = {
  name: "create-person",
  load: async (tx, person) => ({
    units: await loadUnits(
      tx,
      person.posts.map((post) => post.unit),
    ),
    emailTaken: await isEmailTaken(tx, person.email),
    staffNumberTaken: person.staffNumber != null && (await isStaffNumberTaken(tx, person.staffNumber)),
  }),
  decide: decideCreatePerson,
  save: insertPerson,
}
