import { accepted, type Decision, type Json } from "../../../kernel/decision.ts"
import { digestOf } from "../../../kernel/digest.ts"
import type { FileId } from "../../../kernel/ids.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { FileFormat } from "../counting/format.ts"
import type { Delivery, Fetched, MachineCount } from "../model.ts"
import { advanced, decideChange, deliveryFact, type Change, type Deciding } from "./change.ts"
import type { Around } from "./office.ts"
import { unstamped } from "./register.ts"

/** What an upload was begun with. */
export interface Announced {
  readonly bytesTotal: number | null
  readonly fingerprint: string | null
}

export const isTheSameFile = rule(
  "internal",
  (kept: Announced & { readonly bytesDone: number }, chosen: Announced) =>
    kept.bytesTotal === chosen.bytesTotal && kept.fingerprint === chosen.fingerprint
      ? null
      : refuse("UPLOAD_OTHER_FILE", { announced: kept.bytesTotal ?? 0, received: kept.bytesDone }),
)

/** `end`: where a part would end; NaN when it does not say how long it is. */
export const endsWithin = rule("internal", (announced: number | null, end: number) =>
  announced === null || end <= announced ? null : refuse("UPLOAD_BEYOND_ANNOUNCED", { announced }),
)

export const isWhole = rule("internal", (announced: number | null, received: number) =>
  announced === null || received === announced ? null : refuse("UPLOAD_INCOMPLETE", { announced, received }),
)

/** A transfer that was begun anew, or whose file was set aside, gives no file any more, however late it ends. */
export const isOfThisTransfer = rule("internal", (upload: FileId | null, file: FileId) =>
  upload === file ? null : refuse("TRANSFER_SUPERSEDED"),
)

/** The upload of the delivery's transfer now. */
export interface Arriving {
  readonly upload: FileId | null
}

/** 6-1b: 資訊室 has the file. */
export function decideFetched(
  around: Around & Arriving,
  fetched: Omit<Fetched, "fetchedAt" | "fetchedBy">,
  deciding: Deciding,
): Decision<Change> {
  const rules = [isOfThisTransfer(around.upload, fetched.file.id)]
  return decideChange("fetch", around, deciding, rules, (by) => {
    const complete: Fetched = { ...fetched, fetchedAt: deciding.now, fetchedBy: by }
    const delivery: Delivery = advanced({
      ...around.delivery,
      state: "downloaded",
      fetched: complete,
    })
    const { sha256, bytes } = fetched.file
    return accepted(
      { delivery },
      deliveryFact(
        "file-downloaded",
        ["6-1b"],
        delivery,
        { sha256, bytes, via: fetched.via, count: countPayload(fetched.count) },
        { file: fetched.file.id },
      ),
    )
  })
}

export const settingAsideHasReason = rule("internal", (reason: string) =>
  reason.trim() === "" ? refuse("SET_ASIDE_NEEDS_REASON") : null,
)

/** 檔案不予採用，另行取檔: the file stays as it is, and 資訊室 may fetch another in its place (6-1b). */
export function decideSetAsideFile(
  around: Around,
  { reason }: { readonly reason: string },
  deciding: Deciding,
): Decision<Change> {
  return decideChange("set-aside-file", around, deciding, [settingAsideHasReason(reason)], (by) => {
    const { delivery: before } = around
    if (before.state !== "downloaded") throw new Error("checked by the permissions: downloaded")
    const { fetched, setAside = [], ...rest } = before
    const delivery: Delivery = advanced({
      ...rest,
      state: "download-requested",
      requestedAt: deciding.now,
      setAside: [...setAside, { fetched, reason, setAsideAt: deciding.now, setAsideBy: by }],
    })
    const { id, sha256, bytes } = fetched.file
    const payload = { sha256, bytes, count: countPayload(fetched.count), reason }
    return accepted({ delivery }, deliveryFact("file-set-aside", ["6-1b"], delivery, payload, { file: id }))
  })
}

/** A mistyped password says nothing about the file: what was counted before stays. */
export const passwordOpens = rule("internal", (count: MachineCount) =>
  !count.counted && count.problem.code === "ARCHIVE_PASSWORD_WRONG" ? refuse("ARCHIVE_PASSWORD_WRONG") : null,
)

export interface CountedAgain {
  readonly count: MachineCount
  readonly format: FileFormat
}

/** The machine counted again, with the archive's password or another format; stamps on another count fall. */
export function decideCountAgain(
  around: Around,
  { count, format }: CountedAgain,
  deciding: Deciding,
): Decision<Change> {
  return decideChange("count-again", around, deciding, [passwordOpens(count)], () => {
    const { delivery: before, entry } = around
    if (!("fetched" in before)) throw new Error("checked by the preconditions: downloaded")
    const fetched = { ...before.fetched, count, format }
    const delivery = advanced({ ...before, fetched })
    const fact = deliveryFact("file-counted", ["6-3a"], delivery, { count: countPayload(count), format })
    const isTheSame = digestOf(count as unknown as Json) === digestOf(before.fetched.count as unknown as Json)
    return accepted(
      entry === null || isTheSame
        ? { delivery }
        : { delivery, entry: unstamped(entry, entry.columns, fetched) },
      fact,
    )
  })
}

/** Positions stay with the file; the ledger keeps how many there are. */
function countPayload(count: MachineCount) {
  if (!count.counted) return { counted: false, problem: count.problem.code }
  return { counted: true, records: count.records, undecodable: count.undecodable }
}
