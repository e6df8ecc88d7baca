import type { FastifyReply, FastifyRequest } from "fastify"
import type { Refusal } from "../../kernel/decision.ts"

/** A route for programs rather than browsers: it takes a bearer token, never a session, and words refusals its own way. */
export interface ProgramRoute {
  readonly answerRefused: (
    reply: FastifyReply,
    refusals: readonly [Refusal, ...Refusal[]],
  ) => FastifyReply | Promise<FastifyReply>
}

declare module "fastify" {
  interface FastifyContextConfig {
    readonly program?: ProgramRoute
  }
}

/** What stands after `Bearer` in the request, whatever it is worth. */
export function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? "")?.[1] ?? null
}

/** Whether no page of another site can have caused it: a browser adds cookies by itself, but never a bearer token. */
export function comesFromProgram(request: FastifyRequest): boolean {
  const { program } = request.routeOptions.config
  return program !== undefined && bearerToken(request) !== null && request.headers.cookie === undefined
}
