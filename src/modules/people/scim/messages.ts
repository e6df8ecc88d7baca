import SCIMMY from "scimmy"
import { z } from "zod"
import type { Actor } from "../../../kernel/actor.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import type { Instant } from "../../../kernel/time.ts"
import { parsed } from "../../../platform/http/bind.ts"
import { problemOf } from "../../../platform/http/problem.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse, sentence } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { keptOperations } from "./kept.ts"

export const SCIM_PATH = "/scim/v2"
export const MOST_RESULTS = 200
const DEFAULT_RESULTS = 100

const { PatchOp, ListResponse, ErrorResponse } = SCIMMY.Messages
const { Filter, Resource } = SCIMMY.Types

export interface Acting {
  readonly runtime: Runtime
  readonly actor: Actor
  readonly now: Instant
}

/** What the client sent wrong, in the library's words, which go to the client only. */
function wrong(scimType: string, said: string): RefusedError {
  return new RefusedError([refuse("INVALID_INPUT", { field: said, scimType })])
}

/** A reading by the library, whose complaints become refusals. */
export async function understood<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SCIMMY.Types.Error) throw wrong(error.scimType, error.message)
    if (error instanceof TypeError) throw wrong("invalidValue", error.message)
    throw error
  }
}

const whole = z
  .string()
  .regex(/^-?\d{1,9}$/)
  .transform(Number)
const Query = z.object({
  filter: z.string().max(1_000).optional(),
  attributes: z.string().max(1_000).optional(),
  excludedAttributes: z.string().max(1_000).optional(),
  startIndex: whole.default(1),
  count: whole.default(DEFAULT_RESULTS),
})

export interface Asked {
  readonly filter: string | undefined
  readonly attributes: SCIMMY.Types.Filter | undefined
  readonly startIndex: number
  readonly count: number
}

/** The query of a request (RFC 7644 §3.4.2). */
export function askedIn(query: unknown): Promise<Asked> {
  const { filter, startIndex, count, ...shown } = parsed(Query, query)
  return understood(() => ({
    filter,
    attributes: attributesIn(shown),
    startIndex: Math.max(startIndex, 1),
    count: Math.min(Math.max(count, 0), MOST_RESULTS),
  }))
}

/** The library reads them from any query; its types know only one with an id. */
function attributesIn(shown: { attributes?: string | undefined; excludedAttributes?: string | undefined }) {
  const { attributes, excludedAttributes } = shown
  const config = {
    ...(attributes === undefined ? {} : { attributes }),
    ...(excludedAttributes === undefined ? {} : { excludedAttributes }),
  }
  return new Resource("one", config).attributes
}

/** Those that the filter takes. Texts compare whatever their case, as `caseExact` is false for all that is kept. */
export function matching<T extends object>(
  resources: readonly T[],
  filter: string | undefined,
): Promise<T[]> {
  if (filter === undefined) return Promise.resolve([...resources])
  return understood(() => {
    const short = filter.replaceAll(/urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/gi, "")
    const parsedFilter = new Filter(short.toLowerCase())
    return resources.filter((resource) => {
      const lower: unknown = JSON.parse(JSON.stringify(resource).toLowerCase())
      return parsedFilter.match([lower]).length > 0
    })
  })
}

/** A page of what was asked for. */
export function listOf<T>(found: readonly T[], { startIndex, count }: Asked, show: (one: T) => object) {
  const page = found.slice(startIndex - 1, startIndex - 1 + count).map(show)
  return {
    schemas: [ListResponse.id],
    totalResults: found.length,
    ...{ startIndex, itemsPerPage: page.length, Resources: page },
  }
}

/** The resource as the operations leave it, or `null` when none of them is about anything kept. */
export async function patched<S extends SCIMMY.Types.Schema>(
  resource: S,
  message: unknown,
): Promise<S | null> {
  const kept = keptOperations(message) as ConstructorParameters<typeof PatchOp>[0]
  if (kept?.Operations.length === 0) return null
  return understood(async () => {
    const after: S[] = []
    await new PatchOp(kept).apply(resource, (target) => {
      after.push(target)
      return Promise.resolve(target)
    })
    return after[0] ?? null
  })
}

const UNIQUE: readonly string[] = ["EMAIL_TAKEN", "STAFF_NUMBER_TAKEN"]

/** RFC 7644 §3.12. */
export function errorOf(refusals: readonly [Refusal, ...Refusal[]]) {
  const http = problemOf(refusals).status
  const status = http === 422 ? 400 : http
  const [{ code, detail: said }] = refusals
  const otherwise = UNIQUE.includes(code) ? "uniqueness" : status === 400 ? "invalidValue" : undefined
  const scimType = said?.["scimType"] ?? otherwise
  const detail = refusals.flatMap((refusal) => [sentence(refusal, "zh"), sentence(refusal, "en")]).join(" ")
  return { status, body: { schemas: [ErrorResponse.id], status: String(status), scimType, detail } }
}
