import type { PersonActor } from "../../kernel/actor.ts"
import type { DeputyId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate } from "../../kernel/time.ts"
import { newId } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { appointDeputy } from "./commands/appoint-deputy.ts"
import { createPerson } from "./commands/create-person.ts"
import { createUnit } from "./commands/create-unit.ts"
import { endDeputy } from "./commands/end-deputy.ts"
import * as contract from "./contract.ts"
import { readDeputies, readPeople, readUnits } from "./reads.ts"
import type { NewPerson } from "./rules/roster.ts"
import { scimClientRoutes } from "./scim/client-routes.ts"

export function peopleRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listUnits, ({ now }) => readUnits(runtime.db, now)),
    bind(contract.createUnit, ({ body, actor }) =>
      runCommand(
        runtime,
        createUnit,
        { ...body, id: newId() as UnitId, parent: body.parent as UnitId | null },
        actor,
      ),
    ),
    bind(contract.listPeople, ({ query, now }) => readPeople(runtime.db, query, now)),
    bind(contract.createPerson, ({ body, actor }) =>
      runCommand(runtime, createPerson, { ...body, id: newId() as PersonId } as unknown as NewPerson, actor),
    ),
    bind(contract.listDeputies, ({ query, actor, now }) =>
      readDeputies(runtime.db, actor as PersonActor, query, now),
    ),
    bind(contract.appointDeputy, ({ body: { from, to, ...ids }, actor }) =>
      runCommand(
        runtime,
        appointDeputy,
        {
          id: newId() as DeputyId,
          unit: ids.unit as UnitId,
          person: ids.person as PersonId,
          deputy: ids.deputy as PersonId,
          from: from as CivilDate,
          to: to as CivilDate | null,
        },
        actor,
      ),
    ),
    bind(contract.endDeputy, ({ params, actor }) =>
      runCommand(runtime, endDeputy, { id: params.id as DeputyId }, actor),
    ),
    ...scimClientRoutes(runtime),
  ]
}
