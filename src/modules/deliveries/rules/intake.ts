import { accepted, gather, decideUnless, type Decision, type Refusal } from "../../../kernel/decision.ts"
import type { DeliveryId, NoticeId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { holds } from "../../../kernel/actor.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Announcement, Delivery, Project } from "../model.ts"
import {
  advanced,
  dated,
  decideChange,
  deliveryFact,
  isNotBefore,
  isNotInFuture,
  type Change,
  type Deciding,
  type NoticeChannel,
} from "./change.ts"
import type { Around } from "./office.ts"

export interface AroundAnnouncement {
  readonly project: Project
  readonly linkage: Around["linkage"]
}

export const modeIsFileOrMedia = rule("4-2c", ({ linkage }: AroundAnnouncement) =>
  linkage.mode === "online" ? refuse("MODE_NOT_ALLOWED", { mode: "線上查詢" }) : null,
)

export const projectHasCustodian = rule("5-5a", ({ project }: AroundAnnouncement) =>
  project.custodian === null ? refuse("CUSTODIAN_MISSING") : null,
)

export const projectLinkageIsActive = rule("4-2c", ({ linkage }: AroundAnnouncement) =>
  linkage.state === "active" ? null : refuse("LINKAGE_NOT_ACTIVE"),
)

export type NoticeFromProvider = Omit<Announcement, "recordedAt" | "recordedBy">

/** 提供機關通知: the delivery begins (5-5b: always within a project). */
export function decideAnnounce(
  around: AroundAnnouncement,
  notice: NoticeFromProvider & { readonly id: DeliveryId; readonly number: string },
  { actor, now }: Deciding,
): Decision<Change> {
  const { project } = around
  const mayRecord = holds(actor, "handler", project.unit) || holds(actor, "center-handler", project.unit)
  if (actor.kind !== "person" || !mayRecord) return decideUnless([refuse("NOT_PERMITTED")], never)
  const broken = gather<Refusal>(
    projectHasCustodian(around),
    modeIsFileOrMedia(around),
    projectLinkageIsActive(around),
    isNotInFuture("提供機關通知時間", notice.happenedAt, now),
  )
  return decideUnless(broken, () => {
    const { id, number, happenedAt, ...rest } = notice
    const delivery: Delivery = {
      state: "announced",
      id,
      number,
      project: project.id,
      unit: project.unit,
      handler: actor.person,
      announcement: { ...rest, ...dated(happenedAt, now, actor.person) },
      version: 1,
      createdAt: now,
    }
    const { declaredRecords, mail } = notice
    return accepted(
      { delivery },
      deliveryFact("provider-notice-recorded", ["5-5b", "5-5c"], delivery, {
        happenedAt,
        declaredRecords,
        mailSha256: mail?.sha256 ?? null,
      }),
    )
  })
}

function never(): never {
  throw new Error("a refused decision does not decide")
}

export const paperNoticeIsComplete = rule("6-1a", (channel: NoticeChannel) => {
  if (channel.kind === "mail") return null
  const missing = Object.entries({
    文號: channel.number,
    收受人: channel.receiver,
    掃描檔: channel.scan ?? "",
  }).find(([, value]) => value === "")
  return missing === undefined ? null : refuse("PAPER_NOTICE_INCOMPLETE", { field: missing[0] })
})

export interface GiveNotice {
  readonly notice: NoticeId
  readonly channel: NoticeChannel
  readonly happenedAt: Instant
}

/** 6-1a: the handler notifies 資訊室. Only the given notice moves the delivery on (`decideNoticeGiven`). */
export function decideRequestDownload(
  around: Around,
  input: GiveNotice,
  deciding: Deciding,
): Decision<Change> {
  const rules = noticeRules(input, "提供機關通知時間", around.delivery.announcement.happenedAt, deciding)
  return decideChange("request-download", around, deciding, rules, (by) => {
    const delivery = advanced(around.delivery)
    const notice = {
      id: input.notice,
      duty: "6-1a",
      from: by,
      to: "it-office",
      channel: input.channel,
      happenedAt: input.happenedAt,
    } as const
    return accepted(
      { delivery, notice },
      deliveryFact(
        "download-notice-prepared",
        ["6-1a"],
        delivery,
        { channel: input.channel.kind },
        { notice: input.notice },
      ),
    )
  })
}

/** 6-1c: 資訊室 notifies the handler that the data can be accessed. */
export function decideNotifyReady(around: Around, input: GiveNotice, deciding: Deciding): Decision<Change> {
  const fetchedAt =
    "fetched" in around.delivery ? around.delivery.fetched.fetchedAt : around.delivery.createdAt
  const rules = noticeRules(input, "下載完成時間", fetchedAt, deciding)
  return decideChange("notify-ready", around, deciding, rules, (by) => {
    const delivery = advanced(around.delivery)
    const notice = {
      id: input.notice,
      duty: "6-1c",
      from: by,
      to: delivery.handler,
      channel: input.channel,
      happenedAt: input.happenedAt,
    } as const
    return accepted(
      { delivery, notice },
      deliveryFact(
        "ready-notice-prepared",
        ["6-1c"],
        delivery,
        { channel: input.channel.kind },
        { notice: input.notice },
      ),
    )
  })
}

function noticeRules(
  { channel, happenedAt }: GiveNotice,
  before: string,
  earlier: Instant,
  { now }: Deciding,
) {
  return [
    paperNoticeIsComplete(channel),
    isNotInFuture("通知時間", happenedAt, now),
    // A paper notice carries a date to the minute at best, so the earlier fact counts from its minute.
    isNotBefore("通知時間", happenedAt, before, `${earlier.slice(0, 16)}:00.000Z` as Instant),
  ]
}

/** A written notice under 6-1a stands: 資訊室 may download. Facts only; nobody commands this. */
export function afterNoticeToIt(delivery: Delivery, now: Instant): Delivery {
  return delivery.state === "announced"
    ? advanced({ ...delivery, state: "download-requested", requestedAt: now })
    : delivery
}

export const lapseHasReason = rule("internal", (reason: string) =>
  reason.trim() === "" ? refuse("LAPSE_NEEDS_REASON") : null,
)

/** The provider withdrew the file, or it can no longer be fetched. */
export function decideLapse(
  around: Around,
  input: { readonly reason: string; readonly happenedAt: Instant },
  deciding: Deciding,
): Decision<Change> {
  const rules = [
    lapseHasReason(input.reason),
    isNotInFuture("撤回時間", input.happenedAt, deciding.now),
    isNotBefore("撤回時間", input.happenedAt, "提供機關通知時間", around.delivery.announcement.happenedAt),
  ]
  return decideChange("lapse", around, deciding, rules, (by) => {
    const lapsed = { ...dated(input.happenedAt, deciding.now, by), reason: input.reason }
    const delivery = advanced({ ...around.delivery, state: "lapsed", lapsed })
    return accepted(
      { delivery },
      deliveryFact("delivery-lapsed", ["6-1b"], delivery, { reason: input.reason }),
    )
  })
}
