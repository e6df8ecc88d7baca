import type { BoundRoute } from "../../../platform/http/bind.ts"
import type { Runtime } from "../../../runtime/index.ts"
import type { Intake } from "../transfers/intake.ts"
import { actRoutes } from "./acts.ts"
import { fileRoutes } from "./files.ts"
import { readRoutes } from "./reads.ts"

export function deliveryRoutes(runtime: Runtime, intake: Intake): readonly BoundRoute[] {
  return [...readRoutes(runtime), ...actRoutes(runtime), ...fileRoutes(runtime, intake)]
}
