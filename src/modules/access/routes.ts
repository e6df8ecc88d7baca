import type { FastifyReply, FastifyRequest } from "fastify"
import type { Actor, PersonActor } from "../../kernel/actor.ts"
import type { AccountId, PersonId } from "../../kernel/ids.ts"
import { newId, newSecret } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, runTogether, type Run, type Runtime } from "../../runtime/index.ts"
import { createAccount } from "./commands/create-account.ts"
import { disableAccount, enableAccount } from "./commands/disable-account.ts"
import { issueLink, mailsLinks, pathOf } from "./commands/issue-link.ts"
import { setPassword } from "./commands/set-password.ts"
import { closeSession, signIn } from "./commands/sign-in.ts"
import * as contract from "./contract.ts"
import { createFirstAdministrator } from "./first-administrator.ts"
import { hashPassword, tokenHashOf } from "./passwords.ts"
import { readAccounts, readMe } from "./reads.ts"
import { findActor } from "./sessions.ts"

/** The `__Host-` prefix ties the cookie to this very origin, but browsers take it over TLS only. */
function cookieName(origin: string): string {
  return origin.startsWith("https:") ? "__Host-hushou_session" : "hushou_session"
}

/** Who sends a request, by its session cookie. */
export function identifyBySession(runtime: Runtime, origin: string) {
  return async (request: FastifyRequest) => {
    const now = runtime.clock.now()
    const token = request.cookies[cookieName(origin)]
    const actor = token === undefined ? null : await findActor(runtime, tokenHashOf(token), now)
    return { actor: actor ?? ({ kind: "anonymous" } as const), now }
  }
}

export function accessRoutes(runtime: Runtime, origin: string): readonly BoundRoute[] {
  const keepSession = (reply: FastifyReply, token: string) =>
    reply.setCookie(cookieName(origin), token, {
      path: "/",
      httpOnly: true,
      sameSite: "lax",
      secure: origin.startsWith("https:"),
    })
  const sessionOf = (request: FastifyRequest) => tokenHashOf(request.cookies[cookieName(origin)] ?? "")
  return [
    bind(contract.signIn, async ({ body, actor, request, reply }) => {
      keepSession(reply, await signIn(runtime, { ...body, former: { actor, tokenHash: sessionOf(request) } }))
    }),
    bind(contract.signOut, async ({ actor, request, reply }) => {
      const { account } = actor as PersonActor
      await runCommand(runtime, closeSession, { account, tokenHash: sessionOf(request) }, actor)
      reply.clearCookie(cookieName(origin), { path: "/" })
    }),
    bind(contract.whoAmI, ({ actor }) => readMe(runtime.db, actor as PersonActor)),
    bind(contract.firstAdministrator, ({ body: { token, ...first } }) =>
      createFirstAdministrator(runtime, token, first),
    ),
    bind(contract.setPassword, async ({ body: { token, password }, actor }) => {
      const passwordHash = await hashPassword(password)
      await runCommand(runtime, setPassword, { tokenHash: tokenHashOf(token), password, passwordHash }, actor)
    }),
    ...accountRoutes(runtime, origin),
  ]
}

/** What an administrator does with accounts. */
function accountRoutes(runtime: Runtime, origin: string): readonly BoundRoute[] {
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
