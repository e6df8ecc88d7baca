import {
  decideConfirmCorrection,
  decideProposeCorrection,
  decideVoidEntry,
  type FilledColumns,
} from "../../rules/register.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 作廢: the row stays, struck through, with its reason. */
export const voidEntry = deliveryCommand<AboutDelivery & { readonly reason: string }, object>(
  "void-entry",
  decideVoidEntry,
  nothingMore,
)

/** 更正 after release. */
export const proposeCorrection = deliveryCommand<
  AboutDelivery & FilledColumns & { readonly reason: string },
  object
>("propose-correction", decideProposeCorrection, nothingMore)

export const confirmCorrection = deliveryCommand<AboutDelivery, object>(
  "confirm-correction",
  decideConfirmCorrection,
  nothingMore,
)
