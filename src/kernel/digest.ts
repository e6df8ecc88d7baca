import canonicalize from "canonicalize"
import { createHash } from "node:crypto"
import type { Json } from "./decision.ts"

/** SHA-256, in hex, of a value's canonical form (RFC 8785). Members that are `undefined` do not count. */
export function digestOf(value: Json): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError("only JSON values have a digest")
  return createHash("sha256").update(text).digest("hex")
}
