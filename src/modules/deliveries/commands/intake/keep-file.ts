import type { Command } from "../../../../runtime/index.ts"
import type { Fetched } from "../../model.ts"
import { decideCountAgain, decideFetched, type Arriving, type CountedAgain } from "../../rules/arrival.ts"
import type { Change } from "../../rules/change.ts"
import type { Around } from "../../rules/office.ts"
import { endTransfer, readTransfer } from "../../transfers/store.ts"
import { deliveryCommand, nothingMore, saveChange, type AboutDelivery } from "../delivery-command.ts"

type Input = AboutDelivery & { readonly fetched: Omit<Fetched, "fetchedAt" | "fetchedBy"> }

/** 6-1b: the file is complete and durable in the store; this makes it the delivery's and ends its transfer. */
export const keepFile: Command<Input, Around & Arriving, Change> = {
  ...deliveryCommand<Input, Arriving>(
    "fetch",
    (around, { fetched }, deciding) => decideFetched(around, fetched, deciding),
    async (tx, _around, { delivery }) => ({ upload: (await readTransfer(tx, delivery))?.upload ?? null }),
  ),
  save: async (tx, change, context) => {
    await saveChange(tx, change, context)
    const { delivery } = change
    if (!("fetched" in delivery)) throw new Error("a kept file is the delivery's")
    const which = { delivery: delivery.id, upload: delivery.fetched.file.id }
    await endTransfer(tx, which, { state: "finished", failure: null }, context.now)
  },
}

export const countAgain = deliveryCommand<AboutDelivery & CountedAgain, object>(
  "count-again",
  decideCountAgain,
  nothingMore,
)
