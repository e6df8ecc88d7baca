import { createHash } from "node:crypto"
import type { AccountId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { formerPasswordDigests } from "./credentials/store.ts"
import { forgetEnded } from "./forget-ended.ts"
import { accessRoutes } from "./routes/index.ts"
import { readAccount } from "./store.ts"
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
    const { passwordHash, ...rest } = account
    const passwordDigest =
      passwordHash === null ? null : createHash("sha256").update(passwordHash).digest("hex")
    // Stands only once there are former ones: digests recorded by earlier versions still hold.
    const former = await formerPasswordDigests(tx, account.id)
    const state = { ...rest, passwordDigest, ...(former.length === 0 ? {} : { formerPasswords: former }) }
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
    wakes: [forgetEnded, tellOfLocks],
  }
}
