import type { AccountId } from "../../../kernel/ids.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Account } from "../model.ts"
import { decideDisableAccount, decideEnableAccount } from "../rules/accounts.ts"
import { deleteSessionsOf, liveSessions } from "../sessions/store.ts"
import { deleteUnusedLinks, isLastAdministrator, loadAccount, updateAccount } from "../store.ts"

interface Around {
  readonly account: Account
  readonly isLastAdministrator: boolean
  readonly sessions: number
}

/** 停用: its sessions and links end in the same transaction. */
export const disableAccount: Command<{ readonly id: AccountId; readonly reason: string }, Around, Account> = {
  name: "disable-account",
  load: async (tx, { id }, { now, runtime }) => {
    const account = await loadAccount(tx, id)
    if (account === null) return null
    return {
      account,
      isLastAdministrator: await isLastAdministrator(tx, account.person, now),
      sessions: (await liveSessions(tx, runtime, id, now)).length,
    }
  },
  decide: decideDisableAccount,
  save: async (tx, account) => {
    await updateAccount(tx, account)
    await deleteSessionsOf(tx, account.id)
    await deleteUnusedLinks(tx, account.id)
  },
}

export const enableAccount: Command<{ readonly id: AccountId }, Account, Account> = {
  name: "enable-account",
  load: (tx, { id }) => loadAccount(tx, id),
  decide: (account, _, deciding) => decideEnableAccount(account, deciding),
  save: updateAccount,
}
