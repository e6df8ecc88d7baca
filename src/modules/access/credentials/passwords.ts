import { hash, verify } from "@node-rs/argon2"
import { createHash } from "node:crypto"
import type { Keyring } from "../../../platform/crypto/keyring.ts"

/** argon2id with OWASP's minimum of 19 MiB and two passes; its default variant is argon2id. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS)
}

let decoy: Promise<string> | undefined

/** Verifies against a decoy when there is no hash, so that timing does not tell whether an account exists. */
export async function isPasswordRight(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this password")
  const right = await verify(passwordHash ?? (await decoy), password)
  return right && passwordHash !== null
}

/** What stands in the database for a token or link: SHA-256, since the secret itself has 256 random bits. */
export function tokenHashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest()
}

/** Ties a session or link to what it is for with a key that no database holds: a row written or moved there opens nothing. */
export function sealOf(keyring: Keyring, tokenHash: Buffer, ...what: readonly (string | null)[]): Buffer {
  const tied = keyring.pseudonym(JSON.stringify([tokenHash.toString("hex"), ...what]))
  return createHash("sha256").update(tied).digest()
}
