import { createCipheriv, randomBytes } from "node:crypto"
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
 * Seals one chunk as [nonce, ciphertext, tag] with AES-256-GCM. The nonce is random, because a crash may make
 * the store seal other content at the same place under the same key.
 */
export function sealChunk(key: Uint8Array, place: ChunkPlace, plain: Uint8Array): Uint8Array[] {
  const nonce = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", key, nonce)
  cipher.setAAD(placeBytes(place))
  const sealed = cipher.update(plain)
  cipher.final()
  return [nonce, sealed, cipher.getAuthTag()]
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

function placeBytes({ id, index, last }: ChunkPlace): Uint8Array {
  return Buffer.from(`hushou file ${id} chunk ${index} ${last ? "last" : "more"}`)
}
