import type { Fact } from "../../../kernel/decision.ts"
import type { DeadlineId } from "../../../kernel/ids.ts"
import { startOfTaipeiDay } from "../../../kernel/time.ts"
import { newId } from "../../../platform/ids.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Context } from "../../../runtime/index.ts"
import { meetDeadline, openDeadline, voidDeadline } from "../../deadlines/index.ts"
import type { OutsideAccount } from "../model.ts"

const UNITS = { month: "個月", day: "日" } as const

/** Where the accounts are shown. */
export const OUTSIDE_PAGE = "/outside-accounts"

function renewalOf({ id }: OutsideAccount) {
  return { duty: "5-3a", about: { type: "outside-account", id } } as const
}

/** From the last change on, the password is renewed by its holder within the pack's term: legal months, no roll-over. */
export async function expectChange(
  tx: Tx,
  account: OutsideAccount,
  context: Context,
): Promise<readonly Fact[]> {
  const last = account.changes.at(-1)
  if (account.keptBy !== "password" || last === undefined) return []
  const { count, unit } = context.pack.outsideAccounts.maxAge.value
  return openDeadline(tx, context, {
    ...renewalOf(account),
    id: newId() as DeadlineId,
    itemNumber: account.system,
    link: OUTSIDE_PAGE,
    eventDate: last.on,
    term: { unit, length: count, direction: "after", roll: false },
    basis: `第五點第（三）款「每三個月更新一次」（政策參數：${String(count)}${UNITS[unit]}，不順延）`,
    owner: { unit: account.unit, person: account.holder },
  })
}

/** A change was recorded: the term that ran is met on the day of the change, and the next one begins. */
export async function renewExpectation(
  tx: Tx,
  account: OutsideAccount,
  context: Context,
): Promise<readonly Fact[]> {
  const last = account.changes.at(-1)
  if (last === undefined) throw new Error("a change was just recorded")
  const met = await meetDeadline(tx, context, renewalOf(account), startOfTaipeiDay(last.on))
  return [...met, ...(await expectChange(tx, account, context))]
}

/** An account on its way out is not used any more. */
export function expectNoChange(tx: Tx, account: OutsideAccount, context: Context): Promise<readonly Fact[]> {
  return voidDeadline(tx, context, renewalOf(account), "帳號已申請或應申請註銷")
}
