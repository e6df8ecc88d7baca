import type { PersonId, UnitId } from "../../../kernel/ids.ts"
import { when, type HoldingsOf } from "../../../runtime/index.ts"
import { cancelOutsideAccounts } from "./commands.ts"

/** Accounts in providers' systems that somebody holds and nobody has cancelled: named where a hand-over asks (5-4). */
export const outsideAccountsHeldBy: HoldingsOf = async (db, person) => {
  const rows = await db
    .selectFrom("outside_account")
    .select(["id", "unit", "system", "name"])
    .where("holder", "=", person)
    .where("cancelled_at", "is", null)
    .orderBy("id")
    .execute()
  return rows.map(({ id, unit, system, name }) => ({
    ...{ kind: "outside-account", id, label: `${system} ${name}` },
    unit: unit as UnitId,
  }))
}

/** Who leaves holds no account outside either (5-4a): its cancellation is to be asked for. */
export const outsideAccountsCancelled = when("posts-changed", (tx, { about, payload }, context) =>
  payload["leaves"] === true
    ? cancelOutsideAccounts(tx, context, about.id as PersonId, "離職或職務異動，權限終止")
    : Promise.resolve([]),
)
