import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Socket } from "node:net"
import { STATUS_CODES } from "node:http"
import { refuse } from "../../regulation/rule.ts"
import { PROBLEM_TYPE, problemOf } from "./problem.ts"

/** No route has this address. */
const UNREADABLE = "/api/unreadable-address"

/** Sends a request whose address cannot be decoded through every control, to where unknown addresses end. */
export function routeUnreadableAddress(
  server: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  request.raw.url = UNREADABLE
  server.routing(request.raw, reply.raw)
}

/** Answers bytes that are no HTTP request, of which nothing is repeated, and closes. */
export function answerUnparsed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy()
  const isTooLarge = error.code === "HPE_HEADER_OVERFLOW"
  const problem = problemOf([
    isTooLarge ? refuse("BODY_TOO_LARGE") : refuse("INVALID_INPUT", { field: "request" }),
  ])
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options: nosniff",
    "referrer-policy: no-referrer",
    "connection: close",
  ]
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`)
}
