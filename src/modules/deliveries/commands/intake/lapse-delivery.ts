import type { Instant } from "../../../../kernel/time.ts"
import { decideLapse } from "../../rules/intake.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

export const lapseDelivery = deliveryCommand<
  AboutDelivery & { readonly reason: string; readonly happenedAt: Instant },
  object
>("lapse", decideLapse, nothingMore)
