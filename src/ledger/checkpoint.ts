import { createPublicKey, hash, verify } from "node:crypto"
import type { Hash } from "./tree.ts"

/** Who signs checkpoints: an Ed25519 key with a name (C2SP signed-note). */
export interface NoteSigner {
  /** Key name and log origin: not empty, without spaces or `+`. */
  readonly name: string
  /** SHA-256(name || 0x0A || 0x01 || public key), first 4 bytes. */
  readonly keyId: Uint8Array
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

export type NoteKey = Pick<NoteSigner, "name" | "keyId" | "publicKey">

/** A tree head: C2SP tlog-checkpoint without extension lines. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
}

const ED25519 = 1
const KEY_NAME = /^[^\p{White_Space}+\p{Cc}]+$/u

/** The 4-byte key id of an Ed25519 note key. */
export function noteKeyId(name: string, publicKey: Uint8Array): Buffer {
  return hash(
    "sha256",
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]),
    "buffer",
  ).subarray(0, 4)
}

/** `<name>+<key id, hex>+<base64 of 0x01 || public key>`: what a verifier is given. */
export function verifierKey(key: NoteKey): string {
  const id = Buffer.from(key.keyId).toString("hex")
  return `${key.name}+${id}+${Buffer.concat([Buffer.of(ED25519), key.publicKey]).toString("base64")}`
}

/** Reads a verifier key; throws when it is not one of Ed25519 or its id does not fit. */
export function parseVerifierKey(text: string): NoteKey {
  const [, name = "", id = "", encoded = ""] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  const bytes = Buffer.from(encoded, "base64")
  const publicKey = bytes.subarray(1)
  const keyId = noteKeyId(name, publicKey)
  if (!KEY_NAME.test(name) || bytes[0] !== ED25519 || keyId.toString("hex") !== id)
    throw new Error("not a verifier key of an Ed25519 note")
  return { name, keyId, publicKey }
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root, "hex").toString("base64")}\n`
}

/** Signs a note's text (which ends in a newline): C2SP signed-note with one signature. */
export function signNote(text: string, signer: NoteSigner): string {
  const signature = Buffer.concat([signer.keyId, signer.sign(Buffer.from(text))]).toString("base64")
  return `${text}\n— ${signer.name} ${signature}\n`
}

/**
 * The text of a note that `key` alone signed. Strict: one signature line, canonical base64.
 * Throws when anything else is there or the signature does not verify.
 */
export function openNote(note: string, key: NoteKey): string {
  const end = note.lastIndexOf("\n\n")
  const text = note.slice(0, end + 1)
  const [, name, encoded = ""] = /^— (\S+) ([A-Za-z0-9+/]{91}=)\n$/.exec(note.slice(end + 2)) ?? []
  const bytes = Buffer.from(encoded, "base64")
  const signedByKey =
    end > 0 &&
    name === key.name &&
    bytes.toString("base64") === encoded &&
    bytes.subarray(0, 4).equals(key.keyId)
  if (!signedByKey || !verify(null, Buffer.from(text), publicKeyOf(key), bytes.subarray(4)))
    throw new Error(`the note is not signed by ${key.name}`)
  return text
}

function publicKeyOf(key: NoteKey) {
  const x = Buffer.from(key.publicKey).toString("base64url")
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" })
}

/** The tree head a note's text states; throws when it is not exactly three lines of a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin = "", size = "", encoded = ""] =
    /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? []
  const root = Buffer.from(encoded, "base64")
  const checkpoint = { origin, size: Number(size), root: root.toString("hex") }
  if (checkpointText(checkpoint) !== text || !Number.isSafeInteger(checkpoint.size))
    throw new Error("not a checkpoint")
  return checkpoint
}

/** Opens a signed checkpoint of the log whose name `key` carries. Throws when it is not one. */
export function openCheckpoint(note: string, key: NoteKey): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, key))
  if (checkpoint.origin !== key.name)
    throw new Error(`the checkpoint is of another log: ${checkpoint.origin}`)
  return checkpoint
}
