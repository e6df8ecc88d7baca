import { accepted } from "../../../kernel/decision.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newSecret } from "../../../platform/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import { clearAttempts, pseudonymOfName, reserveAttempt } from "../attempts.ts"
import type { Account } from "../model.ts"
import { isPasswordRight, tokenHashOf } from "../passwords.ts"
import { accountFact } from "../rules.ts"
import { deleteSession, insertSession } from "../sessions.ts"
import { findAccountByLogin, loadAccount } from "../store.ts"

/** Resolves with the new session's token. Every failure, whatever its cause, is refused in the same words. */
export async function signIn(runtime: Runtime, loginName: string, password: string): Promise<string> {
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
  await runCommand(
    runtime,
    openSession,
    { account: account.id, tokenHash: tokenHashOf(token) },
    { kind: "person", person: account.person, account: account.id, name: "", posts: [] },
  )
  return token
}

interface Opening {
  readonly account: Account["id"]
  readonly tokenHash: Buffer
}

const openSession: Command<Opening, Account, { account: Account; tokenHash: Buffer }> = {
  name: "sign-in",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, { tokenHash }) => accepted({ account, tokenHash }, accountFact("signed-in", account, {})),
  save: async (tx, { account, tokenHash }, { now, runtime }) => {
    await clearAttempts(tx, pseudonymOfName(runtime.keyring, account.loginName))
    await insertSession(tx, tokenHash, account.id, now)
  },
}

export const closeSession: Command<Opening, Account, Buffer> = {
  name: "sign-out",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, { tokenHash }) => accepted(tokenHash, accountFact("signed-out", account, {})),
  save: deleteSession,
}
