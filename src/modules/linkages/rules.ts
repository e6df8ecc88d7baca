import { holds, type Actor } from "../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../kernel/decision.ts"
import { taipeiDate, type Instant } from "../../kernel/time.ts"
import { refuse, rule } from "../../regulation/rule.ts"
import type { Linkage } from "./model.ts"

interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

export type PaperLinkage = Omit<Linkage, "transcribed" | "state" | "version" | "createdAt">

export const applicationIsComplete = rule(
  "4-2a",
  ({ approvalNumber, approvedOn }: PaperLinkage, { now }: Deciding) =>
    approvalNumber.trim() === "" || approvedOn > taipeiDate(now) ? refuse("LINKAGE_NOT_APPROVED") : null,
)

export const connectionTestPassed = rule(
  "4-2b",
  ({ testNumber, testedOn }: PaperLinkage, { now }: Deciding) =>
    testNumber.trim() === "" || testedOn > taipeiDate(now) ? refuse("LINKAGE_NOT_TESTED") : null,
)

/** The unit answers for what it takes on from paper: its head does it, or 資訊室. */
export const headOrIt = rule("internal", (actor: Actor, unit: Linkage["unit"]) =>
  holds(actor, "supervisor", unit) ||
  holds(actor, "center-head", unit) ||
  holds(actor, "it-handler") ||
  actor.kind === "system"
    ? null
    : refuse("NOT_PERMITTED"),
)

export const providerIsKnown = rule("4-1", (known: boolean) => (known ? null : refuse("PROVIDER_UNKNOWN")))

/** 轉錄: an approved and tested linkage is taken on from its papers. */
export function decideTranscribeLinkage(
  around: { readonly providerKnown: boolean },
  linkage: PaperLinkage,
  deciding: Deciding,
): Decision<Linkage> {
  const broken = gather(
    headOrIt(deciding.actor, linkage.unit),
    providerIsKnown(around.providerKnown),
    applicationIsComplete(linkage, deciding),
    connectionTestPassed(linkage, deciding),
  )
  return decideUnless(broken, () => {
    const next: Linkage = {
      ...linkage,
      transcribed: true,
      state: "active",
      version: 1,
      createdAt: deciding.now,
    }
    const { mode, approvalNumber, approvedOn, testNumber, testedOn } = next
    return accepted(next, {
      kind: "linkage-transcribed",
      duties: ["4-2a", "4-2b", "4-2c"],
      about: { type: "linkage", id: next.id },
      refs: { provider: next.provider, unit: next.unit },
      retention: "linkage",
      payload: { mode, approvalNumber, approvedOn, testNumber, testedOn },
    })
  })
}
