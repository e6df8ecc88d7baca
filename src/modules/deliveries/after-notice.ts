import type { DeliveryId } from "../../kernel/ids.ts"
import { when, type Reaction } from "../../runtime/index.ts"
import { deliveryFact } from "./rules/change.ts"
import { afterNoticeToIt } from "./rules/intake.ts"
import { loadDelivery, saveDelivery } from "./store.ts"

/** 6-1a: once the written notice stands, by whichever way, 資訊室 may download. */
const react: Reaction["react"] = async (tx, fact, { now }) => {
  const id = fact.refs?.["delivery"]
  if (id === undefined || !fact.duties.includes("6-1a")) return []
  const before = await loadDelivery(tx, id as DeliveryId)
  if (before === null) return []
  const after = afterNoticeToIt(before, now)
  if (after === before) return []
  await saveDelivery(tx, after, now)
  return [deliveryFact("download-requested", ["6-1a"], after)]
}

export const downloadRequestedByMail = when("notice-accepted", react)
export const downloadRequestedOnPaper = when("notice-given-on-paper", react)
