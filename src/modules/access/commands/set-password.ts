import { decideUnless, gather } from "../../../kernel/decision.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Account } from "../model.ts"
import { decideSetPassword, linkIsGood, passwordIsStrong } from "../rules.ts"
import { deleteSessionsOf } from "../sessions.ts"
import { loadAccount, loadLink, updateAccount, useLink, type Link } from "../store.ts"

interface Input {
  readonly tokenHash: Buffer
  readonly password: string
  /** Of the same password; argon2id takes too long to compute while rows are locked. */
  readonly passwordHash: string
}

interface State {
  readonly link: Link | null
  readonly account: Account | null
}

/** Sets a password by a one-time link, which is used up; sessions under the old password end. */
export const setPassword: Command<Input, State, Account & { tokenHash: Buffer }> = {
  name: "set-password",
  load: async (tx, { tokenHash }, { runtime }) => {
    const link = await loadLink(tx, runtime.keyring, tokenHash)
    const account = link === null || link.account === null ? null : await loadAccount(tx, link.account)
    return { link: account === null ? null : link, account }
  },
  decide: ({ link, account }, { password, passwordHash, tokenHash }, deciding) =>
    decideUnless(
      gather(linkIsGood(link, deciding.now), account && passwordIsStrong(password, account.loginName)),
      () => {
        if (account === null) throw new Error("a good link has an account")
        const decision = decideSetPassword(account, passwordHash, deciding)
        return decision.ok ? { ...decision, next: { ...decision.next, tokenHash } } : decision
      },
    ),
  save: async (tx, { tokenHash, ...account }, { now }) => {
    await useLink(tx, tokenHash, now)
    await updateAccount(tx, account)
    await deleteSessionsOf(tx, account.id)
  },
}
