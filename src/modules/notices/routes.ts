import type { PersonActor } from "../../kernel/actor.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { acknowledgeInboxItem } from "./commands/acknowledge-item.ts"
import * as contract from "./contract.ts"
import type { InboxItemId } from "./model.ts"
import { readInbox } from "./reads.ts"

export function noticesRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listInbox, ({ query, actor }) => readInbox(runtime.db, actor as PersonActor, query)),
    bind(contract.acknowledgeInboxItem, ({ params, actor }) =>
      runCommand(runtime, acknowledgeInboxItem, { id: params.id as InboxItemId }, actor),
    ),
  ]
}
