import type { Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { ScimClientId } from "../../../kernel/ids.ts"
import { plusMs, startOfTaipeiDay, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { ScimClient } from "../model.ts"
import { administratorsOnly, peopleFact } from "./roster.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

const DAY_MS = 24 * 3_600_000
const LONGEST_MS = 366 * DAY_MS

export interface NewScimClient {
  readonly id: ScimClientId
  readonly name: string
  /** The last day, in Taipei, on which the token works. */
  readonly lastDay: CivilDate
  readonly requestsPerMinute: number
}

export const clientNameIsFree = rule("internal", (taken: boolean) =>
  taken ? refuse("SCIM_CLIENT_NAME_TAKEN") : null,
)

export const clientExpires = rule("internal", (expiresAt: Instant, now: Instant) =>
  expiresAt > now && expiresAt <= plusMs(now, LONGEST_MS) ? null : refuse("SCIM_CLIENT_EXPIRY_WRONG"),
)

export const clientStands = rule("internal", ({ revokedAt }: ScimClient) =>
  revokedAt === null ? null : refuse("SCIM_CLIENT_REVOKED"),
)

export function decideCreateScimClient(
  { nameTaken }: { readonly nameTaken: boolean },
  { lastDay, ...client }: NewScimClient,
  { actor, now }: Deciding,
): Decision<ScimClient> {
  const expiresAt = plusMs(startOfTaipeiDay(lastDay), DAY_MS)
  const broken = gather(administratorsOnly(actor), clientNameIsFree(nameTaken), clientExpires(expiresAt, now))
  return decideUnless(broken, () => {
    const next: ScimClient = { ...client, createdAt: now, expiresAt, revokedAt: null, version: 1 }
    const { id, name, requestsPerMinute } = next
    const payload = { name, expiresAt, requestsPerMinute }
    return accepted(next, peopleFact("scim-client-created", { type: "scim-client", id }, payload, []))
  })
}

export function decideRevokeScimClient(client: ScimClient, { actor, now }: Deciding): Decision<ScimClient> {
  return decideUnless(gather(administratorsOnly(actor), clientStands(client)), () => {
    const next = { ...client, revokedAt: now, version: client.version + 1 }
    const about = { type: "scim-client", id: client.id }
    return accepted(next, peopleFact("scim-client-revoked", about, { name: client.name }, []))
  })
}

/** Whether its token opens anything at `now`. */
export function clientIsInForce({ expiresAt, revokedAt }: ScimClient, now: Instant): boolean {
  return revokedAt === null && expiresAt > now
}
