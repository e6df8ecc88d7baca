import type { FastifyReply, FastifyRequest } from "fastify"
import type { Actor, PersonActor } from "../../kernel/actor.ts"
import type { AccountId, PersonId } from "../../kernel/ids.ts"
import { newId, newSecret } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { createAccount } from "./commands/create-account.ts"
import { disableAccount, enableAccount } from "./commands/disable-account.ts"
import { issueLink } from "./commands/issue-link.ts"
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
    const actor = token === undefined ? null : await findActor(runtime.db, tokenHashOf(token), now)
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
  return [
    bind(contract.signIn, async ({ body, reply }) => {
      keepSession(reply, await signIn(runtime, body.loginName, body.password))
    }),
    bind(contract.signOut, async ({ actor, request, reply }) => {
      const tokenHash = tokenHashOf(request.cookies[cookieName(origin)] ?? "")
      await runCommand(runtime, closeSession, { account: (actor as PersonActor).account, tokenHash }, actor)
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
  /** The token travels in the fragment, which browsers do not send, so that no log of any server holds it. */
  const newLink = async (account: AccountId, actor: Actor) => {
    const token = newSecret()
    await runCommand(runtime, issueLink, { account, tokenHash: tokenHashOf(token) }, actor)
    return { link: `${origin}/set-password#${token}` }
  }
  return [
    bind(contract.listAccounts, ({ query, actor }) => readAccounts(runtime.db, actor, query.people)),
    bind(contract.createAccount, async ({ body, actor }) => {
      const account = { ...body, id: newId() as AccountId, person: body.person as PersonId }
      await runCommand(runtime, createAccount, account, actor)
      return newLink(account.id, actor)
    }),
    bind(contract.issueLink, ({ params, actor }) => newLink(params.id as AccountId, actor)),
    bind(contract.disableAccount, async ({ params, body, actor }) => {
      await runCommand(runtime, disableAccount, { id: params.id as AccountId, ...body }, actor)
    }),
    bind(contract.enableAccount, async ({ params, actor }) => {
      await runCommand(runtime, enableAccount, { id: params.id as AccountId }, actor)
    }),
  ]
}
