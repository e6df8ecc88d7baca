import { accepted, gather, decideUnless, type Decision, type Refusal } from "../../../kernel/decision.ts"
import type { DeliveryId, FileId, NoticeId, PersonId } from "../../../kernel/ids.ts"
import { taipeiDate, type CivilDate, type Instant } from "../../../kernel/time.ts"
import { holds } from "../../../kernel/actor.ts"
import { refuse, rule } from "../../../regulation/rule.ts"
import type { Announcement, Delivery, NamedPerson, Project } from "../model.ts"
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
  type NoticeToGive,
} from "./change.ts"
import type { Around } from "./office.ts"
import { mailWasKept, type ProviderMail } from "../custody/mail-rules.ts"

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

export type NoticeFromProvider = Omit<Announcement, "recordedAt" | "recordedBy" | "mail"> & {
  /** The provider's own mail, kept before. */
  readonly mail: FileId | null
}

/** 提供機關通知: the delivery begins (5-5b: always within a project). */
export function decideAnnounce(
  around: AroundAnnouncement & { readonly mail: ProviderMail | null },
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
    mailWasKept(notice.mail, around.mail, actor),
    isNotInFuture("提供機關通知時間", notice.happenedAt, now),
  )
  return decideUnless(broken, () => {
    const { id, number, happenedAt, mail: _, ...rest } = notice
    const mail = around.mail && {
      file: around.mail.id,
      sha256: around.mail.sha256,
      messageId: around.mail.messageId,
    }
    const delivery: Delivery = {
      state: "announced",
      id,
      number,
      project: project.id,
      unit: project.unit,
      handler: actor.person,
      announcement: { ...rest, mail, ...dated(happenedAt, now, actor.person) },
      version: 1,
      createdAt: now,
    }
    const { declaredRecords } = notice
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

/** What there is to show for a paper notice, as it was found. */
export interface PaperEvidence {
  /** Who signed for it; `null` when not a person of the office that is told. */
  readonly receiver: NamedPerson | null
  readonly scan: { readonly keptBy: PersonId; readonly isUsed: boolean } | null
}

export const paperNoticeIsComplete = rule("6-1a", (channel: NoticeChannel) => {
  if (channel.kind === "mail") return null
  const missing = Object.entries({
    文號: channel.number,
    簽收人: channel.receiver ?? "",
    掃描檔: channel.scan ?? "",
  }).find(([, value]) => value.trim() === "")
  return missing === undefined ? null : refuse("PAPER_NOTICE_INCOMPLETE", { field: missing[0] })
})

export const receiverIsOfTheOffice = rule(
  "internal",
  ({ receiver }: PaperEvidence, office: string, { actor }: Deciding) =>
    receiver === null || (actor.kind === "person" && receiver.person === actor.person)
      ? refuse("PAPER_RECEIVER_WRONG", { office })
      : null,
)

/** The scan was kept by whoever records the notice, and proves no other. */
export const scanProvesThisNotice = rule("internal", ({ scan }: PaperEvidence, { actor }: Deciding) => {
  if (scan === null || actor.kind !== "person" || scan.keptBy !== actor.person) return refuse("SCAN_UNKNOWN")
  return scan.isUsed ? refuse("SCAN_USED") : null
})

/** The paper is dated between the fact it tells of and its receipt. */
export const paperIsDatedInOrder = rule(
  "internal",
  (date: CivilDate, signedAt: Instant, { field, at }: Earlier, now: Instant) => {
    if (date > taipeiDate(now)) return refuse("PAPER_NOTICE_IN_FUTURE")
    if (date < taipeiDate(at)) return refuse("EVENT_OUT_OF_ORDER", { field: "通知單日期", before: field })
    return date > taipeiDate(signedAt)
      ? refuse("EVENT_OUT_OF_ORDER", { field: "簽收時間", before: "通知單日期" })
      : null
  },
)

interface Earlier {
  readonly field: string
  readonly at: Instant
}

export interface GiveNotice {
  readonly notice: NoticeId
  readonly channel: NoticeChannel
  /** `null` for a mail, and for a paper without its scan. */
  readonly evidence: PaperEvidence | null
  /** When the receiver signed; a mail is given when a server takes it. */
  readonly happenedAt: Instant
}

/** 6-1a: the handler notifies 資訊室. Only the given notice moves the delivery on (`decideNoticeGiven`). */
export function decideRequestDownload(
  around: Around,
  input: GiveNotice,
  deciding: Deciding,
): Decision<Change> {
  const earlier = { field: "提供機關通知時間", at: around.delivery.announcement.happenedAt }
  const rules = noticeRules(input, { earlier, office: "資訊室" }, deciding)
  return decideChange("request-download", around, deciding, rules, (by) =>
    prepared(around, input, deciding, {
      by,
      duty: "6-1a",
      to: "it-office",
      fact: "download-notice-prepared",
    }),
  )
}

/** 6-1c: 資訊室 notifies the handler that the data can be accessed. */
export function decideNotifyReady(around: Around, input: GiveNotice, deciding: Deciding): Decision<Change> {
  const { delivery } = around
  const at = "fetched" in delivery ? delivery.fetched.fetchedAt : delivery.createdAt
  const rules = noticeRules(input, { earlier: { field: "下載完成時間", at }, office: "申請單位" }, deciding)
  return decideChange("notify-ready", around, deciding, rules, (by) =>
    prepared(around, input, deciding, {
      by,
      duty: "6-1c",
      to: delivery.handler,
      fact: "ready-notice-prepared",
    }),
  )
}

interface Preparing extends Pick<NoticeToGive, "duty" | "to"> {
  readonly by: PersonId
  readonly fact: string
}

function prepared(
  around: Around,
  { notice: id, channel, evidence, happenedAt }: GiveNotice,
  { now }: Deciding,
  { by: from, duty, to, fact }: Preparing,
): Decision<Change> {
  const delivery = advanced(around.delivery)
  const payload = { channel: channel.kind }
  const refs = { notice: id }
  if (channel.kind === "mail")
    return accepted(
      { delivery, notice: { id, duty, from, to, channel, happenedAt: now } },
      deliveryFact(fact, [duty], delivery, payload, refs),
    )
  const receiver = evidence?.receiver
  if (receiver == null) throw new Error("checked by the rules: somebody of the office signed")
  const paper = { ...channel, receiver: `${receiver.unitName}${receiver.title} ${receiver.name}` }
  return accepted(
    { delivery, notice: { id, duty, from, to: receiver.person, channel: paper, happenedAt } },
    deliveryFact(fact, [duty], delivery, payload, refs),
  )
}

function noticeRules(
  { channel, evidence, happenedAt }: GiveNotice,
  { earlier, office }: { readonly earlier: Earlier; readonly office: string },
  deciding: Deciding,
) {
  if (channel.kind === "mail") return []
  const incomplete = paperNoticeIsComplete(channel)
  if (incomplete !== null || evidence === null) return [incomplete]
  return [
    receiverIsOfTheOffice(evidence, office, deciding),
    scanProvesThisNotice(evidence, deciding),
    paperIsDatedInOrder(channel.date, happenedAt, earlier, deciding.now),
    isNotInFuture("簽收時間", happenedAt, deciding.now),
    // A receipt is noted to the minute at best, so the earlier fact counts from its minute.
    isNotBefore("簽收時間", happenedAt, earlier.field, `${earlier.at.slice(0, 16)}:00.000Z` as Instant),
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
