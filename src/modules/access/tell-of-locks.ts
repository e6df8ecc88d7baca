import { runJob, type Wake } from "../../runtime/index.ts"
import { pseudonymOfName, takeUntoldLocks } from "./credentials/attempts.ts"
import { accountFact } from "./rules/accounts.ts"
import { listAccounts } from "./store.ts"

/** Records which accounts were locked; names without an account are counted as anonymous refusals only. */
export const tellOfLocks: Wake = {
  name: "tell-of-locked-accounts",
  cron: "*/5 * * * *",
  work: (runtime) =>
    runJob(runtime, "tell-of-locked-accounts", async (tx, { now }) => {
      const locked = await takeUntoldLocks(tx, now)
      if (locked.size === 0) return []
      return (await listAccounts(tx))
        .filter(({ loginName }) => locked.has(pseudonymOfName(runtime.keyring, loginName)))
        .map((account) => accountFact("account-locked", account, {}))
    }),
}
