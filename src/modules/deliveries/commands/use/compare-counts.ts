import type { Instant } from "../../../../kernel/time.ts"
import {
  decideCompare,
  decideConfirmComparison,
  decideDispute,
  type Compare,
  type ConfirmComparison,
} from "../../rules/use.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 6-3: 申請資料筆數之比對，紀錄於比對狀況欄. */
export const compareCounts = deliveryCommand<AboutDelivery & Compare, object>(
  "compare",
  decideCompare,
  nothingMore,
)

export const confirmComparison = deliveryCommand<AboutDelivery & ConfirmComparison, object>(
  "confirm-comparison",
  decideConfirmComparison,
  nothingMore,
)

type Dispute = AboutDelivery & {
  readonly letter: string
  readonly reason: string
  readonly happenedAt: Instant
}
export const disputeCounts = deliveryCommand<Dispute, object>("dispute", decideDispute, nothingMore)
