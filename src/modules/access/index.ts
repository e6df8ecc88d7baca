import { createHash } from "node:crypto"
import type { AccountId } from "../../kernel/ids.ts"
import type { Aggregate, Module } from "../../runtime/index.ts"
import { forgetEnded } from "./forget-ended.ts"
import { accessRoutes } from "./routes.ts"
import { readAccount } from "./store.ts"

export { createAccount } from "./commands/create-account.ts"
export { firstAdministratorToken, setInitialPassword } from "./first-administrator.ts"
export { hashPassword } from "./passwords.ts"
export { identifyBySession } from "./routes.ts"
export { findAccountActor } from "./sessions.ts"

const accountAggregate: Aggregate = {
  type: "account",
  stateOf: async (tx, id) => {
    const account = await readAccount(tx, id as AccountId)
    if (account === null) return null
    const { passwordHash, ...rest } = account
    const passwordDigest =
      passwordHash === null ? null : createHash("sha256").update(passwordHash).digest("hex")
    return { version: account.version, state: { ...rest, passwordDigest } }
  },
  listIds: async (tx) => (await tx.selectFrom("account").select("id").execute()).map((row) => row.id),
}

/** `origin` is where the program is reached: it decides cookies and links. */
export function access(origin: string): Module {
  return {
    name: "access",
    aggregates: [accountAggregate],
    routes: (runtime) => accessRoutes(runtime, origin),
    wakes: [forgetEnded],
  }
}
