import type { Json } from "../../kernel/decision.ts"
import type { DeadlineId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { digestOfCalendar, selectImportedYears } from "./calendars.ts"
import { deadlinesRoutes } from "./routes.ts"
import { startWorkdayWake } from "./start-workday.ts"
import { listDeadlineIds, loadDeadline } from "./store.ts"

export { loadCalendar } from "./calendars.ts"
export { meetDeadline, openDeadline, recomputeDeadlines, voidDeadline } from "./keep-deadlines.ts"
export type { Deadline, DeadlineDraft, OpenDeadline, Owner } from "./model.ts"
export { deadlinesAbout } from "./reads.ts"
export { startWorkday } from "./start-workday.ts"

const deadlineAggregate: Aggregate = {
  type: "deadline",
  stateOf: async (tx, id) => {
    const deadline = await loadDeadline(tx, id as DeadlineId)
    return deadline === null ? null : { version: deadline.version, state: deadline as unknown as Json }
  },
  listIds: listDeadlineIds,
}

/** An edition never changes; the digest is that of the file as it stands in the table now. */
const calendarAggregate: Aggregate = {
  type: "office-calendar",
  stateOf: async (tx, id) => {
    const edition = (await selectImportedYears(tx)).find((year) => year.version === id)
    if (edition === undefined) return null
    return { version: 1, state: { ...edition, sha256: await digestOfCalendar(tx, edition.version) } }
  },
  listIds: async (tx) => (await selectImportedYears(tx)).map((year) => year.version),
}

export const deadlines: Module = {
  name: "deadlines",
  aggregates: [deadlineAggregate, calendarAggregate],
  routes: deadlinesRoutes,
  wakes: [startWorkdayWake],
}
