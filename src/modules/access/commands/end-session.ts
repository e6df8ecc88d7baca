import { accepted, refused } from "../../../kernel/decision.ts"
import type { AccountId } from "../../../kernel/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Command } from "../../../runtime/index.ts"
import type { Account } from "../model.ts"
import { accountFact } from "../rules/accounts.ts"
import { endSessions, liveSessions } from "../sessions/store.ts"
import { loadAccount } from "../store.ts"

interface Input {
  readonly account: AccountId
  readonly session: string
}

/** The person ends a session of their own from another one. */
export const endOwnSession: Command<Input, { account: Account; isLive: boolean }, Input> = {
  name: "end-session",
  load: async (tx, { account: id, session }, { now, runtime }) => {
    const account = await loadAccount(tx, id)
    const live = await liveSessions(tx, runtime, id, now)
    return account === null ? null : { account, isLive: live.some((one) => one.id === session) }
  },
  decide: ({ account, isLive }, input) =>
    isLive ? accepted(input, accountFact("session-ended", account, {})) : refused(refuse("NOT_FOUND")),
  save: (tx, { account, session }, { now }) =>
    endSessions(tx, account, { ids: [session], why: "owner", from: null, now }),
}
