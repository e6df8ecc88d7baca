import { holds, type Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { FileId, PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Deciding } from "../rules/change.ts"

/** The provider's own mail as it was when it was kept; the content is in the file store. */
export interface ProviderMail {
  readonly id: FileId
  readonly sha256: string
  readonly bytes: number
  readonly messageId: string | null
  readonly keptBy: PersonId
  readonly keptAt: Instant
}

export const mayKeepProviderMail = rule("internal", (actor: Actor) =>
  holds(actor, "handler") || holds(actor, "center-handler") ? null : refuse("NOT_PERMITTED"),
)

/** A mail proves a notice when whoever records the notice has kept it. */
export const mailWasKept = rule(
  "internal",
  (claimed: FileId | null, found: ProviderMail | null, actor: Actor) =>
    claimed === null || (found?.id === claimed && actor.kind === "person" && found.keptBy === actor.person)
      ? null
      : refuse("PROVIDER_MAIL_UNKNOWN"),
)

export function decideKeepProviderMail(
  mail: Omit<ProviderMail, "keptBy" | "keptAt">,
  { actor, now }: Deciding,
): Decision<ProviderMail> {
  return decideUnless(gather(mayKeepProviderMail(actor)), () => {
    if (actor.kind !== "person") throw new Error("checked by the rule: a person")
    const { id, sha256, bytes, messageId } = mail
    return accepted(
      { ...mail, keptBy: actor.person, keptAt: now },
      {
        kind: "provider-mail-kept",
        duties: [],
        about: { type: "provider-mail", id },
        retention: "delivery",
        payload: { sha256, bytes, messageId },
      },
    )
  })
}
