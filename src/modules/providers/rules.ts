import { holds, type Actor } from "../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../kernel/decision.ts"
import type { Instant } from "../../kernel/time.ts"
import { refuse, rule } from "../../regulation/rule.ts"
import type { Provider, SftpConnector } from "./model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

/** Providers and their connectors are set up by 資訊室 or the administrator. */
export const itOrAdministrator = rule("internal", (actor: Actor) =>
  holds(actor, "it-handler") || holds(actor, "administrator") || actor.kind === "system"
    ? null
    : refuse("NOT_PERMITTED"),
)

export const providerCodeIsFree = rule("4-1", (taken: boolean) =>
  taken ? refuse("PROVIDER_CODE_TAKEN") : null,
)

export type NewProvider = Pick<Provider, "id" | "code" | "name" | "kind" | "contactEmail">

export function decideCreateProvider(
  around: { readonly codeTaken: boolean },
  provider: NewProvider,
  { actor, now }: Deciding,
): Decision<Provider> {
  return decideUnless(gather(itOrAdministrator(actor), providerCodeIsFree(around.codeTaken)), () => {
    const next: Provider = { ...provider, sftp: null, version: 1, createdAt: now }
    return accepted(
      next,
      providerFact("provider-created", next, { code: next.code, name: next.name, kind: next.kind }),
    )
  })
}

export function decideSetConnector(
  provider: Provider,
  sftp: SftpConnector,
  { actor }: Deciding,
): Decision<Provider> {
  return decideUnless(gather(itOrAdministrator(actor)), () => {
    const next: Provider = { ...provider, sftp, version: provider.version + 1 }
    const { host, port, user, directory, hostKey } = sftp
    return accepted(
      next,
      providerFact("provider-connector-set", next, { host, port, user, directory, hostKey }),
    )
  })
}

function providerFact(kind: string, provider: Provider, payload: Fact["payload"]): Fact {
  return {
    kind,
    duties: ["4-1"],
    about: { type: "provider", id: provider.id },
    retention: "setting",
    payload,
  }
}
