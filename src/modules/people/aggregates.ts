import type { DeputyId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { Json } from "../../kernel/decision.ts"
import type { Aggregate } from "../../runtime/index.ts"
import { loadDeputy, loadPerson, loadUnit } from "./store.ts"

/** What a later version added stands in the state only where it says something: digests of before still hold. */
export const unitAggregate: Aggregate = {
  type: "unit",
  stateOf: async (tx, id) => {
    const unit = await loadUnit(tx, id as UnitId)
    if (unit === null) return null
    const { since, until, ...state } = unit
    const period = { ...(since === unit.createdAt ? {} : { since }), ...(until === null ? {} : { until }) }
    return { version: unit.version, state: { ...state, ...period } }
  },
  listIds: async (tx) => (await tx.selectFrom("unit").select("id").execute()).map((row) => row.id),
}

export const personAggregate: Aggregate = {
  type: "person",
  stateOf: async (tx, id) => {
    const person = await loadPerson(tx, id as PersonId)
    if (person === null) return null
    const { staffNumber, vendor, posts, ...state } = person
    const added = { ...(staffNumber === null ? {} : { staffNumber }), ...(vendor === null ? {} : { vendor }) }
    return {
      version: person.version,
      state: { ...state, ...added, posts: posts.map((post) => ({ ...post })) },
    }
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
