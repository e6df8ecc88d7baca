import { randomBytes, randomUUID } from "node:crypto"

/** A fresh random identifier (UUID version 4); the caller brands it. */
export function newId(): string {
  return randomUUID()
}

/** A secret of `bytes` random bytes as URL-safe text. */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString("base64url")
}
