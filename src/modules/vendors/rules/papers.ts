import type { Actor, PersonActor } from "../../../kernel/actor.ts"
import type { FileId, PersonId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Deed, Paper } from "../model.ts"

/** What a command is told of a signed document; the digest is that of the scan kept. */
export interface SignedPaper {
  readonly number: string
  readonly signedOn: CivilDate
  readonly scan: FileId
}

/** The scan as it was kept, and whether it proves something already. */
export interface KeptPaper {
  readonly sha256: string
  readonly keptBy: PersonId
  readonly isUsed: boolean
}

export const paperIsTheirs = rule("internal", (kept: KeptPaper | null, actor: Actor) => {
  if (kept === null || actor.kind !== "person" || kept.keptBy !== actor.person)
    return refuse("SIGNED_PAPER_UNKNOWN")
  return kept.isUsed ? refuse("SIGNED_PAPER_USED") : null
})

export const paperIsSigned = rule("internal", ({ signedOn }: SignedPaper, now: Instant) =>
  signedOn > taipeiDate(now) ? refuse("SIGNED_IN_FUTURE") : null,
)

/** MUST come after `paperIsTheirs`. */
export function paperOf(paper: SignedPaper, kept: KeptPaper | null): Paper {
  if (kept === null) throw new Error("checked by the rule: the scan is kept")
  return { ...paper, sha256: kept.sha256 }
}

/** MUST come after a rule that only persons pass. */
export function deedOf(actor: Actor, at: Instant): Deed {
  return { by: personIn(actor).person, at }
}

function personIn(actor: Actor): PersonActor {
  if (actor.kind !== "person") throw new Error("checked by the rule: a person")
  return actor
}
