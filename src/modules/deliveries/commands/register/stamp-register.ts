import { decideStampRegister, type StampRegister } from "../../rules/stamps.ts"
import { deliveryCommand, nothingMore, type AboutDelivery } from "../delivery-command.ts"

/** 6-2b 資訊室承辦人, 6-2c 權責人員. */
export const stampRegister = deliveryCommand<AboutDelivery & StampRegister, object>(
  "stamp-register",
  (around, input, deciding) =>
    decideStampRegister(around, input, { ...deciding, stampOrder: deciding.pack.release.stampOrder.value }),
  nothingMore,
)
