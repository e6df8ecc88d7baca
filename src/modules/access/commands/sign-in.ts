import type { Actor } from "../../../kernel/actor.ts"
import { accepted } from "../../../kernel/decision.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newId, newSecret } from "../../../platform/ids.ts"
import { runTogether, type Command, type Runtime } from "../../../runtime/index.ts"
import { clearAttempts, failuresBefore, pseudonymOfName, reserveAttempt } from "../credentials/attempts.ts"
import { isPasswordRight, tokenHashOf } from "../credentials/passwords.ts"
import type { Account } from "../model.ts"
import { accountFact } from "../rules/accounts.ts"
import { decideOpenSession, signInFailed, type Opened, type Opening } from "../rules/sign-in.ts"
import { isNewDevice, noteDevice } from "../sessions/devices.ts"
import type { Place } from "../sessions/model.ts"
import {
  deleteSession,
  endSessions,
  findAccountActor,
  insertSession,
  liveSessions,
} from "../sessions/store.ts"
import { findAccountByLogin, loadAccount } from "../store.ts"

/** What somebody types, at a browser that may have a session already. */
export interface SignIn {
  readonly loginName: string
  readonly password: string
  readonly place: Place
  readonly former: { readonly actor: Actor; readonly tokenHash: Buffer }
}

/**
 * Resolves with the new session's token; the browser's former session ends with it, and the account's others as the
 * pack says. Every failure, whatever its cause, is refused in the same words; only the right password of somebody who
 * has left is told so, and recorded with their name.
 */
export async function signIn(
  runtime: Runtime,
  { loginName, password, place, former }: SignIn,
): Promise<string> {
  const now = runtime.clock.now()
  const name = pseudonymOfName(runtime.keyring, loginName)
  const { lockout } = runtime.pack
  const { free, account } = await inTx(runtime.db, async (tx) => ({
    free: await reserveAttempt(tx, name, now, lockout),
    account: await findAccountByLogin(tx, loginName),
  }))
  const right = free && (await isPasswordRight(account?.passwordHash ?? null, password))
  if (!right || account === null) throw new RefusedError([signInFailed(lockout)])
  const token = newSecret()
  const { id, person, version } = account
  await runTogether(runtime, async (run) => {
    const { actor, tokenHash } = former
    if (actor.kind === "person") await run(closeSession, { account: actor.account, tokenHash }, actor)
    await run(
      openSession,
      { account: id, version, place, tokenHash: tokenHashOf(token) },
      { kind: "person", person, account: id, name: "", posts: [] },
    )
  })
  return token
}

interface OfSession {
  readonly account: Account["id"]
  readonly tokenHash: Buffer
}

type Input = OfSession & Pick<Opening, "version" | "place">

const openSession: Command<Input, Opening, Opened & { readonly tokenHash: Buffer; readonly place: Place }> = {
  name: "sign-in",
  load: async (tx, { account: id, version, place }, { now, runtime }) => {
    const account = await loadAccount(tx, id)
    if (account === null) return null
    return {
      ...{ account, version, place },
      holdsPosts: account.disabledAt !== null || (await findAccountActor(tx, id, now)) !== null,
      live: await liveSessions(tx, runtime, id, now),
      isNewDevice: await isNewDevice(tx, id, place),
      failedBefore: await failuresBefore(tx, pseudonymOfName(runtime.keyring, account.loginName)),
    }
  },
  decide: (opening, input, deciding) => {
    const decision = decideOpenSession(opening, deciding)
    return decision.ok
      ? { ...decision, next: { ...decision.next, tokenHash: input.tokenHash, place: input.place } }
      : decision
  },
  save: async (tx, { account: { id, loginName }, replaced, stage, place, tokenHash }, { now, runtime }) => {
    await clearAttempts(tx, pseudonymOfName(runtime.keyring, loginName))
    await endSessions(tx, id, { ids: replaced, why: "replaced", from: place.address, now })
    await noteDevice(tx, id, place, now)
    const session = { id: newId(), account: id, tokenHash, stage, since: now, ...place }
    await insertSession(tx, runtime, session, now)
  },
}

export const closeSession: Command<OfSession, Account, Buffer> = {
  name: "sign-out",
  load: (tx, { account }) => loadAccount(tx, account),
  decide: (account, { tokenHash }) => accepted(tokenHash, accountFact("signed-out", account, {})),
  save: deleteSession,
}
