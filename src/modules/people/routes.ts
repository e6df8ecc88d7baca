import type { PersonActor } from "../../kernel/actor.ts"
import type { DeputyId, PersonId, UnitId } from "../../kernel/ids.ts"
import { startOfTaipeiDay, taipeiDate, type CivilDate } from "../../kernel/time.ts"
import { refuse } from "../../regulation/rule.ts"
import { newId } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { appointDeputy } from "./commands/appoint-deputy.ts"
import { changePosts } from "./commands/change-posts.ts"
import { createPerson } from "./commands/create-person.ts"
import { createUnit } from "./commands/create-unit.ts"
import { endDeputy } from "./commands/end-deputy.ts"
import { endUnit } from "./commands/end-unit.ts"
import { updatePerson } from "./commands/update-person.ts"
import { updateUnit } from "./commands/update-unit.ts"
import * as contract from "./contract.ts"
import { importRoutes } from "./import/routes.ts"
import { readDeputies, readPeople, readUnits } from "./reads/lists.ts"
import { readPerson } from "./reads/person.ts"
import { rosterRoutes } from "./roster/routes.ts"
import type { NewPerson } from "./rules/roster.ts"
import { scimClientRoutes } from "./scim/client-routes.ts"
import type { Post } from "./rules/posts.ts"

export function peopleRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    ...unitRoutes(runtime),
    ...personRoutes(runtime),
    ...deputyRoutes(runtime),
    ...rosterRoutes(runtime),
    ...importRoutes(runtime),
  ]
}

function unitRoutes(runtime: Runtime): readonly BoundRoute[] {
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
    bind(contract.updateUnit, ({ params, body, actor }) =>
      runCommand(
        runtime,
        updateUnit,
        { ...body, id: params.id as UnitId, parent: body.parent as UnitId | null },
        actor,
      ),
    ),
    bind(contract.endUnit, ({ params, body, actor }) =>
      runCommand(runtime, endUnit, { id: params.id as UnitId, on: body.on as CivilDate }, actor),
    ),
  ]
}

function personRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listPeople, ({ query, now }) => readPeople(runtime.db, query, now)),
    bind(contract.readPerson, async ({ params, actor, now }) => {
      const found = await readPerson(runtime.db, actor as PersonActor, params.id as PersonId, now)
      if (found === null) throw new RefusedError([refuse("NOT_FOUND")])
      return found
    }),
    bind(contract.createPerson, ({ body, actor }) =>
      runCommand(runtime, createPerson, { ...body, id: newId() as PersonId } as unknown as NewPerson, actor),
    ),
    bind(contract.updatePerson, ({ params, body, actor }) =>
      runCommand(runtime, updatePerson, { ...body, id: params.id as PersonId }, actor),
    ),
    bind(contract.addPosts, ({ params, body, actor, now }) =>
      runCommand(
        runtime,
        changePosts,
        {
          person: params.id as PersonId,
          at: body.on === taipeiDate(now) ? "now" : startOfTaipeiDay(body.on as CivilDate),
          end: [],
          begin: body.begin as Post[],
          order: null,
        },
        actor,
      ),
    ),
  ]
}

function deputyRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listDeputies, ({ query, actor, now }) =>
      readDeputies(runtime.db, actor as PersonActor, query, now),
    ),
    bind(contract.appointDeputy, ({ body: { from, to, roles, ...ids }, actor }) =>
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
          roles,
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
