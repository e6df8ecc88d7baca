import type { AccountId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { readTx, type Tx } from "../../platform/db/tx.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { runCommand, type Wake } from "../../runtime/index.ts"
import { disableAccount } from "./commands/disable-account.ts"
import { isIdle } from "./rules/idle.ts"
import { listAccounts } from "./store.ts"

/** Accounts in use with the last sign-in, or the day since when they are in use if that is later. */
async function lastUses(tx: Tx): Promise<{ readonly id: AccountId; readonly lastUse: Instant }[]> {
  const rows = await tx
    .selectFrom("device")
    .select((eb) => ["account", eb.fn.max("last_seen_at").as("at")])
    .groupBy("account")
    .execute()
  const signedIn = new Map(rows.map(({ account, at }) => [account, at]))
  return (await listAccounts(tx))
    .filter(({ disabledAt }) => disabledAt === null)
    .map(({ id, inUseSince }) => {
      const at = signedIn.get(id) ?? inUseSince
      return { id, lastUse: at > inUseSince ? at : inUseSince }
    })
}

/** Every night: idle accounts are disabled until an administrator enables them again; the last administrator stays. */
export const suspendIdle: Wake = {
  name: "suspend-idle-accounts",
  cron: "0 3 * * *",
  work: async (runtime) => {
    const { accounts } = runtime.pack
    const now = runtime.clock.now()
    const idle = (await readTx(runtime.db, lastUses)).filter(({ lastUse }) => isIdle(lastUse, accounts, now))
    const reason = `逾 ${accounts.idleMonths.value} 個月未使用`
    const actor = { kind: "system", job: "suspend-idle-accounts" } as const
    for (const { id } of idle)
      await runCommand(runtime, disableAccount, { id, reason }, actor).catch((error: unknown) => {
        if (!(error instanceof RefusedError)) throw error
      })
  },
}
