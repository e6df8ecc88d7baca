import type { UnitId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Person, Unit } from "../model.ts"
import { decideCreatePerson, type NewPerson } from "../rules/roster.ts"
import { insertPerson, isEmailTaken, loadUnits } from "../store.ts"

interface Around {
  readonly units: ReadonlyMap<UnitId, Unit>
  readonly emailTaken: boolean
}

export const createPerson: Command<NewPerson, Around, Person> = {
  name: "create-person",
  load: async (tx, person) => ({
    units: await loadUnits(
      tx,
      person.posts.map((post) => post.unit),
    ),
    emailTaken: await isEmailTaken(tx, person.email),
  }),
  decide: decideCreatePerson,
  save: insertPerson,
}
