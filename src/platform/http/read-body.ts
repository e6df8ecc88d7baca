import type { Readable } from "node:stream"
import { refuse } from "../../regulation/rule.ts"
import { RefusedError } from "./refused-error.ts"

/** All of a `stream` body, of at most `limit` bytes. @throws RefusedError BODY_TOO_LARGE */
export async function readBody(source: Readable, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of source as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw new RefusedError([refuse("BODY_TOO_LARGE")])
    parts.push(part)
  }
  return Buffer.concat(parts)
}
