import { randomBytes, subtle, type webcrypto } from "node:crypto"
import { unseal } from "../crypto/sealing.ts"

/** Content bytes in every chunk but the last, which has fewer (perhaps none). */
export const CHUNK_BYTES = 1 << 20
/** Nonce and tag around each chunk's content. */
export const OVERHEAD_BYTES = 12 + 16
export const SEALED_BYTES = CHUNK_BYTES + OVERHEAD_BYTES

/** Where a chunk stands: moved to another object, another place or another end, it no longer opens. */
export interface ChunkPlace {
  readonly id: string
  readonly index: number
  readonly last: boolean
}

/**
 * Seals one chunk as [nonce, ciphertext ‖ tag] with AES-256-GCM, beside the calling thread, from a copy of `plain`.
 * The nonce is random, because a crash may make the store seal other content at the same place under the same key.
 */
export async function sealChunk(
  key: webcrypto.CryptoKey,
  place: ChunkPlace,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array[]> {
  const iv = randomBytes(12)
  const additionalData = placeBytes(place)
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain)
  return [iv, new Uint8Array(sealed)]
}

/** The data key in the form that `sealChunk` takes. */
export function sealingKey(dek: Uint8Array): Promise<webcrypto.CryptoKey> {
  return subtle.importKey("raw", Uint8Array.from(dek), "AES-GCM", false, ["encrypt"])
}

/** The chunk's content, or `null` when it is not the chunk that was sealed for this place. */
export function openChunk(key: Uint8Array, place: ChunkPlace, sealed: Uint8Array): Uint8Array | null {
  return unseal(key, sealed, placeBytes(place))
}

/** How an object of `size` stored bytes is laid out; `null` when no object can have that size. */
export function layoutOf(size: number): { readonly lastIndex: number; readonly bytes: number } | null {
  const lastIndex = Math.floor(size / SEALED_BYTES)
  const rest = size - lastIndex * SEALED_BYTES - OVERHEAD_BYTES
  return rest < 0 ? null : { lastIndex, bytes: lastIndex * CHUNK_BYTES + rest }
}

function placeBytes({ id, index, last }: ChunkPlace): Uint8Array<ArrayBuffer> {
  return Buffer.from(`hushou file ${id} chunk ${index} ${last ? "last" : "more"}`)
}
