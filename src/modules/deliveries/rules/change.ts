import { decideUnless, type Decision, type Fact, type Refusal } from "../../../kernel/decision.ts"
import type { Actor } from "../../../kernel/actor.ts"
import type { FileId, NoticeId, PersonId } from "../../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { DutyId } from "../../../regulation/duties.ts"
import type { Dated, Delivery } from "../model.ts"
import type { RegisterEntry } from "../register.ts"
import type { Around } from "./office.ts"
import { refusalsOf, type DeliveryCommand } from "./permissions.ts"

/** How a written notice goes out: by mail, or on paper that has already been signed for. */
export type NoticeChannel =
  | { readonly kind: "mail" }
  | {
      readonly kind: "paper"
      readonly number: string
      readonly date: CivilDate
      /** Who signed for it. */
      readonly receiver: PersonId | null
      readonly scan: FileId | null
    }

export interface NoticeToGive {
  readonly id: NoticeId
  readonly duty: "6-1a" | "6-1c"
  readonly from: PersonId
  /** On paper, who signed for it. */
  readonly to: "it-office" | PersonId
  readonly channel:
    | { readonly kind: "mail" }
    | (Omit<Extract<NoticeChannel, { kind: "paper" }>, "receiver"> & { readonly receiver: string })
  readonly happenedAt: Instant
}

/** What a decision about a delivery changes. */
export interface Change {
  readonly delivery: Delivery
  readonly entry?: RegisterEntry
  /** Why the row changed, kept with the version. */
  readonly reason?: string
  /** The command that made the change, kept with the version. */
  readonly act?: DeliveryCommand
  readonly notice?: NoticeToGive
}

export interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

/** Decides one command: who and when first, then the input's own rules, then the change. */
export function decideChange(
  command: DeliveryCommand,
  around: Around,
  deciding: Deciding,
  inputRules: readonly (Refusal | null)[],
  change: (by: PersonId) => Decision<Change>,
): Decision<Change> {
  const { actor } = deciding
  const standing: readonly Refusal[] = refusalsOf(command, actor, around)
  const broken = standing.length > 0 ? standing : inputRules.filter((outcome) => outcome !== null)
  return decideUnless(broken, () => {
    if (actor.kind !== "person") throw new Error("refusalsOf lets nobody but persons through")
    const decision = change(actor.person)
    return decision.ok ? { ...decision, next: { ...decision.next, act: command } } : decision
  })
}

/** The delivery one version on. */
export function advanced<D extends Delivery>(delivery: D): D {
  return { ...delivery, version: delivery.version + 1 }
}

export function deliveryFact(
  kind: string,
  duties: readonly DutyId[],
  delivery: Delivery,
  payload: Fact["payload"] = {},
  refs: Readonly<Record<string, string>> = {},
): Fact {
  return {
    kind,
    duties,
    about: { type: "delivery", id: delivery.id },
    refs: { project: delivery.project, ...refs },
    retention: "delivery",
    payload: { number: delivery.number, state: delivery.state, ...payload },
  }
}

export function dated(happenedAt: Instant, now: Instant, by: PersonId): Dated {
  return { happenedAt, recordedAt: now, recordedBy: by }
}

/** Allows for clocks of people who type the minute that has just begun. */
const TOLERANCE_MS = 60_000

export const isNotInFuture = rule("internal", (field: string, happenedAt: Instant, now: Instant) =>
  Date.parse(happenedAt) - Date.parse(now) > TOLERANCE_MS ? refuse("EVENT_IN_FUTURE", { field }) : null,
)

export const isNotBefore = rule(
  "internal",
  (field: string, happenedAt: Instant, before: string, earlier: Instant) =>
    happenedAt < earlier ? refuse("EVENT_OUT_OF_ORDER", { field, before }) : null,
)
