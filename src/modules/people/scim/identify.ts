import type { FastifyRequest } from "fastify"
import type { Actor } from "../../../kernel/actor.ts"
import type { Instant } from "../../../kernel/time.ts"
import { bearerToken } from "../../../platform/http/program-route.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { clientIsInForce } from "../rules/scim-clients.ts"
import { countRequest, findClient, tokenHashOf } from "./client-store.ts"

/** Who a program is, by its bearer token alone. @throws RefusedError SCIM_TOKEN_NOT_VALID, TOO_MANY_REQUESTS */
export async function identifyClient(
  { db, keyring }: Runtime,
  request: FastifyRequest,
  now: Instant,
): Promise<Actor> {
  const token = bearerToken(request)
  const client = token === null ? null : await findClient(db, keyring, tokenHashOf(token))
  if (client === null || !clientIsInForce(client, now))
    throw new RefusedError([refuse("SCIM_TOKEN_NOT_VALID")])
  const requests = await countRequest(db, client.id, now)
  const over = requests - client.requestsPerMinute
  // The first refusal of a minute is recorded, those after it are not: a flood must not fill the ledger.
  if (over > 0) throw new RefusedError([refuse("TOO_MANY_REQUESTS")], over > 1)
  return { kind: "system", job: `scim:${client.name}` }
}
