import type { Json } from "../../kernel/decision.ts"
import type { Aggregate, HoldingsOf, Module } from "../../runtime/index.ts"
import { beginChangesWake } from "./record-change.ts"
import { handoverRoutes } from "./routes.ts"
import { listChangeIds, loadChanges } from "./store.ts"
import { handoverTasksOf } from "./tasks.ts"

export { personnelNoticeMailed, personnelNoticeOnPaper } from "./after-notice.ts"
export { personnelChangeRecorded } from "./record-change.ts"

/** A change with the notices it owes and every line of its inventory. */
const changeAggregate: Aggregate = {
  type: "personnel-change",
  stateOf: async (tx, id) => {
    const [change] = await loadChanges(tx, [id])
    return change === undefined ? null : { version: change.version, state: change as unknown as Json }
  },
  listIds: listChangeIds,
}

/** `holdingsOf` folds over what every module keeps in somebody's hands. */
export function handover(holdingsOf: HoldingsOf): Module {
  return {
    name: "handover",
    aggregates: [changeAggregate],
    routes: handoverRoutes,
    wakes: [beginChangesWake(holdingsOf)],
    tasksOf: handoverTasksOf,
  }
}
