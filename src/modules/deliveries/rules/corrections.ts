import { accepted, type Decision, type Refusal } from "../../../kernel/decision.ts"
import type { Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Delivery, NamedPerson } from "../model.ts"
import type { Columns, Correction, CorrectionMade, RegisterEntry } from "../register.ts"
import {
  advanced,
  decideChange,
  deliveryFact,
  isNotBefore,
  isNotInFuture,
  type Change,
  type Deciding,
} from "./change.ts"
import { confirmingPlace, type Around } from "./office.ts"
import { requiredColumnsAreFilled, standing } from "./register.ts"

/** Columns 1 to 6; column 7 is the stamp itself (`docs/decisions/corrections.md`). */
export type CorrectedColumns = Omit<Columns, "itHandler">

export interface ProposeCorrection extends CorrectedColumns {
  /** Whether `handler` is or was 承辦人 of the delivery's unit. */
  readonly isOfUnit: boolean
  readonly reason: string
}

export const correctionHasReason = rule("5-5c", (reason: string) =>
  reason.trim() === "" ? refuse("CORRECTION_NEEDS_REASON") : null,
)

export const correctionChangesSomething = rule(
  "internal",
  ({ entry }: Around, corrected: CorrectedColumns) =>
    entry !== null && columnsChanged(entry.columns, corrected).length === 0
      ? refuse("CORRECTION_CHANGES_NOTHING")
      : null,
)

/** Column 5 names a 承辦人 of the unit who did not stamp this row: the three natural persons stay three. */
export const column5NamesTheUnit = rule(
  "internal",
  ({ entry }: Around, handler: NamedPerson, isOfUnit: boolean) => {
    if (isOfUnit && entry?.columns.handler.person === handler.person) return null
    const stampers = [
      entry?.columns.itHandler.person,
      entry?.stamps.it?.person,
      entry?.stamps.responsible?.person,
    ]
    return isOfUnit && !stampers.includes(handler.person) ? null : refuse("REGISTER_HANDLER_WRONG")
  },
)

const PLAIN = ["noticedAt", "records", "purpose", "legalDocument", "obtainedBy"] as const

/** The names of the columns, 1 to 6, in which the two differ. */
export function columnsChanged(
  before: CorrectedColumns,
  after: CorrectedColumns,
): (keyof CorrectedColumns)[] {
  const changed = PLAIN.filter((name) => before[name] !== after[name])
  return before.handler.person === after.handler.person ? changed : [...changed, "handler"]
}

/** After release: a 更正 with its reason, which both stampers must confirm before it stands. */
export function decideProposeCorrection(
  around: Around,
  { reason, isOfUnit, ...corrected }: ProposeCorrection,
  deciding: Deciding,
): Decision<Change> {
  const rules: (Refusal | null)[] = [
    requiredColumnsAreFilled(corrected),
    correctionHasReason(reason),
    correctionChangesSomething(around, corrected),
    column5NamesTheUnit(around, corrected.handler, isOfUnit),
    isNotInFuture("提供機關通知時間", corrected.noticedAt, deciding.now),
    isNotBefore("下載完成時間", fetchedAt(around, deciding), "提供機關通知時間", corrected.noticedAt),
  ]
  return decideChange("propose-correction", around, deciding, rules, () => {
    const { entry, me } = standingFor(around)
    const columns: Columns = { ...entry.columns, ...corrected }
    const correction = { columns, reason, proposedBy: me, proposedAt: deciding.now, confirmations: [] }
    const next = { ...entry, correction, version: entry.version + 1 }
    const changed = columnsChanged(entry.columns, corrected)
    return withEntry(around, next, reason, ["correction-proposed", { columns: changed }])
  })
}

function fetchedAt({ delivery }: Around, { now }: Deciding): Instant {
  return "fetched" in delivery ? delivery.fetched.fetchedAt : now
}

/** Each place confirms once; with the second the corrected columns stand. */
export function decideConfirmCorrection(
  around: Around,
  _input: object,
  deciding: Deciding,
): Decision<Change> {
  return decideChange("confirm-correction", around, deciding, [], (by) => {
    const { entry, me } = standingFor(around)
    const at = confirmingPlace(by, around)
    if (entry.correction === null || at === null) throw new Error("checked by the preconditions")
    const confirmation = { ...me, ...at, at: deciding.now }
    const correction: Correction = {
      ...entry.correction,
      confirmations: [...entry.correction.confirmations, confirmation],
    }
    const isComplete = correction.confirmations.length === 2
    const next = isComplete
      ? made(entry, correction, deciding.now)
      : { ...entry, correction, version: entry.version + 1 }
    const kind = isComplete ? "correction-made" : "correction-confirmed"
    return withEntry(around, next, correction.reason, [kind, { ...at }])
  })
}

function made(entry: RegisterEntry, correction: Correction, now: Instant): RegisterEntry {
  const complete: CorrectionMade = { ...correction, before: entry.columns, madeAt: now }
  return {
    ...entry,
    columns: correction.columns,
    correction: null,
    corrections: [...entry.corrections, complete],
    version: entry.version + 1,
  }
}

/** The proposer takes it back. */
export function decideWithdrawCorrection(
  around: Around,
  _input: object,
  deciding: Deciding,
): Decision<Change> {
  return decideChange("withdraw-correction", around, deciding, [], () => {
    const { entry } = standingFor(around)
    const next = { ...entry, correction: null, version: entry.version + 1 }
    return withEntry(around, next, "撤回更正", ["correction-withdrawn", {}])
  })
}

export const rejectionHasReason = rule("internal", (reason: string) =>
  reason.trim() === "" ? refuse("CORRECTION_NEEDS_REASON") : null,
)

/** Whoever would have to confirm it sends it back with a reason; the row stays as it was. */
export function decideRejectCorrection(
  around: Around,
  { reason }: { readonly reason: string },
  deciding: Deciding,
): Decision<Change> {
  return decideChange("reject-correction", around, deciding, [rejectionHasReason(reason)], (by) => {
    const { entry } = standingFor(around)
    const next = { ...entry, correction: null, version: entry.version + 1 }
    return withEntry(around, next, `退回更正：${reason}`, [
      "correction-rejected",
      { ...confirmingPlace(by, around), rejected: reason },
    ])
  })
}

function standingFor(around: Around) {
  if (around.me === null) throw new Error("the acting person is loaded with every delivery")
  return { entry: standing(around), me: around.me }
}

/** The row one version on; column 1 is the provider's notice, which follows it. */
function withEntry(
  around: Around,
  entry: RegisterEntry,
  reason: string,
  [kind, payload]: readonly [string, Readonly<Record<string, string | readonly string[] | null>>],
): Decision<Change> {
  const { announcement } = around.delivery
  const delivery: Delivery = advanced({
    ...around.delivery,
    announcement: { ...announcement, happenedAt: entry.columns.noticedAt },
  })
  const about = { entryNumber: entry.number, reason, ...payload }
  return accepted(
    { delivery, entry, reason },
    deliveryFact(kind, ["5-5c"], delivery, about, { entry: entry.id }),
  )
}
