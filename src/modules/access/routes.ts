import type { FastifyReply, FastifyRequest } from "fastify"
import type { PersonActor } from "../../kernel/actor.ts"
import type { AccountId, PersonId } from "../../kernel/ids.ts"
import { plusMs } from "../../kernel/time.ts"
import { inTx } from "../../platform/db/tx.ts"
import { newId, newSecret } from "../../platform/ids.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { createAccount } from "./commands/create-account.ts"
import { setPassword } from "./commands/set-password.ts"
import { closeSession, signIn } from "./commands/sign-in.ts"
import * as contract from "./contract.ts"
import { createFirstAdministrator } from "./first-administrator.ts"
import { LINK_MS } from "./model.ts"
import { hashPassword, tokenHashOf } from "./passwords.ts"
import { readMe } from "./reads.ts"
import { findActor } from "./sessions.ts"
import { insertLink } from "./store.ts"

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
    bind(contract.createAccount, async ({ body, actor }) => {
      const account = await runCommand(
        runtime,
        createAccount,
        { id: newId() as AccountId, person: body.person as PersonId, loginName: body.loginName },
        actor,
      )
      return {
        id: account.id,
        link: `${origin}/set-password#${await createPasswordLink(runtime, account.id)}`,
      }
    }),
  ]
}

/** The token travels in the link's fragment, which browsers do not send, so that no log of any server holds it. */
async function createPasswordLink(runtime: Runtime, account: AccountId): Promise<string> {
  const now = runtime.clock.now()
  const token = newSecret()
  const link = { kind: "set-password", account, expiresAt: plusMs(now, LINK_MS), usedAt: null } as const
  await inTx(runtime.db, (tx) => insertLink(tx, tokenHashOf(token), link, now))
  return token
}
