import type { Actor } from "../../../kernel/actor.ts"
import type { AccountId, PersonId } from "../../../kernel/ids.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { newId, newSecret } from "../../../platform/ids.ts"
import { runCommand, runTogether, type Run, type Runtime } from "../../../runtime/index.ts"
import { createAccount } from "../commands/create-account.ts"
import { disableAccount, enableAccount } from "../commands/disable-account.ts"
import { issueLink, mailsLinks, pathOf } from "../commands/issue-link.ts"
import * as contract from "../contract.ts"
import { readAccounts } from "../reads/accounts.ts"

/** What an administrator does with accounts. */
export function accountRoutes(runtime: Runtime, origin: string): readonly BoundRoute[] {
  const newLink = async (run: Run, account: AccountId, actor: Actor) => {
    const [token, mailed] = [newSecret(), mailsLinks(runtime)]
    await run(issueLink, { account, token, mailed }, actor)
    return { link: mailed ? null : `${origin}${pathOf(token)}` }
  }
  return [
    bind(contract.listAccounts, ({ query, actor }) => readAccounts(runtime.db, actor, query.people)),
    bind(contract.createAccount, async ({ body, actor }) => {
      const account = { ...body, id: newId() as AccountId, person: body.person as PersonId }
      return runTogether(runtime, async (run) => {
        await run(createAccount, account, actor)
        return newLink(run, account.id, actor)
      })
    }),
    bind(contract.issueLink, ({ params, actor }) =>
      runTogether(runtime, (run) => newLink(run, params.id as AccountId, actor)),
    ),
    bind(contract.disableAccount, async ({ params, body, actor }) => {
      await runCommand(runtime, disableAccount, { id: params.id as AccountId, ...body }, actor)
    }),
    bind(contract.enableAccount, async ({ params, actor }) => {
      await runCommand(runtime, enableAccount, { id: params.id as AccountId }, actor)
    }),
  ]
}
