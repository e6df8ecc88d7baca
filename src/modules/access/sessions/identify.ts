import type { FastifyRequest } from "fastify"
import type { Identified } from "../../../platform/http/bind.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { tokenHashOf } from "../credentials/passwords.ts"
import { sessionToken } from "./cookies.ts"
import type { Session } from "./model.ts"
import { findSession } from "./store.ts"

/** Who sends a request, by its session cookie. */
export function identifyBySession(runtime: Runtime, origin: string) {
  return async (request: FastifyRequest): Promise<Identified> => {
    const now = runtime.clock.now()
    const token = sessionToken(request, origin)
    const nobody = { actor: { kind: "anonymous" }, stage: null, now } as const
    if (token === undefined) return { ...nobody, over: null }
    const finding = await findSession(runtime, tokenHashOf(token), now)
    if (finding.found === null) return { ...nobody, over: finding.over }
    const { actor, session } = finding.found
    return { actor, stage: session.stage, now, over: null }
  }
}

/** The session a request of a signed-in person came by. Throws when it ended this very moment. */
export async function sessionOf(
  runtime: Runtime,
  request: FastifyRequest,
): Promise<{ readonly session: Session; readonly tokenHash: Buffer }> {
  const tokenHash = tokenHashOf(sessionToken(request, runtime.origin) ?? "")
  const { found } = await findSession(runtime, tokenHash, runtime.clock.now())
  if (found === null) throw new Error("the session ended while the request was under way")
  return { session: found.session, tokenHash }
}
