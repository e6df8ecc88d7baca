import { accepted, decideUnless, gather } from "../../kernel/decision.ts"
import type { AccountId, PersonId, UnitId } from "../../kernel/ids.ts"
import { plusMs } from "../../kernel/time.ts"
import { inTx } from "../../platform/db/tx.ts"
import { newId, newSecret } from "../../platform/ids.ts"
import { runTogether, type Command, type Runtime } from "../../runtime/index.ts"
import { createPerson, createUnit } from "../people/index.ts"
import { createAccount } from "./commands/create-account.ts"
import { LINK_MS, type Account } from "./model.ts"
import { isCommonPassword } from "./credentials/frequent-passwords.ts"
import { hashPassword, tokenHashOf } from "./credentials/passwords.ts"
import { refusalsOfPassword, type Wanted } from "./credentials/policy.ts"
import { decideSetPassword, linkIsGood } from "./rules/accounts.ts"
import {
  insertLink,
  isThereAnyAccount,
  loadAccount,
  loadLink,
  updateAccount,
  useLink,
  type Link,
} from "./store.ts"

/** A token for the link that creates the first administrator, or `null` when there already is an account. */
export async function firstAdministratorToken(runtime: Runtime): Promise<string | null> {
  const now = runtime.clock.now()
  const token = newSecret()
  return inTx(runtime.db, async (tx) => {
    if (await isThereAnyAccount(tx)) return null
    await tx.deleteFrom("one_time_link").where("kind", "=", "first-administrator").execute()
    await insertLink(
      tx,
      runtime.keyring,
      tokenHashOf(token),
      { kind: "first-administrator", account: null, expiresAt: plusMs(now, LINK_MS), usedAt: null },
      now,
    )
    return token
  })
}

export interface FirstAdministrator {
  readonly agencyName: string
  readonly name: string
  readonly title: string
  readonly email: string
  readonly loginName: string
  readonly password: string
}

/** Uses the link up, and creates the agency, the person and the account, all at once. Throws RefusedError. */
export async function createFirstAdministrator(
  runtime: Runtime,
  token: string,
  { agencyName, loginName, password, ...named }: FirstAdministrator,
): Promise<void> {
  const tokenHash = tokenHashOf(token)
  const passwordHash = await hashPassword(password)
  const names = [loginName, named.name, named.email.split("@")[0] ?? ""]
  const wanted = { password, names, isCommon: await isCommonPassword(password), wasUsed: false }
  const agency = {
    id: newId() as UnitId,
    code: "A00",
    name: agencyName,
    kind: "agency",
    parent: null,
  } as const
  const posts = [{ unit: agency.id, role: "administrator" as const }]
  const person = { id: newId() as PersonId, ...named, posts }
  const setup = { kind: "system", job: "first-administrator" } as const
  await runTogether(runtime, async (run) => {
    await run(useFirstLink, { tokenHash, wanted }, { kind: "anonymous" })
    await run(createUnit, agency, setup)
    await run(createPerson, person, setup)
    const account = { id: newId() as AccountId, person: person.id, loginName }
    await run(createAccount, account, setup)
    await run(setInitialPassword, { id: account.id, passwordHash }, setup)
  })
}

/** For set-up and the demonstration only: people set their own passwords by a one-time link. */
export const setInitialPassword: Command<
  { readonly id: AccountId; readonly passwordHash: string },
  Account,
  Account
> = {
  name: "set-initial-password",
  load: (tx, { id }) => loadAccount(tx, id),
  decide: (account, { passwordHash }, deciding) => decideSetPassword(account, passwordHash, deciding),
  save: updateAccount,
}

interface UseFirstLink {
  readonly tokenHash: Buffer
  readonly wanted: Wanted
}

const useFirstLink: Command<UseFirstLink, { link: Link | null }, Buffer> = {
  name: "create-first-administrator",
  load: async (tx, { tokenHash }, { runtime }) => {
    const link = await loadLink(tx, runtime.keyring, tokenHash)
    return { link: link?.kind === "first-administrator" && !(await isThereAnyAccount(tx)) ? link : null }
  },
  decide: ({ link }, { tokenHash, wanted }, { now, pack }) =>
    decideUnless([...gather(linkIsGood(link, now)), ...refusalsOfPassword(wanted, pack.password)], () =>
      accepted(tokenHash, {
        kind: "first-administrator-link-used",
        duties: [],
        about: { type: "attempt", id: "first-administrator" },
        retention: "account",
        payload: {},
      }),
    ),
  save: (tx, tokenHash, { now }) => useLink(tx, tokenHash, now),
}
