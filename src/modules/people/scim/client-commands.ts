import type { ScimClientId } from "../../../kernel/ids.ts"
import type { Json } from "../../../kernel/decision.ts"
import type { Aggregate, Command } from "../../../runtime/index.ts"
import type { ScimClient } from "../model.ts"
import { decideCreateScimClient, decideRevokeScimClient, type NewScimClient } from "../rules/scim-clients.ts"
import { insertClient, isClientNameTaken, loadClient, lockClient, saveRevocation } from "./client-store.ts"

interface Creating extends NewScimClient {
  readonly tokenHash: Buffer
}

interface Created {
  readonly client: ScimClient
  readonly tokenHash: Buffer
}

export const createScimClient: Command<Creating, { readonly nameTaken: boolean }, Created> = {
  name: "create-scim-client",
  load: async (tx, { name }) => ({ nameTaken: await isClientNameTaken(tx, name) }),
  decide: (around, { tokenHash, ...client }, deciding) => {
    const decision = decideCreateScimClient(around, client, deciding)
    return decision.ok ? { ...decision, next: { client: decision.next, tokenHash } } : decision
  },
  save: (tx, { client, tokenHash }, { runtime }) => insertClient(tx, runtime.keyring, tokenHash, client),
}

export const revokeScimClient: Command<{ readonly id: ScimClientId }, ScimClient, ScimClient> = {
  name: "revoke-scim-client",
  load: (tx, { id }) => lockClient(tx, id),
  decide: (client, _, deciding) => decideRevokeScimClient(client, deciding),
  save: (tx, client, { runtime }) => saveRevocation(tx, runtime.keyring, client),
}

export const scimClientAggregate: Aggregate = {
  type: "scim-client",
  stateOf: async (tx, id) => {
    const client = await loadClient(tx, id as ScimClientId)
    return client === null ? null : { version: client.version, state: client as unknown as Json }
  },
  listIds: async (tx) => (await tx.selectFrom("scim_client").select("id").execute()).map((row) => row.id),
}
