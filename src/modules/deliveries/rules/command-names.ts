/** Everything a person can do to a delivery. */
export const DELIVERY_COMMANDS = [
  "request-download",
  "lapse",
  "fetch",
  "count-again",
  "set-aside-file",
  "notify-ready",
  "fill-register",
  "revise-register",
  "void-entry",
  "stamp-it",
  "stamp-responsible",
  "release",
  "open-file",
  "compare",
  "confirm-comparison",
  "dispute",
  "propose-correction",
  "confirm-correction",
  "withdraw-correction",
  "reject-correction",
] as const
export type DeliveryCommand = (typeof DELIVERY_COMMANDS)[number]
