import type { FastifyInstance } from "fastify"
import { openOffice, type Desk, type Office } from "./office.ts"

/** What the server answered a program. */
export interface ScimAnswer {
  readonly status: number
  readonly body: ScimBody
  readonly headers: Readonly<Record<string, unknown>>
}

/** The parts of resources, lists and errors that tests look at. */
export interface ScimBody {
  readonly id: string
  readonly userName: string
  readonly externalId: string
  readonly displayName: string
  readonly title: string
  readonly active: boolean
  readonly members?: readonly { readonly value: string }[]
  readonly groups?: readonly { readonly value: string }[]
  readonly meta: { readonly location: string }
  readonly totalResults: number
  readonly itemsPerPage: number
  readonly Resources: readonly ScimBody[]
  readonly scimType: string
  readonly detail: string
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
export type ScimClient = (method: Method, path: string, body?: object | Buffer) => Promise<ScimAnswer>

/** A program with a bearer token and nothing of a browser. */
export function scimClient(server: FastifyInstance, token: string, others: object = {}): ScimClient {
  return async (method, path, payload) => {
    const type = payload === undefined ? {} : { "content-type": "application/scim+json" }
    const authorization = token === "" ? {} : { authorization: `Bearer ${token}` }
    const answer = await server.inject({
      ...{ method, url: `/scim/v2${path}` },
      headers: { host: "localhost:8080", ...authorization, ...type, ...others },
      ...(payload === undefined ? {} : { payload }),
    })
    const body = (answer.body === "" ? {} : answer.json<unknown>()) as ScimBody
    return { status: answer.statusCode, body, headers: answer.headers }
  }
}

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

export function patchOf(...operations: readonly object[]) {
  return { schemas: [PATCH_OP], Operations: operations }
}

/** An administrator's new token for a client of this name. */
export async function newToken(
  administrator: Desk,
  name: string,
  { lastDay = "2026-12-31", requestsPerMinute = 1_000 } = {},
): Promise<{ readonly id: string; readonly token: string }> {
  const answer = await administrator.post<{ id: string; token: string }>("/scim-clients", {
    ...{ name, lastDay, requestsPerMinute },
  })
  if (answer.status !== 200) throw new Error(`no client: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** The demonstration agency with a personnel system at its SCIM server. */
export async function openScimOffice(): Promise<{
  readonly office: Office
  readonly administrator: Desk
  readonly hr: ScimClient
}> {
  const office = await openOffice()
  const administrator = await office.as("administrator")
  const { token } = await newToken(administrator, "人事系統")
  return { office, administrator, hr: scimClient(office.server, token) }
}
