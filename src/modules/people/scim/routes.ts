import type { FastifyReply, FastifyRequest, HTTPMethods } from "fastify"
import type { AttachedRoute } from "../../../platform/http/bind.ts"
import type { ProgramRoute } from "../../../platform/http/program-route.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import { recordRefusal, type Runtime } from "../../../runtime/index.ts"
import { listGroups, patchGroup, readGroup, refuseToChangeGroups, replaceGroup } from "./groups.ts"
import { identifyClient } from "./identify.ts"
import { askedIn, errorOf, listOf, SCIM_PATH, type Acting, type Asked } from "./messages.ts"
import { oneOf, providerConfig, resourceTypes, schemas } from "./provider.ts"
import { createUser, deleteUser, listUsers, patchUser, readUser, replaceUser } from "./users.ts"

const SCIM_TYPE = "application/scim+json; charset=utf-8"

/** What came with a request. */
interface Came {
  readonly id: string
  readonly body: unknown
  readonly asked: Asked
}

type Answer = (acting: Acting, came: Came) => object | Promise<object | null>

/** The SCIM 2.0 server (RFC 7643, RFC 7644). */
export function scimRoutes(runtime: Runtime): readonly AttachedRoute[] {
  const on = (method: HTTPMethods | HTTPMethods[], path: string, answer: Answer) =>
    bindScim(runtime, method, path, answer)
  const { origin } = runtime
  const readEach = (kind: string, all: () => readonly { readonly id: string }[]) => [
    on("GET", `/${kind}`, (_, { asked }) => listOf(all(), asked, (one) => one)),
    on("GET", `/${kind}/:id`, (_, { id }) => oneOf(all(), id)),
  ]
  return [
    on("GET", "/ServiceProviderConfig", () => providerConfig(origin)),
    ...readEach("ResourceTypes", () => resourceTypes(origin)),
    ...readEach("Schemas", () => schemas(origin)),
    on("GET", "/Users", (acting, { asked }) => listUsers(acting, asked)),
    on("POST", "/Users", (acting, { body }) => createUser(acting, body)),
    on("GET", "/Users/:id", (acting, { id, asked }) => readUser(acting, id, asked)),
    on("PUT", "/Users/:id", (acting, { id, body }) => replaceUser(acting, id, body)),
    on("PATCH", "/Users/:id", (acting, { id, body }) => patchUser(acting, id, body)),
    on("DELETE", "/Users/:id", (acting, { id }) => deleteUser(acting, id)),
    on("GET", "/Groups", (acting, { asked }) => listGroups(acting, asked)),
    on("GET", "/Groups/:id", (acting, { id, asked }) => readGroup(acting, id, asked)),
    on("PUT", "/Groups/:id", (acting, { id, body }) => replaceGroup(acting, id, body)),
    on("PATCH", "/Groups/:id", (acting, { id, body }) => patchGroup(acting, id, body)),
    on("POST", "/Groups", refuseToChangeGroups),
    on("DELETE", "/Groups/:id", refuseToChangeGroups),
    on(["GET", "POST", "PUT", "PATCH", "DELETE"], "/*", () =>
      Promise.reject(new RefusedError([refuse("NOT_FOUND")])),
    ),
  ]
}

function bindScim(
  runtime: Runtime,
  method: HTTPMethods | HTTPMethods[],
  path: string,
  answer: Answer,
): AttachedRoute {
  const url = `${SCIM_PATH}${path}`
  return {
    attach: (server) => {
      server.route({
        ...{ method, url, config: { program: { answerRefused } } },
        handler: async (request, reply) => {
          const now = runtime.clock.now()
          const actor = await identifyClient(runtime, request, now)
          try {
            const body = await answer({ runtime, actor, now }, await cameWith(request))
            return await send(request, reply, body)
          } catch (error) {
            if (!(error instanceof RefusedError) || error.recorded) throw error
            await recordRefusal(runtime, actor, `${request.method} ${url}`, error.refusals)
            throw new RefusedError(error.refusals, true)
          }
        },
      })
    },
  }
}

async function cameWith({ params, body, query }: FastifyRequest): Promise<Came> {
  const { id = "" } = params as { readonly id?: string }
  return { id, body, asked: await askedIn(query) }
}

const STATUS: Readonly<Record<string, number>> = { POST: 201, DELETE: 204 }

function send({ method }: FastifyRequest, reply: FastifyReply, body: object | null): FastifyReply {
  reply.code(STATUS[method] ?? 200)
  if (body === null) return reply.send()
  const text = JSON.stringify(body)
  if (method === "POST") reply.header("location", locationIn(text))
  return reply.type(SCIM_TYPE).send(text)
}

function locationIn(text: string): string {
  return (JSON.parse(text) as { readonly meta: { readonly location: string } }).meta.location
}

const answerRefused: ProgramRoute["answerRefused"] = (reply, refusals) => {
  const { status, body } = errorOf(refusals)
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="scim"')
  if (status === 429) reply.header("retry-after", "60")
  return reply.code(status).type(SCIM_TYPE).send(JSON.stringify(body))
}
