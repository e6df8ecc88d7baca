import type { PersonId } from "../../../../kernel/ids.ts"
import { decideCutOff, decideOpenFile, decideRelease, type CutOff } from "../../rules/use.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 6-2d: 兩職章齊備，資訊室始得提供. */
export const releaseDelivery = deliveryCommand<AboutDelivery & { readonly to: PersonId }, object>(
  "release",
  decideRelease,
  nothingMore,
)

/** Run through the disclosure door: the file leaves only after this is durable. */
export const openFile = deliveryCommand<AboutDelivery, object>("open-file", decideOpenFile, nothingMore)

/** Recorded after `file-opened` when the file did not leave whole. */
export const cutFileOff = deliveryCommand<AboutDelivery & CutOff, object>(
  "cut-file-off",
  decideCutOff,
  nothingMore,
)
