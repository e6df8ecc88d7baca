import { open, stat, type FileHandle } from "node:fs/promises"
import { Readable } from "node:stream"
import type { Keyring } from "../crypto/keyring.ts"
import { CHUNK_BYTES, layoutOf, openChunk, SEALED_BYTES } from "./chunks.ts"
import { FileError, unlessMissing } from "./errors.ts"
import { readDek, type Place } from "./places.ts"

/** Bytes `start` to `end`, both inside; `end` left out means to the last byte. */
export interface ByteRange {
  readonly start: number
  readonly end?: number
}

export interface OpenedFile {
  /** Content bytes of the whole object, whatever range was asked for. */
  readonly bytes: number
  /** Fails with FILE_DAMAGED at the first chunk that was altered; what came before it was genuine. */
  readonly stream: Readable
}

interface Complete {
  readonly place: Place
  readonly dek: Uint8Array
  readonly lastIndex: number
  readonly bytes: number
}

/** Opens a complete object; a cut-off one is noticed before its first byte is given out. */
export async function openObject(place: Place, keyring: Keyring, range?: ByteRange): Promise<OpenedFile> {
  const object = await findComplete(place, keyring)
  const start = range?.start ?? 0
  const end = Math.min(range?.end ?? object.bytes - 1, object.bytes - 1)
  const whole = start === 0 && range?.end === undefined
  if (!whole && !(Number.isInteger(start) && start >= 0 && start <= end))
    throw new FileError("RANGE_INVALID", `file ${place.id} has ${object.bytes} bytes`)
  return { bytes: object.bytes, stream: Readable.from(contentOf(object, start, end), { objectMode: false }) }
}

/** Content bytes of a complete object. Throws as opening it would; its last chunk is known to be genuine. */
export async function measureObject(place: Place, keyring: Keyring): Promise<number> {
  return (await findComplete(place, keyring)).bytes
}

async function findComplete(place: Place, keyring: Keyring): Promise<Complete> {
  const found = await unlessMissing(stat(place.content))
  if (found === null) throw new FileError("FILE_MISSING", `there is no file ${place.id}`)
  const dek = await readDek(place, keyring)
  if (dek === null) throw new FileError("FILE_DESTROYED", `the data key of file ${place.id} was destroyed`)
  const layout = layoutOf(found.size) ?? damaged(place, 0)
  const object = { place, dek, ...layout }
  await withFile(place.content, (handle) => readChunk(handle, object, layout.lastIndex, lastBuffer()))
  return object
}

const lastBuffer = () => Buffer.allocUnsafe(SEALED_BYTES)

async function* contentOf(object: Complete, start: number, end: number): AsyncGenerator<Uint8Array> {
  const handle = await open(object.place.content, "r")
  try {
    const buffer = Buffer.allocUnsafe(SEALED_BYTES)
    for (let index = Math.floor(start / CHUNK_BYTES); index * CHUNK_BYTES <= end; index++) {
      const content = await readChunk(handle, object, index, buffer)
      const from = Math.max(0, start - index * CHUNK_BYTES)
      const until = Math.min(content.length, end + 1 - index * CHUNK_BYTES)
      if (until > from) yield content.subarray(from, until)
    }
  } finally {
    await handle.close()
  }
}

async function readChunk(
  handle: FileHandle,
  { place, dek, lastIndex }: Complete,
  index: number,
  buffer: Buffer,
): Promise<Uint8Array> {
  const sealed = await readSealed(handle, index, buffer)
  const last = index === lastIndex
  return openChunk(dek, { id: place.id, index, last }, sealed) ?? damaged(place, index)
}

/** The full chunks of an unfinished object that are genuine, in order; stops at the first that is not. */
export async function* fullChunks(
  handle: FileHandle,
  place: Place,
  dek: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(SEALED_BYTES)
  for (let index = 0; ; index++) {
    const sealed = await readSealed(handle, index, buffer)
    const content =
      sealed.length < SEALED_BYTES ? null : openChunk(dek, { id: place.id, index, last: false }, sealed)
    if (content === null) return
    yield content
  }
}

/** The bytes stored for chunk `index`, fewer than SEALED_BYTES at the file's end. */
async function readSealed(handle: FileHandle, index: number, buffer: Buffer): Promise<Buffer> {
  let filled = 0
  while (filled < SEALED_BYTES) {
    const { bytesRead } = await handle.read({
      buffer,
      offset: filled,
      length: SEALED_BYTES - filled,
      position: index * SEALED_BYTES + filled,
    })
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, "r")
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

function damaged(place: Place, chunk: number): never {
  throw new FileError(
    "FILE_DAMAGED",
    `file ${place.id} was altered or cut off at byte ${chunk * CHUNK_BYTES}; restore it from a backup`,
  )
}
