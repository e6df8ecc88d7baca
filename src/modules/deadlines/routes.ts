import type { PersonActor } from "../../kernel/actor.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { importOfficeCalendar, readCalendarUpload } from "./commands/import-calendar.ts"
import * as contract from "./contract.ts"
import { readCalendars, readDeadlineView } from "./reads.ts"

export function deadlinesRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.readDeadline, ({ params, actor }) =>
      readDeadlineView(runtime.db, params.id, actor as PersonActor),
    ),
    bind(contract.listCalendars, () => readCalendars(runtime.db)),
    bind(contract.importCalendar, async ({ request, actor }) =>
      runCommand(runtime, importOfficeCalendar, await readCalendarUpload(request.body), actor),
    ),
  ]
}
