import type { Fact } from "../../kernel/decision.ts"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import { when, type Context, type Reaction } from "../../runtime/index.ts"
import { meetDeadline } from "../deadlines/index.ts"
import { addInboxItem } from "../notices/index.ts"
import { OFFICE_NAMES, type OwedNotice, type PersonnelChange } from "./model.ts"
import { loadChanges } from "./store.ts"

/** 5-4c, 5-4d are kept by sending: when a server took the mail, or when the receiver signed. */
const react: Reaction["react"] = async (tx, fact, context) => {
  const id = fact.refs?.["personnel-change"]
  if (id === undefined) return []
  const [change] = await loadChanges(tx, [id])
  const notice = change?.notices.find(
    ({ duty, office }) => fact.duties.includes(duty) && office !== "provider",
  )
  if (change === undefined || notice === undefined) return []
  const { at, happenedAt } = fact.payload as { readonly at?: Instant; readonly happenedAt?: Instant }
  const met = await meetDeadline(tx, context, deadlineOf(notice), at ?? happenedAt ?? context.now)
  return [...met, ...(await putBefore(tx, context, change, notice))]
}

export const personnelNoticeMailed = when("notice-accepted", react)
export const personnelNoticeOnPaper = when("notice-given-on-paper", react)

/** Which deadline an owed notice keeps. */
export function deadlineOf({ id, duty }: OwedNotice) {
  return { duty, about: { type: "personnel-notice", id } } as const
}

/** 知悉 by the office that was told: tracked, and not needed for having been in time. */
function putBefore(
  tx: Tx,
  context: Context,
  change: PersonnelChange,
  { id, office, duty }: OwedNotice,
): Promise<readonly Fact[]> {
  return addInboxItem(tx, context, {
    kind: "personnel-notice",
    title: `${change.number}　職務異動通知，請${OFFICE_NAMES[office]}知悉`,
    link: `/personnel-changes/${change.id}`,
    duty,
    about: { type: "personnel-notice", id },
    audience: { roles: office === "it-office" ? ["it-handler"] : ["ethics-officer"], unit: null },
    once: `personnel-notice:${id}`,
  })
}
