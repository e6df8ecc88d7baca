import type { AccountId } from "../../../kernel/ids.ts"
import { plusMs } from "../../../kernel/time.ts"
import type { Command } from "../../../runtime/index.ts"
import { LINK_MS, type Account } from "../model.ts"
import { decideIssueLink } from "../rules.ts"
import { deleteUnusedLinks, insertLink, loadAccount } from "../store.ts"

interface Input {
  readonly account: AccountId
  readonly tokenHash: Buffer
}

/** A one-time link to set the password; links issued earlier stop working. */
export const issueLink: Command<Input, Account, { account: AccountId; tokenHash: Buffer }> = {
  name: "issue-password-link",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, { tokenHash }, deciding) => {
    const decision = decideIssueLink(account, deciding)
    return decision.ok ? { ...decision, next: { account: account.id, tokenHash } } : decision
  },
  save: async (tx, { account, tokenHash }, { now }) => {
    await deleteUnusedLinks(tx, account)
    const link = { kind: "set-password", account, expiresAt: plusMs(now, LINK_MS), usedAt: null } as const
    await insertLink(tx, tokenHash, link, now)
  },
}
