import type { Actor } from "../../../kernel/actor.ts"
import type { ScimClientId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newId, newSecret } from "../../../platform/ids.ts"
import { runCommand, type Runtime } from "../../../runtime/index.ts"
import * as contract from "../contracts/scim-clients.ts"
import type { ScimClient } from "../model.ts"
import { administratorsOnly } from "../rules/roster.ts"
import { clientIsInForce } from "../rules/scim-clients.ts"
import { createScimClient, revokeScimClient } from "./client-commands.ts"
import { readClients, tokenHashOf } from "./client-store.ts"
import { SCIM_PATH } from "./messages.ts"

/** What an administrator does with the programs that may drive the roster. */
export function scimClientRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.listScimClients, async ({ query, actor, now }) => {
      mustAdminister(actor)
      const { items, ...page } = await readClients(runtime.db, query)
      const address = `${runtime.origin}${SCIM_PATH}`
      return { ...page, address, items: items.map((client) => ({ ...client, state: stateOf(client, now) })) }
    }),
    bind(contract.createScimClient, async ({ body, actor }) => {
      const token = newSecret()
      const id = newId() as ScimClientId
      const client = { ...body, id, lastDay: body.lastDay as CivilDate, tokenHash: tokenHashOf(token) }
      await runCommand(runtime, createScimClient, client, actor)
      return { id, token }
    }),
    bind(contract.revokeScimClient, async ({ params, actor }) => {
      await runCommand(runtime, revokeScimClient, { id: params.id as ScimClientId }, actor)
    }),
  ]
}

function mustAdminister(actor: Actor): void {
  const refusal = administratorsOnly(actor)
  if (refusal !== null) throw new RefusedError([refusal])
}

function stateOf(client: ScimClient, now: Instant): contract.ScimClientView["state"] {
  if (client.revokedAt !== null) return "revoked"
  return clientIsInForce(client, now) ? "in-force" : "expired"
}
