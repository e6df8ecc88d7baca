import cookie from "@fastify/cookie"
import helmet from "@fastify/helmet"
import rateLimit from "@fastify/rate-limit"
import fastify, {
  type FastifyBaseLogger,
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify"
import type { Refusal } from "../../kernel/decision.ts"
import { refuse } from "../../regulation/rule.ts"
import { newId } from "../ids.ts"
import { describeError } from "../log.ts"
import type { AttachedRoute, Identify } from "./bind.ts"
import { takeJsonStrictly } from "./json-body.ts"
import { PROBLEM_TYPE, problemOf } from "./problem.ts"
import { comesFromProgram } from "./program-route.ts"
import { RefusedError } from "./refused-error.ts"
import { answerUnparsed, routeUnreadableAddress } from "./unreadable.ts"

const IDLE_SOCKET_MS = 10 * 60_000
const JSON_BODY_LIMIT = 1024 * 1024

export interface ServerParts {
  readonly log: FastifyBaseLogger
  /** The one origin the program answers as; requests that change anything must come from it. */
  readonly origin: string
  readonly identify: Identify
  readonly routes: readonly AttachedRoute[]
  /** Called for every refusal that no command recorded. */
  readonly onRefusal: (request: FastifyRequest, refusals: readonly Refusal[]) => Promise<void>
  /** Requests a minute from one address. */
  readonly requestsPerMinute: number
  /** Addresses or networks of proxies whose `X-Forwarded-For` says where a request comes from. */
  readonly proxies: readonly string[]
}

/** The HTTP server with every control that is the same for all routes. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const server: FastifyInstance = fastify({
    loggerInstance: parts.log,
    // A request's line would hold its address and user.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_BODY_LIMIT,
    // A socket on which nothing moves: an upload that is cut goes on where it stood.
    connectionTimeout: IDLE_SOCKET_MS,
    genReqId: () => newId(),
    trustProxy: [...parts.proxies],
    frameworkErrors: (_error, request, reply) => routeUnreadableAddress(server, request, reply),
    clientErrorHandler: answerUnparsed,
  })
  takeJsonStrictly(server)
  server.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload))
  await server.register(cookie)
  await server.register(helmet, securityHeaders(parts.origin))
  await limitRequests(server, parts.requestsPerMinute)
  server.addHook("onRequest", toTheOneOrigin(parts.origin))
  server.addHook("onRequest", sameOriginOnly(parts.origin))
  server.setErrorHandler(async (error: FastifyError | RefusedError, request, reply) => {
    const refusals = refusalsOf(error, request, parts.log)
    if (!(error instanceof RefusedError && error.recorded))
      await parts
        .onRefusal(request, refusals)
        .catch((failure: unknown) => parts.log.error({ err: failure }, "refusal not recorded"))
    const { program } = request.routeOptions.config
    return program === undefined ? sendProblem(reply, refusals) : program.answerRefused(reply, refusals)
  })
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, [refuse("NOT_FOUND")]))
  for (const route of parts.routes) route.attach(server, parts.identify)
  return server
}

/** Counts every request, whatever becomes of it: a limiter of routes would not see unknown or refused ones. */
async function limitRequests(server: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await server.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: "1 minute",
    // The first refusal of a minute is recorded, those after it are not: a flood must not fill the ledger.
    ban: 1,
    errorResponseBuilder: (_request, { ban }) => new RefusedError([refuse("TOO_MANY_REQUESTS")], ban),
  })
  server.addHook("onRequest", server.rateLimit())
}

function securityHeaders(origin: string) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Mantine sets element styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: origin.startsWith("https:")
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    referrerPolicy: { policy: "no-referrer" as const },
    crossOriginResourcePolicy: { policy: "same-origin" as const },
  }
}

/** Probes come by address; everything else is sent to the one origin, because passkeys and cookies are tied to it. */
const PROBES = new Set(["/api/health", "/api/ready", "/metrics"])

function toTheOneOrigin(origin: string) {
  const { host } = new URL(origin)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const isPage = request.method === "GET" || request.method === "HEAD"
    if (!isPage || request.headers.host === host || PROBES.has(request.url)) return undefined
    return reply.redirect(`${origin}${request.url}`, 308)
  }
}

/** Refuses changes from other sites: a browser states the origin of every such request, a program shows its token. */
function sameOriginOnly(origin: string) {
  return async (request: FastifyRequest): Promise<void> => {
    if (request.method === "GET" || request.method === "HEAD") return
    if (comesFromProgram(request)) return
    if (request.headers.origin !== origin) throw new RefusedError([refuse("CROSS_SITE_REQUEST")])
    await Promise.resolve()
  }
}

function refusalsOf(
  error: FastifyError | RefusedError,
  request: FastifyRequest,
  log: FastifyBaseLogger,
): readonly [Refusal, ...Refusal[]] {
  if (error instanceof RefusedError) return error.refusals
  if (error.statusCode === 413) return [refuse("BODY_TOO_LARGE")]
  if (error.statusCode !== undefined && error.statusCode < 500)
    return [refuse("INVALID_INPUT", { field: "body" })]
  log.error({ err: describeError(error), id: request.id, route: request.routeOptions.url }, "request failed")
  return [refuse("INTERNAL_ERROR", { id: request.id })]
}

function sendProblem(reply: FastifyReply, refusals: readonly [Refusal, ...Refusal[]]): FastifyReply {
  const problem = problemOf(refusals)
  return reply.code(problem.status).type(PROBLEM_TYPE).send(problem)
}
