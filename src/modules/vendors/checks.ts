import type { Fact } from "../../kernel/decision.ts"
import type { DeadlineId } from "../../kernel/ids.ts"
import { startOfTaipeiDay } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import { newId } from "../../platform/ids.ts"
import type { Context } from "../../runtime/index.ts"
import { loadCalendar, meetDeadline, openDeadline, voidDeadline } from "../deadlines/index.ts"
import type { Agreement } from "./model.ts"
import { nextCheck } from "./rules/check-due.ts"

const aboutOf = ({ id }: Agreement) => ({ duty: "5-8a", about: { type: "vendor-agreement", id } }) as const

/** The next 定期查核 becomes due; the deadlines remind of it, and show when it was missed. */
export async function openCheck(tx: Tx, agreement: Agreement, context: Context): Promise<readonly Fact[]> {
  const months = context.pack.outsourcing.checkEveryMonths.value
  const next = nextCheck(agreement, months, await loadCalendar(tx))
  if (next === null) return []
  return openDeadline(tx, context, {
    id: newId() as DeadlineId,
    ...aboutOf(agreement),
    ...next,
    itemNumber: agreement.paper.number,
    link: `/vendors/agreements/${agreement.id}`,
    owner: { unit: agreement.unit, person: null },
  })
}

/** Met by the newest check; void for `reason` where there was none. */
export async function closeCheck(
  tx: Tx,
  agreement: Agreement,
  context: Context,
  reason?: string,
): Promise<readonly Fact[]> {
  if (reason !== undefined) return voidDeadline(tx, context, aboutOf(agreement), reason)
  const newest = agreement.checks.at(-1)
  if (newest === undefined) return []
  return meetDeadline(tx, context, aboutOf(agreement), startOfTaipeiDay(newest.checkedOn))
}
