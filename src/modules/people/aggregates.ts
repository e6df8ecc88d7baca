import type { DeputyId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { Aggregate } from "../../runtime/index.ts"
import { loadDeputy, loadPerson, loadPersonVersions, loadUnit, loadUnitVersions } from "./store.ts"

/** What a later version added stands in the state only where it says something: digests of before still hold. */
export const unitAggregate: Aggregate = {
  type: "unit",
  stateOf: async (tx, id) => {
    const unit = await loadUnit(tx, id as UnitId)
    if (unit === null) return null
    const { since, until, ...state } = unit
    const period = { ...(since === unit.createdAt ? {} : { since }), ...(until === null ? {} : { until }) }
    const versions = moreThanOne(await loadUnitVersions(tx, unit.id))
    return { version: unit.version, state: { ...state, ...period, ...versions } }
  },
  listIds: async (tx) => (await tx.selectFrom("unit").select("id").execute()).map((row) => row.id),
}

function moreThanOne<Version extends object>(versions: readonly Version[]) {
  return versions.length < 2 ? {} : { versions: versions.map((version) => ({ ...version })) }
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
      state: {
        ...{ ...state, ...added, posts: posts.map((post) => ({ ...post })) },
        ...moreThanOne(await loadPersonVersions(tx, person.id)),
      },
    }
  },
  listIds: async (tx) => (await tx.selectFrom("person").select("id").execute()).map((row) => row.id),
}

export const deputyAggregate: Aggregate = {
  type: "deputy",
  stateOf: async (tx, id) => {
    const deputy = await loadDeputy(tx, id as DeputyId)
    if (deputy === null) return null
    const { roles, ...state } = deputy
    return { version: deputy.version, state: { ...state, ...(roles === null ? {} : { roles }) } }
  },
  listIds: async (tx) => (await tx.selectFrom("deputy").select("id").execute()).map((row) => row.id),
}
