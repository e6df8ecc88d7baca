import type { FastifyInstance } from "fastify"
import { refuse } from "../../regulation/rule.ts"
import { RefusedError } from "./refused-error.ts"

/** Takes JSON in UTF-8 only; left to itself, the platform would put U+FFFD for bytes that are not. */
export function takeJsonStrictly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error")
  const types = ["application/json", "application/scim+json"]
  server.addContentTypeParser<Buffer>(types, { parseAs: "buffer" }, (request, body, done) => {
    const text = decoded(body)
    if (text === null) done(new RefusedError([refuse("INVALID_INPUT", { field: "body" })]))
    else void parse(request, text, done)
  })
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
