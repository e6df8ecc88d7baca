import type { BoundRoute } from "../../../platform/http/bind.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { accountRoutes } from "./accounts.ts"
import { ownRoutes } from "./own.ts"

export function accessRoutes(runtime: Runtime, origin: string): readonly BoundRoute[] {
  return [...ownRoutes(runtime, origin), ...accountRoutes(runtime, origin)]
}
