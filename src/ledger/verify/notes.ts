import { createPublicKey, verify, type KeyObject } from "node:crypto"
import { VerificationFailure } from "./failure.ts"
import { digestOfHex, hexOf, sha256, type Digest } from "./hashing.ts"

/** A C2SP verifier key of type Ed25519. */
export interface VerifierKey {
  readonly name: string
  /** 4 bytes, hex. */
  readonly id: string
  readonly publicKey: KeyObject
  /** `<name>+<id>+<base64>`. */
  readonly text: string
}

/** RFC 8410: the fixed start of an Ed25519 SubjectPublicKeyInfo, before its 32 bytes. */
const SPKI = "302a300506032b6570032100"

/** Reads a verifier key; `where` names its source in the failure. */
export function readKey(text: string, where: string): VerifierKey {
  const [, name = "", id = "", base64 = ""] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? []
  const bytes = Buffer.from(base64, "base64")
  const raw = bytes.subarray(1)
  const expected = hexOf(sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes]))).slice(0, 8)
  if (bytes.length !== 33 || bytes[0] !== 1 || bytes.toString("base64") !== base64 || expected !== id)
    throw new VerificationFailure(where, "is not a verifier key of an Ed25519 note (name+id+key)")
  const der = Buffer.concat([Buffer.from(SPKI, "hex"), raw])
  return { name, id, text, publicKey: createPublicKey({ key: der, format: "der", type: "spki" }) }
}

/** The text of a note signed by `key` and nobody else, to the byte (C2SP signed-note). */
export function noteText(note: Uint8Array, key: VerifierKey, where: string): string {
  const whole = Buffer.from(note)
  const end = whole.lastIndexOf("\n\n") + 1
  const text = whole.subarray(0, end)
  const [, base64 = ""] = /^\n— \S+ (\S+)\n$/.exec(whole.subarray(end).toString()) ?? []
  const bytes = Buffer.from(base64, "base64")
  const signature = bytes.subarray(4)
  const expected = Buffer.concat([Buffer.from(key.id, "hex"), signature]).toString("base64")
  const rebuilt = Buffer.concat([text, Buffer.from(`\n— ${key.name} ${expected}\n`)])
  if (end === 0 || !rebuilt.equals(whole) || !verify(null, text, key.publicKey, signature))
    throw new VerificationFailure(where, `is not signed by ${key.name}+${key.id}, or was changed`)
  return text.toString()
}

/** A tree head (C2SP tlog-checkpoint). */
export interface TreeHead {
  readonly size: number
  readonly root: Digest
}

/** Reads a signed checkpoint of the log that `key` names; extension lines are not accepted. */
export function readCheckpoint(note: Uint8Array, key: VerifierKey, where: string): TreeHead {
  const lines = noteText(note, key, where).split("\n")
  const [origin, size = "", root = ""] = lines
  const digest = Buffer.from(root, "base64")
  const isCanonical =
    /^(0|[1-9][0-9]{0,14})$/.test(size) && digest.toString("base64") === root && digest.length === 32
  if (lines.length !== 4 || origin !== key.name || !isCanonical)
    throw new VerificationFailure(where, `is not a checkpoint of ${key.name}`)
  return { size: Number(size), root: digest.toString("latin1") }
}

/** A file that the signed manifest lists. */
export interface ListedFile {
  readonly digest: Digest
  readonly size: number
  readonly path: string
}

/** Reads the signed manifest: every file outside the tlog-tiles layout, in the order they are written. */
export function readManifest(note: Uint8Array, key: VerifierKey): ListedFile[] {
  const [domain, origin, ...lines] = noteText(note, key, "manifest").trimEnd().split("\n")
  if (domain !== "hushou-ledger-manifest/1" || origin !== key.name)
    throw new VerificationFailure("manifest", `is not a manifest of ${key.name}`)
  return lines.map((line) => {
    const [, hex = "", size = "", path = ""] =
      /^([0-9a-f]{64}) (0|[1-9][0-9]*) ([a-z0-9./]+)$/.exec(line) ?? []
    if (path === "") throw new VerificationFailure("manifest", `has a line that cannot be read: ${line}`)
    return { digest: digestOfHex(hex), size: Number(size), path }
  })
}
