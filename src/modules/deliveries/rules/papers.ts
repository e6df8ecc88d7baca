import { holds, type Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import type { FileId, PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Deciding } from "./change.ts"

/** A provider's mail or the scan of a notice, as it was when it was kept; the content is in the file store. */
export interface Paper {
  readonly id: FileId
  readonly kind: "provider-mail" | "scan"
  readonly sha256: string
  readonly bytes: number
  readonly keptBy: PersonId
  readonly keptAt: Instant
}

const KEEPERS = ["handler", "supervisor", "it-handler", "center-handler", "center-head"] as const

export const mayKeepPapers = rule("internal", (actor: Actor) =>
  KEEPERS.some((role) => holds(actor, role)) ? null : refuse("NOT_PERMITTED"),
)

export function decideKeepPaper(
  paper: Omit<Paper, "keptBy" | "keptAt">,
  { actor, now }: Deciding,
): Decision<Paper> {
  return decideUnless(gather(mayKeepPapers(actor)), () => {
    if (actor.kind !== "person") throw new Error("mayKeepPapers lets nobody but persons through")
    const { id, kind, sha256, bytes } = paper
    return accepted(
      { ...paper, keptBy: actor.person, keptAt: now },
      {
        kind: "paper-kept",
        duties: [],
        about: { type: "paper", id },
        retention: "delivery",
        payload: { kind, sha256, bytes },
      },
    )
  })
}
