import { holds, type Actor } from "../../../kernel/actor.ts"
import { gather, type Refusal } from "../../../kernel/decision.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import type { DeliveryState } from "../model.ts"
import { desksOf, type Around, type Desk } from "./office.ts"
import { DELIVERY_COMMANDS, type DeliveryCommand } from "./command-names.ts"
import { PRECONDITIONS } from "./preconditions.ts"

export { DELIVERY_COMMANDS, type DeliveryCommand }

type Permissions = Readonly<Record<DeliveryState, { readonly [D in Desk]?: readonly DeliveryCommand[] }>>

/** 更正: who proposes it may take it back; whose stamps stand confirm it or send it back. */
const CORRECTING = {
  handler: ["propose-correction", "withdraw-correction"],
  stamper: ["confirm-correction", "reject-correction"],
} as const satisfies Permissions[DeliveryState]

/** Who may do what, in which state. `docs/generated/permissions.md` is printed from it. */
export const MAY: Permissions = {
  announced: { handler: ["request-download", "lapse"] },
  "download-requested": { handler: ["lapse"], "it-handler": ["fetch"] },
  downloaded: { handler: ["fill-register"], "it-handler": ["notify-ready", "count-again", "set-aside-file"] },
  registered: {
    handler: ["revise-register", "void-entry"],
    "it-handler": ["notify-ready", "count-again", "stamp-it", "release"],
    supervisor: ["stamp-responsible"],
  },
  released: { handler: ["open-file", "compare", ...CORRECTING.handler], stamper: CORRECTING.stamper },
  compared: {
    handler: ["open-file", "compare", "dispute", ...CORRECTING.handler],
    supervisor: ["confirm-comparison", "dispute"],
    stamper: CORRECTING.stamper,
  },
  disputed: { handler: ["open-file", "compare", ...CORRECTING.handler], stamper: CORRECTING.stamper },
  "in-use": { handler: ["open-file", ...CORRECTING.handler], stamper: CORRECTING.stamper },
  lapsed: {},
  closed: {},
}

/** Whose business it is, where the regulation itself says so; everything else is a matter of our own control. */
const WHOSE: { readonly [C in DeliveryCommand]?: RefusalCode } = {
  "request-download": "NOT_HANDLER_OF_DELIVERY",
  fetch: "NOT_IT_OFFICE",
  "set-aside-file": "NOT_IT_OFFICE",
  "stamp-it": "IT_STAMP_BY_IT_HANDLER",
  "stamp-responsible": "STAMP_BY_RESPONSIBLE_OFFICER",
  "open-file": "RELEASE_TO_HANDLER_ONLY",
}

export function mayEver(command: DeliveryCommand, actor: Actor, around: Around): boolean {
  const desks = desksOf(actor, around)
  return Object.values(MAY).some((byDesk) => desks.some((desk) => byDesk[desk]?.includes(command)))
}

/** The reasons why this person cannot do this now, whatever the input; none when they can. */
export function refusalsOf(
  command: DeliveryCommand,
  actor: Actor,
  around: Around,
): readonly Refusal<RefusalCode>[] {
  // A stranger must not learn the state from the reason.
  if (!mayEver(command, actor, around)) return [refuseStranger(command, actor)]
  const broken = gather(...PRECONDITIONS[command].map((check) => check(around, actor)))
  if (broken.length > 0) return broken
  const mayNow = desksOf(actor, around).some((desk) => MAY[around.delivery.state][desk]?.includes(command))
  return mayNow ? [] : [refuse("NOT_IN_THIS_STATE")]
}

/** Somebody of 資訊室 who is kept from its desk, because they are on the handler's side of this file, is told so. */
function refuseStranger(command: DeliveryCommand, actor: Actor): Refusal<RefusalCode> {
  const isOfItDesk = Object.values(MAY).some((byDesk) => byDesk["it-handler"]?.includes(command))
  return isOfItDesk && holds(actor, "it-handler")
    ? refuse("THREE_PERSONS", { next: "資訊室其他承辦人" })
    : refuse(WHOSE[command] ?? "NOT_PERMITTED")
}
