import { DUTY_OF_AUTHORITY } from "../../../regulation/authorities.ts"
import { holds, type Actor } from "../../../kernel/actor.ts"
import { accepted, decideUnless, gather, type Decision, type Fact } from "../../../kernel/decision.ts"
import type { FileId, PersonId, UnitId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import {
  outsideStateOf,
  type Cancellation,
  type Happened,
  type OutsideAccount,
  type OutsideState,
} from "../model.ts"

export interface Deciding {
  readonly actor: Actor
  readonly now: Instant
}

const CHANGED_ON = "密碼變更日期"
const REQUESTED_ON = "申請註銷日期"
const CONFIRMED_ON = "確認註銷日期"

/** What is done to an account that is recorded; the screens offer what `allowedOn` gives. */
export const OUTSIDE_ACTS = ["change", "see", "request", "confirm"] as const
export type OutsideAct = (typeof OUTSIDE_ACTS)[number]

const STATES: Readonly<Record<OutsideAct, readonly OutsideState[]>> = {
  change: ["in-use"],
  see: ["in-use", "to-cancel", "requested"],
  request: ["in-use", "to-cancel"],
  confirm: ["requested"],
}

function headsUnit(actor: Actor, unit: UnitId): boolean {
  return holds(actor, "supervisor", unit) || holds(actor, "center-head", unit)
}

/** The head of the unit answers for its accounts; 資訊室 and administrators keep the list. */
export function keepsAccountsOf(actor: Actor, unit: UnitId): boolean {
  return headsUnit(actor, unit) || holds(actor, "it-handler") || holds(actor, "administrator")
}

function isPerson(actor: Actor, person: PersonId): boolean {
  return actor.kind === "person" && actor.person === person
}

/** A change is the holder's own word (5-3a); that the provider has cancelled is somebody else's. */
export const mayActOn = rule(
  "internal",
  (act: OutsideAct, { holder, unit }: OutsideAccount, actor: Actor) => {
    const isHolder = isPerson(actor, holder)
    const may = {
      change: isHolder,
      see: !isHolder && headsUnit(actor, unit),
      request: isHolder || keepsAccountsOf(actor, unit),
      confirm: !isHolder && keepsAccountsOf(actor, unit),
    }
    return may[act] ? null : refuse("NOT_PERMITTED")
  },
)

export const isTimeFor = rule("internal", (act: OutsideAct, account: OutsideAccount) => {
  const isPassword = account.keptBy === "password"
  const fits = {
    change: isPassword,
    see: account.changes.some(({ seen }) => seen === null),
    request: true,
    confirm: true,
  }[act]
  return fits && STATES[act].includes(outsideStateOf(account)) ? null : refuse("NOT_IN_THIS_STATE")
})

export function allowedOn(account: OutsideAccount, actor: Actor): OutsideAct[] {
  return OUTSIDE_ACTS.filter(
    (act) => mayActOn(act, account, actor) === null && isTimeFor(act, account) === null,
  )
}

export const mayRecord = rule("internal", (actor: Actor, { holder, unit }: NewOutsideAccount) =>
  isPerson(actor, holder) || keepsAccountsOf(actor, unit) ? null : refuse("NOT_PERMITTED"),
)

export const holderIsOfUnit = rule("internal", (isOfUnit: boolean) =>
  isOfUnit ? null : refuse("OUTSIDE_HOLDER_NOT_OF_UNIT"),
)

export const accountIsOnePersons = rule("5-3c", (isTaken: boolean) =>
  isTaken ? refuse("OUTSIDE_ACCOUNT_TAKEN") : null,
)

export const passwordIsDatedOrReplaced = rule("5-3a", (account: NewOutsideAccount) => {
  if (account.keptBy === "password")
    return account.changedOn === null ? refuse("OUTSIDE_PASSWORD_UNDATED") : null
  return account.standsFor === null ? refuse("OUTSIDE_EVIDENCE_MISSING") : null
})

const hasHappened = rule("internal", (on: CivilDate, now: Instant, field: string) =>
  on > taipeiDate(now) ? refuse("EVENT_IN_FUTURE", { field }) : null,
)

const isInOrder = rule("internal", (on: CivilDate, before: CivilDate | undefined) =>
  before !== undefined && on < before ? refuse("OUTSIDE_DATES_DISORDERED", { date: before }) : null,
)

export type NewOutsideAccount = Omit<
  OutsideAccount,
  "changes" | "cancellation" | "recorded" | "version" | "standsFor"
> & {
  /** The day the password was last changed; `null` where there is none. */
  readonly changedOn: CivilDate | null
  readonly standsFor: string | null
}

export interface AroundNew {
  readonly isTaken: boolean
  readonly isOfUnit: boolean
}

export function decideRecord(
  around: AroundNew,
  account: NewOutsideAccount,
  { actor, now }: Deciding,
): Decision<OutsideAccount> {
  const { changedOn, standsFor, ...same } = account
  const isPassword = account.keptBy === "password"
  const broken = gather(
    mayRecord(actor, account),
    holderIsOfUnit(around.isOfUnit),
    accountIsOnePersons(around.isTaken),
    passwordIsDatedOrReplaced(account),
    changedOn === null ? null : hasHappened(changedOn, now, CHANGED_ON),
  )
  return decideUnless(broken, () => {
    const by = personIn(actor)
    const next: OutsideAccount = {
      ...same,
      standsFor: isPassword ? null : standsFor,
      changes:
        isPassword && changedOn !== null ? [{ on: changedOn, by, at: now, scan: null, seen: null }] : [],
      cancellation: null,
      recorded: { by, at: now },
      version: 1,
    }
    const { system, keptBy, class: of } = next
    const payload = { system, keptBy, class: of, standsFor: next.standsFor, changedOn }
    return accepted(next, outsideFact("outside-account-recorded", next, ["5-3a", dutyOf(next)], payload))
  })
}

/** The evidence of a change as it was kept, and whether it proves another. */
export interface KeptEvidence {
  readonly file: FileId
  readonly sha256: string
  readonly keptBy: PersonId
  readonly isUsed: boolean
}

export const evidenceIsTheirs = rule("internal", (kept: KeptEvidence | "none" | null, actor: Actor) => {
  if (kept === "none") return null
  if (kept === null || !isPerson(actor, kept.keptBy)) return refuse("SIGNED_PAPER_UNKNOWN")
  return kept.isUsed ? refuse("SIGNED_PAPER_USED") : null
})

/** 5-3a: the holder says on which day they changed the password, with a scan of the evidence if there is one. */
export function decideChange(
  { account, kept }: { readonly account: OutsideAccount; readonly kept: KeptEvidence | "none" | null },
  { on }: { readonly on: CivilDate },
  deciding: Deciding,
): Decision<OutsideAccount> {
  const broken = gather(
    ...mayNow("change", account, deciding.actor),
    evidenceIsTheirs(kept, deciding.actor),
    hasHappened(on, deciding.now, CHANGED_ON),
    isInOrder(on, account.changes.at(-1)?.on),
  )
  return decideUnless(broken, () => {
    const scan = kept === "none" || kept === null ? null : { file: kept.file, sha256: kept.sha256 }
    const change = { ...happened(on, deciding), scan, seen: null }
    const next = changed(account, { changes: [...account.changes, change] })
    const payload = { on, evidence: scan?.sha256 ?? null }
    return accepted(next, outsideFact("outside-password-changed", next, ["5-3a"], payload))
  })
}

/** The head of the unit has seen every change recorded so far. */
export function decideSee(account: OutsideAccount, _: object, deciding: Deciding): Decision<OutsideAccount> {
  return decideUnless(gather(...mayNow("see", account, deciding.actor)), () => {
    const seen = { by: personIn(deciding.actor), at: deciding.now }
    const changes = account.changes.map((change) => (change.seen === null ? { ...change, seen } : change))
    const next = changed(account, { changes })
    const { on } = changes.at(-1) ?? { on: null }
    return accepted(next, outsideFact("outside-change-seen", next, ["5-3a"], { on }))
  })
}

export interface CancellationRequest {
  readonly on: CivilDate
  readonly documentNumber: string
  readonly reason: string
}

/** The provider was asked to cancel the account; for a reason given now unless one stands already. */
export function decideRequest(
  account: OutsideAccount,
  { on, documentNumber, reason }: CancellationRequest,
  deciding: Deciding,
): Decision<OutsideAccount> {
  const broken = gather(
    ...mayNow("request", account, deciding.actor),
    hasHappened(on, deciding.now, REQUESTED_ON),
  )
  return decideUnless(broken, () => {
    const begun = account.cancellation ?? cancellationFor(reason, deciding.now)
    const requested = { ...happened(on, deciding), documentNumber }
    const next = changed(account, { cancellation: { ...begun, requested } })
    const payload = { on, documentNumber, reason: begun.reason }
    return accepted(next, outsideFact("outside-cancellation-requested", next, [dutyOf(next)], payload))
  })
}

/** The provider has cancelled it; the account's name is free again. */
export function decideConfirm(
  account: OutsideAccount,
  { on }: { readonly on: CivilDate },
  deciding: Deciding,
): Decision<OutsideAccount> {
  const { cancellation } = account
  const broken = gather(
    ...mayNow("confirm", account, deciding.actor),
    hasHappened(on, deciding.now, CONFIRMED_ON),
    isInOrder(on, cancellation?.requested?.on),
  )
  return decideUnless(broken, () => {
    if (cancellation === null) throw new Error("checked by the rule: a cancellation was requested")
    const next = changed(account, { cancellation: { ...cancellation, confirmed: happened(on, deciding) } })
    return accepted(next, outsideFact("outside-account-cancelled", next, [dutyOf(next)], { on }))
  })
}

/** 5-4: whoever leaves keeps no account outside; `null` when its cancellation has begun already. */
export function beginCancellation(
  account: OutsideAccount,
  reason: string,
  now: Instant,
): { readonly next: OutsideAccount; readonly fact: Fact } | null {
  if (account.cancellation !== null) return null
  const next = changed(account, { cancellation: cancellationFor(reason, now) })
  return { next, fact: outsideFact("outside-cancellation-due", next, [dutyOf(next)], { reason }) }
}

function cancellationFor(reason: string, since: Instant): Cancellation {
  return { reason, since, requested: null, confirmed: null }
}

function mayNow(act: OutsideAct, account: OutsideAccount, actor: Actor) {
  return [mayActOn(act, account, actor), isTimeFor(act, account)]
}

function changed(account: OutsideAccount, part: Partial<OutsideAccount>): OutsideAccount {
  return { ...account, ...part, version: account.version + 1 }
}

function happened(on: CivilDate, { actor, now }: Deciding): Happened {
  return { on, by: personIn(actor), at: now }
}

function personIn(actor: Actor): PersonId {
  if (actor.kind !== "person") throw new Error("checked by the rule: a person")
  return actor.person
}

/** Under which item of 5-4 the account is. */
export function dutyOf({ class: of }: Pick<OutsideAccount, "class">): "5-4a" | "5-4b" {
  return DUTY_OF_AUTHORITY[of]
}

function outsideFact(
  kind: string,
  { id, holder, provider }: OutsideAccount,
  duties: readonly string[],
  payload: Fact["payload"],
): Fact {
  const refs = { person: holder, provider }
  return { kind, duties, about: { type: "outside-account", id }, refs, retention: "account", payload }
}
