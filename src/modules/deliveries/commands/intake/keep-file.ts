import type { Fetched, MachineCount } from "../../model.ts"
import { decideCountAgain, decideFetched } from "../../rules/intake.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 6-1b: the file is complete and durable in the store; this makes it the delivery's. */
export const keepFile = deliveryCommand<
  AboutDelivery & { readonly fetched: Omit<Fetched, "fetchedAt" | "fetchedBy"> },
  object
>("fetch", (around, { fetched }, deciding) => decideFetched(around, fetched, deciding), nothingMore)

export const countAgain = deliveryCommand<AboutDelivery & { readonly count: MachineCount }, object>(
  "count-again",
  (around, { count }, deciding) => decideCountAgain(around, count, deciding),
  nothingMore,
)
