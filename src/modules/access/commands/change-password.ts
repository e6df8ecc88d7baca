import type { PersonActor, SessionStage } from "../../../kernel/actor.ts"
import { decideUnless, gather, type Decision } from "../../../kernel/decision.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newId, newSecret } from "../../../platform/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import { clearAttempts, pseudonymOfName, reserveAttempt } from "../credentials/attempts.ts"
import { isPasswordRight, tokenHashOf } from "../credentials/passwords.ts"
import { refusalsOfPassword } from "../credentials/policy.ts"
import { keepFormerPassword } from "../credentials/store.ts"
import type { Account } from "../model.ts"
import { decideSetPassword, verifiedStill } from "../rules/accounts.ts"
import { stageOf } from "../rules/sign-in.ts"
import type { Session } from "../sessions/model.ts"
import { deleteSession, endSessions, insertSession, liveSessions } from "../sessions/store.ts"
import { loadAccount, readAccount, updateAccount } from "../store.ts"
import { prepare, type Prepared } from "./set-password.ts"

interface OwnSession {
  readonly session: Session
  readonly tokenHash: Buffer
}

/** The present password of the signed-in person, by the same attempts as a sign-in. Throws PASSWORD_WRONG. */
export async function requirePassword(
  runtime: Runtime,
  actor: PersonActor,
  password: string,
): Promise<Account> {
  const { account, free } = await inTx(runtime.db, async (tx) => {
    const account = await readAccount(tx, actor.account)
    if (account === null) throw new Error("a session has an account")
    const name = pseudonymOfName(runtime.keyring, account.loginName)
    return { account, free: await reserveAttempt(tx, name, runtime.clock.now(), runtime.pack.lockout) }
  })
  if (!free || !(await isPasswordRight(account.passwordHash, password)))
    throw new RefusedError([refuse("PASSWORD_WRONG")])
  await inTx(runtime.db, (tx) => clearAttempts(tx, pseudonymOfName(runtime.keyring, account.loginName)))
  return account
}

/**
 * The person's own new password (5-3a). Resolves with the token of the session that goes on; the account's other
 * sessions end. Throws RefusedError.
 */
export async function changePassword(
  runtime: Runtime,
  { current, next }: { readonly current: string; readonly next: string },
  actor: PersonActor,
  own: OwnSession,
): Promise<string> {
  const account = await requirePassword(runtime, actor, current)
  const prepared = await prepare(runtime, account, next)
  const token = newSecret()
  await runCommand(runtime, change, { ...prepared, own, next: tokenHashOf(token) }, actor)
  return token
}

interface Input extends Prepared {
  readonly own: OwnSession
  readonly next: Buffer
}

interface Changed {
  readonly account: Account
  readonly former: string | null
  readonly stage: SessionStage
  readonly input: Input
}

const change: Command<Input, Account, Changed> = {
  name: "change-password",
  load: (tx, { own }) => loadAccount(tx, own.session.account),
  decide: (account, input, deciding): Decision<Changed> => {
    const { pack, now } = deciding
    const broken = [
      ...gather(verifiedStill(account, input.version)),
      ...refusalsOfPassword(input.wanted, pack.password),
    ]
    return decideUnless(broken, () => {
      const decision = decideSetPassword(account, input.passwordHash, deciding)
      if (!decision.ok) return decision
      const stage = stageOf(decision.next, pack, now)
      return { ...decision, next: { account: decision.next, former: account.passwordHash, stage, input } }
    })
  },
  save: async (tx, { account, former, stage, input: { own, next } }, { now, pack, runtime }) => {
    await updateAccount(tx, account)
    if (former !== null) await keepFormerPassword(tx, account.id, former, now, pack.password.history.value)
    const { createdAt: since, address, agent, device } = own.session
    await deleteSession(tx, own.tokenHash)
    const others = (await liveSessions(tx, runtime, account.id, now)).map(({ id }) => id)
    await endSessions(tx, account.id, { ids: others, why: "password", from: address, now })
    const session = {
      id: newId(),
      account: account.id,
      tokenHash: next,
      stage,
      since,
      address,
      agent,
      device,
    }
    await insertSession(tx, runtime, session, now)
  },
}
