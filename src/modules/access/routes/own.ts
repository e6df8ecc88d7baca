import type { PersonActor } from "../../../kernel/actor.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { runCommand, type Runtime } from "../../../runtime/index.ts"
import { changePassword } from "../commands/change-password.ts"
import { endOwnSession } from "../commands/end-session.ts"
import { setPasswordByLink } from "../commands/set-password.ts"
import { closeSession, signIn } from "../commands/sign-in.ts"
import * as contract from "../contracts/own.ts"
import { tokenHashOf } from "../credentials/passwords.ts"
import { createFirstAdministrator } from "../first-administrator.ts"
import { readMe, readOwnAccount } from "../reads/own-account.ts"
import {
  deviceToken,
  forgetSession,
  keepDevice,
  keepSession,
  placeOf,
  sessionToken,
} from "../sessions/cookies.ts"
import { sessionOf } from "../sessions/identify.ts"

/** Signing in and out, and what people do with their own account. */
export function ownRoutes(runtime: Runtime, origin: string): readonly BoundRoute[] {
  return [
    bind(contract.signIn, async ({ body, actor, request, reply }) => {
      const former = { actor, tokenHash: tokenHashOf(sessionToken(request, origin) ?? "") }
      const device = deviceToken(request, origin)
      const place = placeOf(request, device)
      keepSession(reply, origin, await signIn(runtime, { ...body, place, former }))
      keepDevice(reply, origin, device)
    }),
    bind(contract.signOut, async ({ actor, request, reply }) => {
      const { account } = actor as PersonActor
      const tokenHash = tokenHashOf(sessionToken(request, origin) ?? "")
      await runCommand(runtime, closeSession, { account, tokenHash }, actor)
      forgetSession(reply, origin)
    }),
    bind(contract.whoAmI, async ({ actor, request }) => {
      const { session } = await sessionOf(runtime, request)
      return readMe(runtime, actor as PersonActor, session.stage)
    }),
    bind(contract.readOwnAccount, async ({ actor, request, now }) => {
      const { session } = await sessionOf(runtime, request)
      return readOwnAccount(runtime, actor as PersonActor, session, now)
    }),
    bind(contract.changePassword, async ({ body, actor, request, reply }) => {
      const own = await sessionOf(runtime, request)
      keepSession(reply, origin, await changePassword(runtime, body, actor as PersonActor, own))
    }),
    bind(contract.endSession, async ({ params, actor }) => {
      const { account } = actor as PersonActor
      await runCommand(runtime, endOwnSession, { account, session: params.id }, actor)
    }),
    bind(contract.firstAdministrator, ({ body: { token, ...first } }) =>
      createFirstAdministrator(runtime, token, first),
    ),
    bind(contract.setPassword, ({ body, actor }) => setPasswordByLink(runtime, body, actor)),
  ]
}
