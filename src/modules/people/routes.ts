import type { PersonId, UnitId } from "../../kernel/ids.ts"
import { newId } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { createPerson } from "./commands/create-person.ts"
import { createUnit } from "./commands/create-unit.ts"
import * as contract from "./contract.ts"
import { readPeople, readUnits } from "./reads.ts"
import type { NewPerson } from "./rules.ts"

export function peopleRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listUnits, () => readUnits(runtime.db)),
    bind(contract.createUnit, ({ body, actor }) =>
      runCommand(
        runtime,
        createUnit,
        { ...body, id: newId() as UnitId, parent: body.parent as UnitId | null },
        actor,
      ),
    ),
    bind(contract.listPeople, ({ query }) => readPeople(runtime.db, query)),
    bind(contract.createPerson, ({ body, actor }) =>
      runCommand(runtime, createPerson, { ...body, id: newId() as PersonId } as unknown as NewPerson, actor),
    ),
  ]
}
