import { createHash, randomBytes } from "node:crypto"
import { lstatSync, readFileSync } from "node:fs"
import { mkdir, readdir, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { createDurably, shred, syncDirectory, writeDurably } from "../files/durable.ts"

export type KeyringErrorCode =
  | "KEYS_EXPOSED" // the directory or a key file is readable by others
  | "KEYS_ABSENT" // keys were expected and the directory has none
  | "KEY_MISSING" // one key that is needed is gone: what it wrapped cannot be read
  | "KEY_DAMAGED" // a key file's content does not match its name
  | "UNWRAP_REFUSED" // the wrapped key was altered or belongs to something else

export class KeyringError extends Error {
  override readonly name = "KeyringError"
  readonly code: KeyringErrorCode

  constructor(code: KeyringErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

export type KeyKind = "kek" | "ledger" | "pseudonym"

/** Which keys are in use. Older ones stay as files until they are destroyed. */
export interface Manifest {
  readonly version: 1
  readonly ledgerName: string
  readonly current: Readonly<Record<KeyKind, string>>
  /** The key-encryption key before the current one, while a rotation is under way. */
  readonly retiring?: string
}

const MANIFEST = "keyring.json"

/** Creates the directory (0700) if it is not there and refuses one that others can enter. */
export async function claimDirectory(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const { mode } = await stat(dir)
  if (process.platform === "win32" || (mode & 0o077) === 0) return
  throw new KeyringError("KEYS_EXPOSED", `others may enter the key directory ${dir}; run: chmod 700 ${dir}`)
}

export function readManifest(dir: string): Manifest | null {
  const text = readPrivate(join(dir, MANIFEST))
  return text === null ? null : (JSON.parse(text) as Manifest)
}

/** Writes the first manifest unless another process was faster; gives the one that counts. */
export async function settleManifest(dir: string, proposed: Manifest): Promise<Manifest> {
  try {
    await createDurably(join(dir, MANIFEST), JSON.stringify(proposed))
    return proposed
  } catch (error) {
    const theirs = readManifest(dir)
    if (theirs === null) throw error
    return theirs
  }
}

export async function replaceManifest(dir: string, next: Manifest): Promise<void> {
  await writeDurably(join(dir, MANIFEST), JSON.stringify(next))
}

/** Makes a key of 32 random bytes; its id carries a check value of the secret, so a wrong file is noticed. */
export async function createKey(dir: string, kind: KeyKind): Promise<string> {
  const secret = randomBytes(32)
  const id = `${kind}-${checkValue(secret)}`
  await createDurably(keyPath(dir, id), secret.toString("base64"))
  return id
}

export function readKey(dir: string, id: string): Uint8Array {
  const text = /^[a-z]+-[0-9a-f]{16}$/.test(id) ? readPrivate(keyPath(dir, id)) : null
  if (text === null)
    throw new KeyringError(
      "KEY_MISSING",
      `the key ${id} is not in ${dir}; what it protects cannot be read until the key file is put back`,
    )
  const secret = Buffer.from(text, "base64")
  if (secret.length !== 32 || !id.endsWith(checkValue(secret)))
    throw new KeyringError(
      "KEY_DAMAGED",
      `the file of key ${id} in ${dir} does not hold that key; restore it`,
    )
  return secret
}

/** Overwrites and removes every key of a kind but one, with what an interrupted write left of any. */
export async function removeOtherKeys(dir: string, kind: KeyKind, kept: string): Promise<void> {
  for (const name of await readdir(dir))
    if (name.startsWith(`${kind}-`) && name !== basename(keyPath(dir, kept))) await shred(join(dir, name))
  await syncDirectory(dir)
}

function keyPath(dir: string, id: string): string {
  return join(dir, `${id}.key`)
}

function checkValue(secret: Uint8Array): string {
  return createHash("sha256").update("hushou key check value\n").update(secret).digest("hex").slice(0, 16)
}

/** The text of a file only its owner may read; `null` when it is not there. */
function readPrivate(path: string): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0)
    throw new KeyringError("KEYS_EXPOSED", `others may read ${path}; run: chmod 600 ${path}`)
  return readFileSync(path, "utf8")
}
