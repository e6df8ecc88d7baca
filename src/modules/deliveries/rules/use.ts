import { accepted, type Decision } from "../../../kernel/decision.ts"
import { digestOf } from "../../../kernel/digest.ts"
import type { Json } from "../../../kernel/decision.ts"
import type { PersonId } from "../../../kernel/ids.ts"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { AppliedFor, Comparison, Delivery, Handing } from "../model.ts"
import type { RegisterEntry, Stamp } from "../register.ts"
import {
  advanced,
  dated,
  decideChange,
  deliveryFact,
  isNotBefore,
  isNotInFuture,
  type Change,
  type Deciding,
} from "./change.ts"
import { isHandlerOrDeputy, lawfulResponsible, type Around } from "./office.ts"
import { stampedDigest, standing } from "./register.ts"

export const releasedToHandlerOnly = rule("5-5c", (around: Around, to: PersonId) =>
  isHandlerOrDeputy(to, around) ? null : refuse("RELEASE_TO_HANDLER_ONLY"),
)

/** Both stamps sign columns 1–7 and the file as they are now, computed anew. */
export const stampsAreOfThisContent = rule("6-2d", ({ delivery, entry }: Around) => {
  if (entry === null || !("fetched" in delivery)) return null
  const digest = stampedDigest(entry.number, entry.columns, delivery.fetched)
  const { it, responsible } = entry.stamps
  return [it, responsible].some((stamp) => stamp !== undefined && stamp.digest !== digest)
    ? refuse("STAMPED_CONTENT_CHANGED")
    : null
})

/** 6-2d: only with both stamps, only to the handler or the recorded 職務代理人. */
export function decideRelease(
  around: Around,
  input: { readonly to: PersonId },
  deciding: Deciding,
): Decision<Change> {
  const rules = [releasedToHandlerOnly(around, input.to), stampsAreOfThisContent(around)]
  return decideChange("release", around, deciding, rules, (by) => {
    const { delivery: before } = around
    if (before.state !== "registered") throw new Error("checked by the permissions: registered")
    const handing: Handing = { releasedAt: deciding.now, releasedBy: by, releasedTo: input.to }
    const delivery: Delivery = advanced({ ...before, state: "released", handing })
    const { digest, number } = standing(around)
    return accepted(
      { delivery },
      deliveryFact(
        "delivery-released",
        ["6-2d"],
        delivery,
        { entryNumber: number, digest, fileSha256: before.fetched.file.sha256 },
        { to: input.to, file: before.fetched.file.id },
      ),
    )
  })
}

/** Opening the file is itself recorded, before a byte leaves. */
export function decideOpenFile(around: Around, _input: object, deciding: Deciding): Decision<Change> {
  return decideChange("open-file", around, deciding, [], () => {
    const { delivery: before } = around
    if (!("handing" in before)) throw new Error("checked by the preconditions: released")
    const delivery = advanced({ ...before, handing: { openedAt: deciding.now, ...before.handing } })
    const { id, sha256 } = before.fetched.file
    return accepted({ delivery }, deliveryFact("file-opened", ["6-2d"], delivery, { sha256 }, { file: id }))
  })
}

/** An opened file of which not every byte was handed out. What was handed out MAY have reached the receiver. */
export interface CutOff {
  readonly cause: "right-ended" | "connection-closed"
  readonly handedOut: number
}

/** Nobody is asked: it has happened. */
export function decideCutOff({ delivery }: Around, { cause, handedOut }: CutOff): Decision<Change> {
  if (!("fetched" in delivery)) throw new Error("an opened delivery has a file")
  const { id, bytes } = delivery.fetched.file
  return accepted(
    { delivery },
    deliveryFact("file-cut-off", ["6-2d"], delivery, { cause, handedOut, bytes }, { file: id }),
  )
}

export interface Compare {
  readonly accessedRecords: number
  readonly explanation: string | null
  readonly happenedAt: Instant
}

/** 6-3: the accessed count against the applied-for count (A-29); a whole-population file is held against the notice. */
export function countsMatch(
  appliedFor: AppliedFor,
  declaredRecords: number,
  accessedRecords: number,
): boolean {
  return accessedRecords === expectedRecords(appliedFor, declaredRecords)
}

function expectedRecords(appliedFor: AppliedFor, declaredRecords: number): number {
  return appliedFor.kind === "count" ? appliedFor.records : declaredRecords
}

export const differenceIsExplained = rule(
  "6-3b",
  ({ delivery }: Around, { accessedRecords, explanation }: Compare) => {
    const { appliedFor, declaredRecords } = delivery.announcement
    if (countsMatch(appliedFor, declaredRecords, accessedRecords) || (explanation ?? "").trim() !== "")
      return null
    return appliedFor.kind === "count"
      ? refuse("COUNT_MISMATCH_UNEXPLAINED", { accessed: accessedRecords, applied: appliedFor.records })
      : refuse("COUNT_OTHER_THAN_NOTICE", { accessed: accessedRecords, declared: declaredRecords })
  },
)

