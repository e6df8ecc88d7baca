import type { FastifyReply, FastifyRequest } from "fastify"
import { newSecret } from "../../../platform/ids.ts"
import { tokenHashOf } from "../credentials/passwords.ts"
import type { Place } from "./model.ts"

/** The `__Host-` prefix ties a cookie to this very origin, but browsers take it over TLS only. */
function nameOf(origin: string, cookie: "session" | "device"): string {
  return origin.startsWith("https:") ? `__Host-hushou_${cookie}` : `hushou_${cookie}`
}

const DEVICE_S = 365 * 24 * 3600

function optionsAt(origin: string) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: origin.startsWith("https:") } as const
}

/** The token that a browser shows for its session, if it has one. */
export function sessionToken(request: FastifyRequest, origin: string): string | undefined {
  return request.cookies[nameOf(origin, "session")]
}

export function keepSession(reply: FastifyReply, origin: string, token: string): void {
  reply.setCookie(nameOf(origin, "session"), token, optionsAt(origin))
}

export function forgetSession(reply: FastifyReply, origin: string): void {
  reply.clearCookie(nameOf(origin, "session"), { path: "/" })
}

const AGENT_LENGTH = 200

/** The token by which a browser is known later; a new one for a browser without. */
export function deviceToken(request: FastifyRequest, origin: string): string {
  return request.cookies[nameOf(origin, "device")] ?? newSecret()
}

export function keepDevice(reply: FastifyReply, origin: string, token: string): void {
  reply.setCookie(nameOf(origin, "device"), token, { ...optionsAt(origin), maxAge: DEVICE_S })
}

/** Where a request comes from. */
export function placeOf(request: FastifyRequest, token: string): Place {
  const agent = (request.headers["user-agent"] ?? "").replaceAll(/[^\x20-\x7e]/g, "").slice(0, AGENT_LENGTH)
  return { address: request.ip, agent, device: tokenHashOf(token) }
}
