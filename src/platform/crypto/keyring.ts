import { createHash, createHmac, createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto"
import {
  claimDirectory,
  createKey,
  KeyringError,
  readKey,
  readManifest,
  removeOtherKeys,
  replaceManifest,
  settleManifest,
  type Manifest,
} from "./key-files.ts"
import { seal, unseal } from "./sealing.ts"

export { KeyringError } from "./key-files.ts"

/** A data key, readable only with the key-encryption key `kek`. `bytes` is nonce ‖ ciphertext ‖ tag. */
export interface WrappedKey {
  readonly kek: string
  readonly bytes: Uint8Array
}

/** Signs ledger heads as C2SP signed notes with Ed25519 (key id: signed-note, "Signatures"). */
export interface LedgerSigner {
  readonly name: string
  /** 4 bytes: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key) cut short. */
  readonly keyId: Uint8Array
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

/** The keys of one installation; they live only in HUSHOU_KEYS. Methods throw `KeyringError` when a key is missing. */
export interface Keyring {
  /** Encrypts a data key under the current key-encryption key, bound to `context` (such as an object's id). */
  wrap(dek: Uint8Array, context: string): WrappedKey
  /** Throws UNWRAP_REFUSED when the bytes were altered or `context` is not the one given to `wrap`. */
  unwrap(wrapped: WrappedKey, context: string): Uint8Array
  ledgerSigner(): LedgerSigner
  /** `<key id>:<hex of HMAC-SHA256>`; equal identifiers give equal pseudonyms under one key. */
  pseudonym(rawIdentifier: string): string
  currentKek(): string
  /** Makes a new key-encryption key current, unless a rotation is under way; older ones still unwrap. */
  beginRotation(): Promise<Rotation>
  /** Destroys all key-encryption keys but the current one for ever, and with them all that was not wrapped anew. */
  finishRotation(): Promise<void>
}

export interface Rotation {
  readonly from: string
  readonly to: string
  /** Whether an earlier call began it. */
  readonly resumed: boolean
}

/** Wraps anew, under the current key, every data key one keeper holds; gives how many it changed. */
export type Rewrap = (keyring: Keyring) => Promise<number>

/**
 * Opens the keys in `dir`. The first time it makes the directory (0700) and the keys (0600), unless
 * `mustExist` says that data is there already, when new keys would only hide that the old ones are gone.
 */
export async function openKeyring(dir: string, mustExist = false): Promise<Keyring> {
  await claimDirectory(dir)
  const manifest = readManifest(dir) ?? (mustExist ? refuseAbsent(dir) : await createKeys(dir))
  for (const id of Object.values(manifest.current)) readKey(dir, id)
  return keyringAt(dir, manifest)
}

/**
 * Has every keeper wrap its data keys under a new key-encryption key, and destroys the old one when a whole round
 * found nothing left under it; before that `record` is told. Cut short anywhere, everything stays readable and the
 * next call goes on. MUST NOT run while another process wraps keys.
 */
export async function rotateKek(
  keyring: Keyring,
  keepers: readonly Rewrap[],
  record: (rotation: Rotation, rewrapped: number) => Promise<void>,
): Promise<Rotation & { readonly rewrapped: number }> {
  const rotation = await keyring.beginRotation()
  let rewrapped = 0
  let round: number
  do {
    round = 0
    for (const rewrap of keepers) round += await rewrap(keyring)
    rewrapped += round
  } while (round > 0)
  await record(rotation, rewrapped)
  await keyring.finishRotation()
  return { ...rotation, rewrapped }
}

function refuseAbsent(dir: string): never {
  throw new KeyringError(
    "KEYS_ABSENT",
    `no keys in ${dir}, but the data directory is in use; put the keys back or correct HUSHOU_KEYS`,
  )
}

async function createKeys(dir: string): Promise<Manifest> {
  const current = {
    kek: await createKey(dir, "kek"),
    ledger: await createKey(dir, "ledger"),
    pseudonym: await createKey(dir, "pseudonym"),
  }
  const ledgerName = `hushou/${randomBytes(4).toString("hex")}`
  return settleManifest(dir, { version: 1, ledgerName, current })
}

function keyringAt(dir: string, manifest: Manifest): Keyring {
  // Read at each use: a rotation changes it under the keyring that is open.
  const currentKek = () => (readManifest(dir) ?? refuseAbsent(dir)).current.kek
  const signer = ledgerSigner(manifest.ledgerName, readKey(dir, manifest.current.ledger))
  const pseudonymKey = readKey(dir, manifest.current.pseudonym)
  return {
    wrap(dek, context) {
      const kek = currentKek()
      return { kek, bytes: seal(readKey(dir, kek), dek, context) }
    },
    unwrap: ({ kek, bytes }, context) =>
      unseal(readKey(dir, kek), bytes, context) ?? refuseUnwrap(kek, context),
    ledgerSigner: () => signer,
    pseudonym: (raw) =>
      `${manifest.current.pseudonym}:${createHmac("sha256", pseudonymKey).update(raw).digest("hex")}`,
    currentKek,
    async beginRotation() {
      const before = readManifest(dir) ?? refuseAbsent(dir)
      const { kek: from } = before.current
      if (before.retiring !== undefined) return { from: before.retiring, to: from, resumed: true }
      const to = await createKey(dir, "kek")
      await replaceManifest(dir, { ...before, current: { ...before.current, kek: to }, retiring: from })
      return { from, to, resumed: false }
    },
    async finishRotation() {
      const { retiring: _, ...settled } = readManifest(dir) ?? refuseAbsent(dir)
      await removeOtherKeys(dir, "kek", settled.current.kek)
      await replaceManifest(dir, settled)
    },
  }
}

function refuseUnwrap(kek: string, context: string): never {
  throw new KeyringError(
    "UNWRAP_REFUSED",
    `the data key of ${context} was altered or belongs to something else (wrapped by ${kek})`,
  )
}

/** RFC 8410: the fixed start of a PKCS #8 Ed25519 private key, before its 32 bytes. */
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex")

function ledgerSigner(name: string, seed: Uint8Array): LedgerSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: "der", type: "pkcs8" })
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32)
  const keyId = createHash("sha256").update(`${name}\n\x01`).update(publicKey).digest().subarray(0, 4)
  return { name, keyId, publicKey, sign: (message) => sign(null, message, key) }
}