/** 6-3a and 6-3b: the result goes into column 8 of the register. */
export function decideCompare(around: Around, input: Compare, deciding: Deciding): Decision<Change> {
  const releasedAt =
    "handing" in around.delivery ? around.delivery.handing.releasedAt : around.delivery.createdAt
  const rules = [
    differenceIsExplained(around, input),
    isNotInFuture("比對時間", input.happenedAt, deciding.now),
    isNotBefore("比對時間", input.happenedAt, "提供時間", `${releasedAt.slice(0, 16)}:00.000Z` as Instant),
  ]
  return decideChange("compare", around, deciding, rules, (by) => {
    const { delivery: before } = around
    if (!("handing" in before)) throw new Error("checked by the preconditions: released")
    const { appliedFor, declaredRecords } = before.announcement
    const matches = countsMatch(appliedFor, declaredRecords, input.accessedRecords)
    const comparison: Comparison = {
      ...dated(input.happenedAt, deciding.now, by),
      accessedRecords: input.accessedRecords,
      matches,
      explanation: input.explanation,
    }
    const delivery = advanced({ ...before, state: "compared", comparison })
    const entry = standing(around)
    const text = comparisonText(comparison, appliedFor, declaredRecords)
    const next: RegisterEntry = { ...entry, comparison: text, version: entry.version + 1 }
    return accepted(
      { delivery, entry: next },
      deliveryFact(
        "counts-compared",
        ["6-3a", "6-3b"],
        delivery,
        {
          accessedRecords: input.accessedRecords,
          matches,
          explanation: input.explanation,
          happenedAt: input.happenedAt,
        },
        { entry: entry.id },
      ),
    )
  })
}

/** Column 8 in words, as the register prints it. */
function comparisonText(
  { accessedRecords, matches, explanation }: Comparison,
  appliedFor: AppliedFor,
  declaredRecords: number,
): string {
  const basis =
    appliedFor.kind === "count"
      ? `申請 ${appliedFor.records} 筆`
      : `全體母體檔（未申請特定筆數），通知 ${declaredRecords} 筆`
  return `${basis}，取得 ${accessedRecords} 筆，${matches ? "相符" : `不符：${explanation ?? ""}`}`
}

/** Who closes the row is nobody who handled it: the same people as for the stamp before release. */
export const closerIsLawful = rule("internal", (around: Around, { actor }: Deciding) =>
  actor.kind === "person" && lawfulCloser(around, actor.person) !== undefined
    ? null
    : refuse("STAMP_BY_RESPONSIBLE_OFFICER"),
)

function lawfulCloser(around: Around, person: PersonId) {
  return lawfulResponsible(around).find((stamper) => stamper.person === person)
}

export interface ConfirmComparison {
  readonly stamp: string
}

/** The supervisor's closing 核章 (column 9): counts are right, or the difference is 無誤; then the data may be used. */
export function decideConfirmComparison(
  around: Around,
  { stamp: id }: ConfirmComparison,
  deciding: Deciding,
): Decision<Change> {
  return decideChange("confirm-comparison", around, deciding, [closerIsLawful(around, deciding)], () => {
    const { delivery: before } = around
    const { actor, now } = deciding
    const closer = actor.kind === "person" ? lawfulCloser(around, actor.person) : undefined
    if (before.state !== "compared" || actor.kind !== "person" || closer === undefined)
      throw new Error("checked by the permissions: compared")
    const entry = standing(around)
    const digest = digestOf({
      digest: entry.digest,
      columns: entry.columns,
      comparison: entry.comparison,
    } as unknown as Json)
    const closing: Stamp = {
      ...closer,
      id,
      place: "closing",
      account: actor.account,
      digest,
      notedOn: taipeiDate(now),
      stampedAt: now,
    }
    const delivery: Delivery = advanced({ ...before, state: "in-use", confirmedAt: now })
    const next: RegisterEntry = { ...entry, stamps: { ...entry.stamps, closing }, version: entry.version + 1 }
    return accepted(
      { delivery, entry: next },
      deliveryFact(
        "comparison-confirmed",
        ["6-3a", "5-5c"],
        delivery,
        { entryNumber: entry.number, matches: before.comparison.matches, digest },
        { entry: entry.id },
      ),
    )
  })
}

export const onlyADifferenceIsDisputed = rule("6-3a", ({ delivery }: Around) =>
  "comparison" in delivery && !delivery.comparison.matches ? null : refuse("NOT_IN_THIS_STATE"),
)

/** The counts differ and the provider is asked; until it is settled nothing is handed on. */
export function decideDispute(
  around: Around,
  input: { readonly letter: string; readonly reason: string; readonly happenedAt: Instant },
  deciding: Deciding,
): Decision<Change> {
  const { letter, reason, happenedAt } = input
  const rules = [onlyADifferenceIsDisputed(around), isNotInFuture("發文日期", happenedAt, deciding.now)]
  return decideChange("dispute", around, deciding, rules, (by) => {
    const { delivery: before } = around
    if (before.state !== "compared") throw new Error("checked by the permissions: compared")
    const dispute = { ...dated(happenedAt, deciding.now, by), letter, reason }
    const delivery: Delivery = advanced({ ...before, state: "disputed", dispute })
    return accepted(
      { delivery },
      deliveryFact("counts-disputed", ["6-3a"], delivery, { letter, reason, happenedAt }),
    )
  })
}
