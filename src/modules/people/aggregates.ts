import type { DeputyId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { Json } from "../../kernel/decision.ts"
import type { Aggregate } from "../../runtime/index.ts"
import { loadDeputy, loadPerson, loadUnit } from "./store.ts"

export const unitAggregate: Aggregate = {
  type: "unit",
  stateOf: async (tx, id) => {
    const unit = await loadUnit(tx, id as UnitId)
    return unit === null ? null : { version: unit.version, state: unit as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("unit").select("id").execute()).map((row) => row.id),
}

export const personAggregate: Aggregate = {
  type: "person",
  stateOf: async (tx, id) => {
    const person = await loadPerson(tx, id as PersonId)
    return person === null ? null : { version: person.version, state: person as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("person").select("id").execute()).map((row) => row.id),
}

export const deputyAggregate: Aggregate = {
  type: "deputy",
  stateOf: async (tx, id) => {
    const deputy = await loadDeputy(tx, id as DeputyId)
    return deputy === null ? null : { version: deputy.version, state: deputy as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("deputy").select("id").execute()).map((row) => row.id),
}
