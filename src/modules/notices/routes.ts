import type { PersonActor } from "../../kernel/actor.ts"
import type { Readable } from "node:stream"
import { readBody } from "../../platform/http/read-body.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { acknowledgeInboxItem } from "./commands/acknowledge-item.ts"
import * as contract from "./contract.ts"
import type { InboxItemId } from "./model.ts"
import { readInbox, readMails } from "./reads.ts"
import { keepScan } from "./scans/keep-scan.ts"

const SCAN_LIMIT = 25 * 1024 * 1024

export function noticesRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listInbox, ({ query, actor }) => readInbox(runtime.db, actor as PersonActor, query)),
    bind(contract.listMyMails, ({ actor }) => readMails(runtime.db, actor as PersonActor)),
    bind(contract.acknowledgeInboxItem, ({ params, actor }) =>
      runCommand(runtime, acknowledgeInboxItem, { id: params.id as InboxItemId }, actor),
    ),
    bind(contract.keepScan, async ({ actor, request }) => {
      const bytes = await readBody(request.body as Readable, SCAN_LIMIT)
      const { id, sha256 } = await keepScan(runtime, bytes, actor)
      return { file: id, sha256 }
    }),
  ]
}
