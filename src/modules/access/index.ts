import { createHash } from "node:crypto"
import type { AccountId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { formerPasswordDigests } from "./credentials/store.ts"
import { forgetEnded } from "./forget-ended.ts"
import { accessRoutes } from "./routes/index.ts"
import { readAccount } from "./store.ts"
import { suspendIdle } from "./suspend-idle.ts"
import { tellOfLocks } from "./tell-of-locks.ts"

export { createAccount } from "./commands/create-account.ts"
export { firstAdministratorToken, setInitialPassword } from "./first-administrator.ts"
export { hashPassword } from "./credentials/passwords.ts"
export { identifyBySession } from "./sessions/identify.ts"
export { findAccountActor } from "./sessions/store.ts"

const accountAggregate: Aggregate = {
  type: "account",
  stateOf: async (tx, id) => {
    const account = await readAccount(tx, id as AccountId)
    if (account === null) return null
    const { passwordHash, inUseSince, ...rest } = account
    const passwordDigest =
      passwordHash === null ? null : createHash("sha256").update(passwordHash).digest("hex")
    // What a later version added stands only where it says something: digests of before still hold.
    const former = await formerPasswordDigests(tx, account.id)
    const added = {
      ...(former.length === 0 ? {} : { formerPasswords: former }),
      ...(inUseSince === account.createdAt ? {} : { inUseSince }),
    }
    const state = { ...rest, passwordDigest, ...added }
    return { version: account.version, state }
  },
  listIds: async (tx) => (await tx.selectFrom("account").select("id").execute()).map((row) => row.id),
}

/** `origin` is where the program is reached: it decides cookies and links. */
export function access(origin: string): Module {
  return {
    name: "access",
    aggregates: [accountAggregate],
    routes: (runtime) => accessRoutes(runtime, origin),
    wakes: [forgetEnded, tellOfLocks, suspendIdle],
  }
}
