import { decideNotifyReady, decideRequestDownload, type GiveNotice } from "../../rules/intake.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 6-1a: 申請單位承辦人以書面或電子郵件通知資訊室下載. */
export const requestDownload = deliveryCommand<AboutDelivery & GiveNotice, object>(
  "request-download",
  decideRequestDownload,
  nothingMore,
)

/** 6-1c: 資訊室以書面或電子郵件通知承辦人存取. */
export const notifyReady = deliveryCommand<AboutDelivery & GiveNotice, object>(
  "notify-ready",
  decideNotifyReady,
  nothingMore,
)
