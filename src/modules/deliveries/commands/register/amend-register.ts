import type { PersonId } from "../../../../kernel/ids.ts"
import { handlersEver, loadNamed } from "../../office-store.ts"
import {
  decideConfirmCorrection,
  decideProposeCorrection,
  decideRejectCorrection,
  decideWithdrawCorrection,
  type CorrectedColumns,
} from "../../rules/corrections.ts"
import { decideVoidEntry } from "../../rules/register.ts"
import type { NamedPerson } from "../../model.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 作廢: the row stays, struck through, with its reason. */
export const voidEntry = deliveryCommand<AboutDelivery & { readonly reason: string }, object>(
  "void-entry",
  decideVoidEntry,
  nothingMore,
)

type Propose = AboutDelivery &
  Omit<CorrectedColumns, "handler"> & { readonly handler: PersonId; readonly reason: string }

/** 更正 after release. */
export const proposeCorrection = deliveryCommand<
  Propose,
  { readonly handler: NamedPerson; readonly isOfUnit: boolean }
>(
  "propose-correction",
  ({ handler, isOfUnit, ...around }, { delivery: _, handler: __, ...corrected }, deciding) =>
    decideProposeCorrection(around, { ...corrected, handler, isOfUnit }, deciding),
  async (tx, { delivery, entry, office }, { handler: chosen }, { now }) => {
    const standing = entry?.columns.handler ?? office.handler
    if (chosen === standing.person) return { handler: standing, isOfUnit: true }
    const named = await loadNamed(tx, chosen, now, delivery.unit)
    const isOfUnit = named !== null && (await handlersEver(tx, delivery.unit)).includes(chosen)
    return { handler: named ?? standing, isOfUnit }
  },
)

export const confirmCorrection = deliveryCommand<AboutDelivery, object>(
  "confirm-correction",
  decideConfirmCorrection,
  nothingMore,
)

export const withdrawCorrection = deliveryCommand<AboutDelivery, object>(
  "withdraw-correction",
  decideWithdrawCorrection,
  nothingMore,
)

export const rejectCorrection = deliveryCommand<AboutDelivery & { readonly reason: string }, object>(
  "reject-correction",
  decideRejectCorrection,
  nothingMore,
)
