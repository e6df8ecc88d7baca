import type { Command } from "../../../runtime/index.ts"
import type { Deputy } from "../model.ts"
import { decideAppointDeputy, type AroundDeputy, type NewDeputy } from "../rules/deputies.ts"
import { loadPerson, lockDeputiesOf, saveDeputy } from "../store.ts"

export const appointDeputy: Command<NewDeputy, AroundDeputy, Deputy> = {
  name: "appoint-deputy",
  load: async (tx, { person, deputy, unit }, { now }) => ({
    standing: await lockDeputiesOf(tx, person, unit, now),
    person: await loadPerson(tx, person),
    deputy: await loadPerson(tx, deputy),
  }),
  decide: decideAppointDeputy,
  save: saveDeputy,
}
