import type { Actor } from "../../../kernel/actor.ts"
import { accepted } from "../../../kernel/decision.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newSecret } from "../../../platform/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runTogether, type Command, type Runtime } from "../../../runtime/index.ts"
import { clearAttempts, pseudonymOfName, reserveAttempt } from "../attempts.ts"
import type { Account } from "../model.ts"
import { isPasswordRight, sealOf, tokenHashOf } from "../passwords.ts"
import { accountFact, decideOpenSession } from "../rules.ts"
import { deleteSession, insertSession } from "../sessions.ts"
import { findAccountByLogin, loadAccount } from "../store.ts"

/** What somebody types, at a browser that may have a session already. */
export interface SignIn {
  readonly loginName: string
  readonly password: string
  readonly former: { readonly actor: Actor; readonly tokenHash: Buffer }
}

/**
 * Resolves with the new session's token; the browser's former session ends with it. Every failure, whatever its
 * cause, is refused in the same words.
 */
export async function signIn(runtime: Runtime, { loginName, password, former }: SignIn): Promise<string> {
  const now = runtime.clock.now()
  const name = pseudonymOfName(runtime.keyring, loginName)
  const { free, account } = await inTx(runtime.db, async (tx) => ({
    free: await reserveAttempt(tx, name, now),
    account: await findAccountByLogin(tx, loginName),
  }))
  const passwordHash = account?.disabledAt === null ? account.passwordHash : null
  const right = free && (await isPasswordRight(passwordHash, password))
  if (!right || account === null) throw new RefusedError([refuse("SIGN_IN_FAILED")])
  const token = newSecret()
  const { id, person, version } = account
  await runTogether(runtime, async (run) => {
    const { actor, tokenHash } = former
    if (actor.kind === "person") await run(closeSession, { account: actor.account, tokenHash }, actor)
    await run(
      openSession,
      { account: id, version, tokenHash: tokenHashOf(token) },
      { kind: "person", person, account: id, name: "", posts: [] },
    )
  })
  return token
}

interface OfSession {
  readonly account: Account["id"]
  readonly tokenHash: Buffer
}

/** `version` is that of the account whose password was found right. */
type Opening = OfSession & { readonly version: number }

const openSession: Command<Opening, Account, { account: Account; tokenHash: Buffer }> = {
  name: "sign-in",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, { version, tokenHash }) => {
    const decision = decideOpenSession(account, version)
    return decision.ok ? { ...decision, next: { account, tokenHash } } : decision
  },
  save: async (tx, { account, tokenHash }, { now, runtime }) => {
    await clearAttempts(tx, pseudonymOfName(runtime.keyring, account.loginName))
    const seal = sealOf(runtime.keyring, tokenHash, "session", account.id, now)
    await insertSession(tx, { tokenHash, account: account.id, seal }, now)
  },
}

export const closeSession: Command<OfSession, Account, Buffer> = {
  name: "sign-out",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, { tokenHash }) => accepted(tokenHash, accountFact("signed-out", account, {})),
  save: deleteSession,
}
