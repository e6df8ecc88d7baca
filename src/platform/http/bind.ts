import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import type { Endpoint, InputOf, ReplyOf } from "../../contract/endpoint.ts"
import type { Actor, SessionStage } from "../../kernel/actor.ts"
import type { Refusal } from "../../kernel/decision.ts"
import type { Instant } from "../../kernel/time.ts"
import { refuse } from "../../regulation/rule.ts"
import { RefusedError } from "./refused-error.ts"

/** What a handler is given: parsed input and who asks. */
export interface Asked<E extends Endpoint> {
  readonly params: InputOf<E, "params">
  readonly query: InputOf<E, "query">
  readonly body: InputOf<E, "body">
  readonly actor: Actor
  readonly now: Instant
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Handler<E extends Endpoint> = (asked: Asked<E>) => Promise<ReplyOf<E>>

/** A route with every control of the server; by itself one of another standard's shape (`ProgramRoute`). */
export interface AttachedRoute {
  readonly attach: (server: FastifyInstance, identify: Identify) => void
}

/** Who asks, how far their sign-in has come, and, when their session is over, why. */
export interface Identified {
  readonly actor: Actor
  readonly now: Instant
  readonly stage: SessionStage | null
  readonly over: Refusal | null
}

export interface BoundRoute extends AttachedRoute {
  readonly endpoint: Endpoint
}

/** Finds out who asks; decided once, in the composition. */
export type Identify = (request: FastifyRequest) => Promise<Identified>

/** Binds an endpoint to its handler: input is parsed, the signed-in check made and the reply trimmed to its schema. */
export function bind<E extends Endpoint>(endpoint: E, handler: Handler<E>): BoundRoute {
  return {
    endpoint,
    attach: (server, identify) => {
      server.route({
        method: endpoint.method,
        url: `/api${endpoint.path}`,
        handler: async (request, reply) => {
          const identified = await identify(request)
          requireAccess(endpoint, identified)
          const { actor, now } = identified
          const asked = { ...parseInput(endpoint, request), actor, now, request, reply }
          return send(endpoint, reply, await handler(asked as unknown as Asked<E>))
        },
      })
    },
  }
}

function requireAccess({ access }: Endpoint, { actor, stage, over }: Identified): void {
  if (access === "public") return
  if (actor.kind !== "person")
    throw new RefusedError([refuse("NOT_SIGNED_IN"), ...(over === null ? [] : [over])])
  if (access === "signed-in" && stage !== "full") throw new RefusedError([refuse("PASSWORD_RENEWAL_DUE")])
}

function parseInput(endpoint: Endpoint, request: FastifyRequest) {
  return {
    params: parsedBy(endpoint.params, request.params),
    query: parsedBy(endpoint.query, request.query),
    body: endpoint.body === "stream" ? undefined : parsedBy(endpoint.body, request.body ?? undefined),
  }
}

function parsedBy(schema: z.ZodType | undefined, value: unknown): unknown {
  return schema === undefined ? undefined : parsed(schema, value)
}

/** The value that the schema makes of it. @throws RefusedError INVALID_INPUT, naming the fields that are wrong */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  const wrong = result.success ? unstorable(result.data) : result.error.issues.map(({ path }) => path)
  if (result.success && wrong.length === 0) return result.data
  // Names of fields only: the values may be personal data.
  const fields = [...new Set(wrong.map((path) => path.join(".") || "body"))]
  throw new RefusedError([refuse("INVALID_INPUT", { field: fields.join("、") })])
}

/** Where text stands that neither a table nor the ledger can hold: U+0000, or half a surrogate pair. */
function unstorable(value: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0") ? [] : [path]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => unstorable(inner, [...path, name]))
}

function send(endpoint: Endpoint, reply: FastifyReply, result: unknown): unknown {
  if (endpoint.reply === "file") return reply
  if (endpoint.reply === "nothing") return reply.code(204).send()
  return endpoint.reply.parse(result)
}
