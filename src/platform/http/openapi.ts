import { z } from "zod"
import type { Endpoint } from "../../contract/endpoint.ts"
import { Problem } from "../../contract/problem.ts"

/**
 * The OpenAPI 3.1 document of the endpoints as they are reached at `origin`; printed to `docs/generated/openapi.json`
 * and served at `/api/openapi.json`.
 */
export function openApiOf(endpoints: readonly Endpoint[], version: string, origin: string): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = `/api${endpoint.path.replaceAll(/:(\w+)/g, "{$1}")}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: "3.1.0",
    info: { title: "Hushou 戶守", version },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem) },
      parameters: { Origin: { name: "Origin", in: "header", required: true, schema: { const: origin } } },
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: sessionCookieAt(origin) } },
    },
  }
}

function sessionCookieAt(origin: string): string {
  return origin.startsWith("https:") ? "__Host-hushou_session" : "hushou_session"
}

function operationOf(endpoint: Endpoint): object {
  return {
    summary: endpoint.summary,
    security: endpoint.access === "public" ? [] : [{ session: [] }],
    parameters: [
      ...parametersOf(endpoint.params, "path"),
      ...parametersOf(endpoint.query, "query"),
      ...(endpoint.method === "GET" ? [] : [{ $ref: "#/components/parameters/Origin" }]),
    ],
    ...bodyOf(endpoint),
    responses: {
      ...replyOf(endpoint),
      default: {
        description: `problem+json: ${endpoint.refuses.join(", ") || "general refusals"}`,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  }
}

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query"): object[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = jsonSchema(schema) as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: property,
  }))
}

function bodyOf(endpoint: Endpoint): object {
  if (endpoint.body === undefined) return {}
  const content =
    endpoint.body === "stream"
      ? { "application/octet-stream": {} }
      : { "application/json": { schema: jsonSchema(endpoint.body) } }
  return { requestBody: { required: true, content } }
}

function replyOf(endpoint: Endpoint): object {
  if (endpoint.reply === "nothing") return { 204: { description: "Done" } }
  if (endpoint.reply === "file")
    return { 200: { description: "A file", content: { "application/octet-stream": {} } } }
  return {
    200: { description: "Done", content: { "application/json": { schema: jsonSchema(endpoint.reply) } } },
  }
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })
  return rest
}
