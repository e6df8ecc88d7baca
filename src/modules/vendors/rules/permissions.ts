import { refuse, rule } from "../../../regulation/rule.ts"
import { stateOf, waitingExtension, type Agreement, type AgreementState } from "../model.ts"
import type { Instant } from "../../../kernel/time.ts"

/** Where somebody sits in the using unit at this moment; a vendor's own people sit nowhere. */
export const DESKS = ["handler", "head", "administrator"] as const
export type Desk = (typeof DESKS)[number]

/** Who may do what. Handlers record, so that the head remains to confirm. */
const MAY = {
  "record-contract": ["handler", "head"],
  "prolong-contract": ["handler", "head"],
  "record-agreement": ["handler"],
  "confirm-agreement": ["head"],
  "reject-agreement": ["head"],
  "add-person": ["handler"],
  "remove-person": ["handler", "head", "administrator"],
  "record-extension": ["handler"],
  "confirm-extension": ["head"],
  "reject-extension": ["head"],
  "end-agreement": ["handler", "head"],
  "record-check": ["handler", "head"],
  "record-statement": ["handler"],
} as const satisfies Record<string, readonly Desk[]>
export type VendorCommand = keyof typeof MAY

/** In which states each act on an agreement is possible. */
const WHEN = {
  "confirm-agreement": ["waiting"],
  "reject-agreement": ["waiting"],
  "add-person": ["waiting", "to-come", "in-force"],
  "remove-person": ["waiting", "to-come", "in-force"],
  "record-extension": ["to-come", "in-force"],
  "confirm-extension": ["to-come", "in-force"],
  "reject-extension": ["to-come", "in-force", "ended"],
  "end-agreement": ["to-come", "in-force"],
  "record-check": ["in-force"],
  "record-statement": ["ended"],
} as const satisfies Partial<Record<VendorCommand, readonly AgreementState[]>>
export type AgreementCommand = keyof typeof WHEN
export const AGREEMENT_COMMANDS = Object.keys(WHEN) as AgreementCommand[]

export const mayDo = rule("internal", (command: VendorCommand, desks: readonly Desk[]) => {
  const allowed: readonly Desk[] = MAY[command]
  return desks.some((desk) => allowed.includes(desk)) ? null : refuse("NOT_PERMITTED")
})

export const isTimeFor = rule("internal", (command: AgreementCommand, agreement: Agreement, now: Instant) => {
  const states: readonly AgreementState[] = WHEN[command]
  const waits = command.endsWith("-extension")
  const missing = waits && (waitingExtension(agreement) === null) !== (command === "record-extension")
  const done = command === "record-statement" && agreement.statement !== null
  return states.includes(stateOf(agreement, now)) && !missing && !done ? null : refuse("NOT_IN_THIS_STATE")
})

/** What this person can do with the agreement now, for its screen. */
export function allowedFor(agreement: Agreement, desks: readonly Desk[], now: Instant): AgreementCommand[] {
  return AGREEMENT_COMMANDS.filter(
    (command) => mayDo(command, desks) === null && isTimeFor(command, agreement, now) === null,
  )
}
