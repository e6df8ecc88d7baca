import type { DeliveryDetail } from "../../../../modules/deliveries/contract.ts"

/** What every dialog of a delivery is given. */
export interface ActProps {
  readonly command: string
  readonly detail: DeliveryDetail
  readonly onClose: () => void
}
