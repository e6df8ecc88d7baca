import type { Instant } from "../../../../kernel/time.ts"
import type { Tx } from "../../../../platform/db/tx.ts"
import { isScanUsed, readScan } from "../../../notices/index.ts"
import { receiversOf } from "../../office-store.ts"
import type { NoticeChannel, NoticeToGive } from "../../rules/change.ts"
import {
  decideNotifyReady,
  decideRequestDownload,
  type GiveNotice,
  type PaperEvidence,
} from "../../rules/intake.ts"
import type { Around } from "../../rules/office.ts"
import { deliveryCommand, type AboutDelivery } from "../delivery-command.ts"

interface Evidence {
  readonly evidence: PaperEvidence | null
}

/** 6-1a: 申請單位承辦人以書面或電子郵件通知資訊室下載. */
export const requestDownload = deliveryCommand<AboutDelivery & Omit<GiveNotice, "evidence">, Evidence>(
  "request-download",
  ({ evidence, ...around }, input, deciding) =>
    decideRequestDownload(around, { ...input, evidence }, deciding),
  (tx, around, { channel }, { now }) => evidenceOf(tx, around, { duty: "6-1a", channel, now }),
)

/** 6-1c: 資訊室以書面或電子郵件通知承辦人存取. */
export const notifyReady = deliveryCommand<AboutDelivery & Omit<GiveNotice, "evidence">, Evidence>(
  "notify-ready",
  ({ evidence, ...around }, input, deciding) => decideNotifyReady(around, { ...input, evidence }, deciding),
  (tx, around, { channel }, { now }) => evidenceOf(tx, around, { duty: "6-1c", channel, now }),
)

async function evidenceOf(
  tx: Tx,
  { delivery, office }: Around,
  {
    duty,
    channel,
    now,
  }: {
    readonly duty: NoticeToGive["duty"]
    readonly channel: NoticeChannel
    readonly now: Instant
  },
): Promise<Evidence> {
  if (channel.kind === "mail" || channel.scan === null) return { evidence: null }
  const receivers = await receiversOf(tx, duty, delivery, office, now)
  const scan = await readScan(tx, channel.scan)
  return {
    evidence: {
      receiver: receivers.find(({ person }) => person === channel.receiver) ?? null,
      scan: scan && { keptBy: scan.keptBy, isUsed: await isScanUsed(tx, scan.id) },
    },
  }
}
