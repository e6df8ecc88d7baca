import type { Readable } from "node:stream"
import type { Actor } from "../../../kernel/actor.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { readBody } from "../../../platform/http/read-body.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import type { Runtime } from "../../../runtime/index.ts"
import * as contract from "../contracts/import.ts"
import { administratorsOnly } from "../rules/roster.ts"
import { importFile, previewFile } from "./apply.ts"

const FILE_LIMIT = 5_000_000

export function importRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.previewImport, async ({ request, actor, now }) => {
      requireAdministrator(actor)
      return previewFile(runtime, await readBody(request.body as Readable, FILE_LIMIT), { actor, now })
    }),
    bind(contract.applyImport, async ({ request, query, actor }) => {
      requireAdministrator(actor)
      const bytes = await readBody(request.body as Readable, FILE_LIMIT)
      return { changes: await importFile(runtime, bytes, query.digest, actor) }
    }),
  ]
}

/** Before any of the file is read. */
function requireAdministrator(actor: Actor): void {
  const refusal = administratorsOnly(actor)
  if (refusal !== null) throw new RefusedError([refusal])
}
