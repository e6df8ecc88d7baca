import type { Module } from "../../runtime/index.ts"
import { deputyAggregate, personAggregate, unitAggregate } from "./aggregates.ts"
import { deputyshipsHeldBy } from "./deputies-left.ts"
import { peopleRoutes } from "./routes.ts"
import { scimClientAggregate } from "./scim/client-commands.ts"
import { scimRoutes } from "./scim/routes.ts"

export { changePosts } from "./commands/change-posts.ts"
export { createPerson } from "./commands/create-person.ts"
export { createUnit } from "./commands/create-unit.ts"
export { updatePerson } from "./commands/update-person.ts"

export { endDeputiesLeftBehind } from "./deputies-left.ts"
export { ROLE_TITLES } from "./contracts/titles.ts"
export { AUTHORITY_OF_ROLE, type Person } from "./model.ts"
export { BEGUN_BY_HEADS, BY_AGREEMENT } from "./rules/posts.ts"
export type { ChangeOrder, Post, PostChange } from "./rules/posts.ts"
export { originOf } from "./roster/origin.ts"

export const people: Module = {
  name: "people",
  aggregates: [unitAggregate, personAggregate, deputyAggregate, scimClientAggregate],
  routes: peopleRoutes,
  programRoutes: scimRoutes,
  holdingsOf: deputyshipsHeldBy,
}
