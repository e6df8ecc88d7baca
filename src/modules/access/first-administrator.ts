import { accepted, decideUnless, gather } from "../../kernel/decision.ts"
import type { AccountId, PersonId, UnitId } from "../../kernel/ids.ts"
import { plusMs } from "../../kernel/time.ts"
import { inTx } from "../../platform/db/tx.ts"
import { newId, newSecret } from "../../platform/ids.ts"
import { runCommand, type Command, type Runtime } from "../../runtime/index.ts"
import { createPerson, createUnit } from "../people/index.ts"
import { createAccount } from "./commands/create-account.ts"
import { LINK_MS } from "./model.ts"
import { hashPassword, tokenHashOf } from "./passwords.ts"
import { linkIsGood, passwordIsStrong } from "./rules.ts"
import { insertLink, loadLink, updateAccount, useLink, loadAccount, type Link } from "./store.ts"
import { decideSetPassword } from "./rules.ts"

/** A token for the link that creates the first administrator, or `null` when there already is an account. */
export async function firstAdministratorToken(runtime: Runtime): Promise<string | null> {
  const now = runtime.clock.now()
  const token = newSecret()
  return inTx(runtime.db, async (tx) => {
    const anyone = await tx.selectFrom("account").select("id").limit(1).executeTakeFirst()
    if (anyone !== undefined) return null
    await tx.deleteFrom("one_time_link").where("kind", "=", "first-administrator").execute()
    await insertLink(
      tx,
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

/** Uses the link up, and creates the agency, the person and the account. Throws RefusedError. */
export async function createFirstAdministrator(
  runtime: Runtime,
  token: string,
  first: FirstAdministrator,
): Promise<void> {
  const tokenHash = tokenHashOf(token)
  await runCommand(
    runtime,
    useFirstLink,
    { tokenHash, loginName: first.loginName, password: first.password },
    { kind: "anonymous" },
  )
  const setup = { kind: "system", job: "first-administrator" } as const
  const agency = await runCommand(
    runtime,
    createUnit,
    { id: newId() as UnitId, code: "A00", name: first.agencyName, kind: "agency", parent: null },
    setup,
  )
  const posts = [{ unit: agency.id, role: "administrator" as const }]
  const { name, title, email, loginName } = first
  const person = await runCommand(
    runtime,
    createPerson,
    { id: newId() as PersonId, name, title, email, posts },
    setup,
  )
  await createAccountWithPassword(runtime, person.id, loginName, first.password)
}

/** For set-up and the demonstration only: people set their own passwords by a one-time link. */
export async function createAccountWithPassword(
  runtime: Runtime,
  person: PersonId,
  loginName: string,
  password: string,
): Promise<AccountId> {
  const setup = { kind: "system", job: "set-up" } as const
  const account = await runCommand(
    runtime,
    createAccount,
    { id: newId() as AccountId, person, loginName },
    setup,
  )
  const passwordHash = await hashPassword(password)
  await runCommand(runtime, setInitialPassword, { id: account.id, passwordHash }, setup)
  return account.id
}

const setInitialPassword: Command<
  { id: AccountId; passwordHash: string },
  NonNullable<Awaited<ReturnType<typeof loadAccount>>>,
  NonNullable<Awaited<ReturnType<typeof loadAccount>>>
> = {
  name: "set-initial-password",
  load: (tx, { id }) => loadAccount(tx, id),
  decide: (account, { passwordHash }, deciding) => decideSetPassword(account, passwordHash, deciding),
  save: updateAccount,
}

interface UseFirstLink {
  readonly tokenHash: Buffer
  readonly loginName: string
  readonly password: string
}

const useFirstLink: Command<UseFirstLink, { link: Link | null }, Buffer> = {
  name: "create-first-administrator",
  load: async (tx, { tokenHash }) => {
    const link = await loadLink(tx, tokenHash)
    return { link: link?.kind === "first-administrator" ? link : null }
  },
  decide: ({ link }, { tokenHash, loginName, password }, { now }) =>
    decideUnless(gather(linkIsGood(link, now), passwordIsStrong(password, loginName)), () =>
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
