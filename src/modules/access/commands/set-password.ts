import { decideUnless, gather } from "../../../kernel/decision.ts"
import { readTx } from "../../../platform/db/tx.ts"
import { runCommand, type Command, type Runtime } from "../../../runtime/index.ts"
import type { Actor } from "../../../kernel/actor.ts"
import { isCommonPassword } from "../credentials/frequent-passwords.ts"
import { hashPassword, tokenHashOf } from "../credentials/passwords.ts"
import { refusalsOfPassword, type Wanted } from "../credentials/policy.ts"
import { keepFormerPassword, namesOfOwner, wasUsedBefore } from "../credentials/store.ts"
import type { Account } from "../model.ts"
import { decideSetPassword, linkIsGood, verifiedStill } from "../rules/accounts.ts"
import { deleteSessionsOf } from "../sessions/store.ts"
import { loadAccount, loadLink, readAccount, readLink, updateAccount, useLink, type Link } from "../store.ts"

/** What a password is judged by, and its hash; argon2id takes too long to compute while rows are locked. */
export interface Prepared {
  readonly wanted: Wanted
  readonly passwordHash: string
  /** Version of the account that it was held against; `null` when there was none. */
  readonly version: number | null
}

export async function prepare(
  runtime: Runtime,
  account: Account | null,
  password: string,
): Promise<Prepared> {
  const { db, pack } = runtime
  const names = account === null ? [] : await namesOfOwner(db, account)
  const wasUsed =
    account !== null && (await wasUsedBefore(db, account, password, pack.password.history.value))
  return {
    wanted: { password, names, wasUsed, isCommon: await isCommonPassword(password) },
    passwordHash: await hashPassword(password),
    version: account?.version ?? null,
  }
}

/** Sets a password by a one-time link. Throws RefusedError. */
export async function setPasswordByLink(
  runtime: Runtime,
  { token, password }: { readonly token: string; readonly password: string },
  actor: Actor,
): Promise<void> {
  const tokenHash = tokenHashOf(token)
  const account = await readTx(runtime.db, async (tx) => {
    const link = await readLink(tx, runtime.keyring, tokenHash)
    return link === null || link.account === null ? null : readAccount(tx, link.account)
  })
  const prepared = await prepare(runtime, account, password)
  await runCommand(runtime, setPassword, { tokenHash, ...prepared }, actor)
}

interface State {
  readonly link: Link | null
  readonly account: Account | null
}

/** The link is used up; sessions under the old password end. */
const setPassword: Command<
  Prepared & { readonly tokenHash: Buffer },
  State,
  { readonly account: Account; readonly former: string | null; readonly tokenHash: Buffer }
> = {
  name: "set-password",
  load: async (tx, { tokenHash }, { runtime }) => {
    const link = await loadLink(tx, runtime.keyring, tokenHash)
    const account = link === null || link.account === null ? null : await loadAccount(tx, link.account)
    return { link: account === null ? null : link, account }
  },
  decide: ({ link, account }, { wanted, version, passwordHash, tokenHash }, deciding) =>
    decideUnless(
      [
        ...gather(linkIsGood(link, deciding.now), account && verifiedStill(account, version)),
        ...refusalsOfPassword(wanted, deciding.pack.password),
      ],
      () => {
        if (account === null) throw new Error("a good link has an account")
        const decision = decideSetPassword(account, passwordHash, deciding)
        if (!decision.ok) return decision
        return { ...decision, next: { account: decision.next, former: account.passwordHash, tokenHash } }
      },
    ),
  save: async (tx, { account, former, tokenHash }, { now, pack }) => {
    await useLink(tx, tokenHash, now)
    await updateAccount(tx, account)
    if (former !== null) await keepFormerPassword(tx, account.id, former, now, pack.password.history.value)
    await deleteSessionsOf(tx, account.id)
  },
}
