import SCIMMY from "scimmy"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import { MOST_RESULTS, SCIM_PATH } from "./messages.ts"

const { Schemas, Resources } = SCIMMY
const KINDS = [Resources.User, Resources.Group]

/** What this server can do (RFC 7643 §5). */
export function providerConfig(origin: string) {
  const config = {
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESULTS },
    ...{ changePassword: { supported: false }, sort: { supported: false }, etag: { supported: false } },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "A token that an administrator creates, with an end and a limit of requests a minute",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
      },
    ],
  }
  return new Schemas.ServiceProviderConfig(config, `${origin}${SCIM_PATH}/ServiceProviderConfig`)
}

export function resourceTypes(origin: string) {
  return KINDS.map((kind) => new Schemas.ResourceType(kind.describe(), `${origin}${SCIM_PATH}/ResourceTypes`))
}

export function schemas(origin: string) {
  return KINDS.map(({ schema }) => schema.definition.describe(`${origin}${SCIM_PATH}/Schemas`))
}

/** The one whose name or id is asked for. */
export function oneOf<T extends { readonly id: string }>(known: readonly T[], id: string): T {
  const found = known.find((one) => one.id === id)
  if (found === undefined) throw new RefusedError([refuse("NOT_FOUND")])
  return found
}
