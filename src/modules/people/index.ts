import type { Module } from "../../runtime/index.ts"
import { deputyAggregate, personAggregate, unitAggregate } from "./aggregates.ts"
import { peopleRoutes } from "./routes.ts"

export { changePosts } from "./commands/change-posts.ts"
export { createPerson } from "./commands/create-person.ts"
export { createUnit } from "./commands/create-unit.ts"

export type { ChangeOrder, PostChange } from "./rules/posts.ts"

export const people: Module = {
  name: "people",
  aggregates: [unitAggregate, personAggregate, deputyAggregate],
  routes: peopleRoutes,
}
