import { createHash, type Hash } from "node:crypto"
import { open, readFile, rename, rm, type FileHandle } from "node:fs/promises"
import type { Readable } from "node:stream"
import type { FileId } from "../../kernel/ids.ts"
import type { Keyring } from "../crypto/keyring.ts"
import { seal, unseal } from "../crypto/sealing.ts"
import { CHUNK_BYTES, SEALED_BYTES, sealChunk } from "./chunks.ts"
import { syncDirectory, writeDurably } from "./durable.ts"
import { FileError, unlessMissing } from "./errors.ts"
import { createDek, readDek, type Place } from "./places.ts"
import { fullChunks } from "./read.ts"

/** Sees the content once, in order, as it is encrypted. MUST NOT keep `bytes` once it has returned or resolved. */
export interface Tap {
  write(bytes: Uint8Array): unknown
}

/** Chunks between two hints to the disk. */
const SYNC_CHUNKS = 32

/** A complete object. */
export interface StoredFile {
  readonly id: FileId
  readonly bytes: number
  /** Hex of the SHA-256 of the content. */
  readonly sha256: string
}

/**
 * An object on its way in: encrypted from the first byte, hashed and shown to the tap in the same pass.
 * `part` holds full chunks only; `tail` holds the rest, so that every acknowledged byte survives a crash.
 */
export class Upload {
  readonly #place: Place
  readonly #dek: Uint8Array
  readonly #handle: FileHandle
  readonly #tap: Tap | undefined
  readonly #ended = Promise.withResolvers<null>()
  readonly #hash: Hash = createHash("sha256")
  readonly #buffer = new Uint8Array(CHUNK_BYTES)
  #filled = 0
  #chunks = 0
  #writing: Promise<void> = Promise.resolve()
  #syncing: Promise<void> = Promise.resolve()
  #source: Readable | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #state: "open" | "broken" | "finished" = "open"

  private constructor(place: Place, dek: Uint8Array, handle: FileHandle, tap?: Tap) {
    this.#place = place
    this.#dek = dek
    this.#handle = handle
    this.#tap = tap
  }

  /** Begins an object, or continues one a crash interrupted: what is stored passes hash and tap again. */
  static async open(place: Place, keyring: Keyring, tap?: Tap): Promise<Upload> {
    const dek = (await readDek(place, keyring)) ?? (await createDek(place, keyring))
    const handle = (await unlessMissing(open(place.part, "r+"))) ?? (await createPart(place))
    const upload = new Upload(place, dek, handle, tap)
    try {
      await upload.#replay()
    } catch (error) {
      await handle.close()
      throw error
    }
    return upload
  }

  /** Content bytes taken so far; `append` acknowledges them when it returns. */
  get received(): number {
    return this.#chunks * CHUNK_BYTES + this.#filled
  }

  /** Resolves when this upload is finished, closed or broken and holds its file no more. */
  get ended(): Promise<unknown> {
    return this.#ended.promise
  }

  get isOpen(): boolean {
    return this.#state === "open"
  }

  /**
   * Takes `source` as the bytes from `offset` on, which must be `received` (else OFFSET_MISMATCH). Gives the
   * bytes that are durable now. When the source breaks off, what came is kept durably and the error is passed on.
   * A later call takes over from one still running: the older connection is gone or hangs.
   */
  append(offset: number, source: Readable): Promise<number> {
    source.on("error", () => undefined) // it may fail while it waits for its turn; the loop then reports it
    this.#source?.destroy(new FileError("UPLOAD_TAKEN_OVER", "a newer connection continues this upload"))
    return this.#inTurn(async () => {
      if (offset !== this.received)
        throw new FileError("OFFSET_MISMATCH", `continue at byte ${this.received}`, this.received)
      try {
        await this.#take(source)
      } finally {
        await this.#unlessBroken(() => this.#settle())
      }
      return this.received
    })
  }

  /** Takes all of `source` and finishes; nothing is acknowledged before. */
  put(source: Readable): Promise<StoredFile> {
    return this.#inTurn(async () => {
      await this.#take(source)
      return this.#finish()
    })
  }

  /** Seals the last chunk and makes the object visible in one step. */
  finish(): Promise<StoredFile> {
    return this.#inTurn(() => this.#finish())
  }

  /** Lets go of the file; what is stored stays and can be continued. */
  async close(): Promise<void> {
    this.#source?.destroy()
    await this.#turn.catch(() => undefined)
    await this.#end("broken")
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn
      .catch(() => undefined)
      .then(() => {
        if (this.#state !== "open") throw new FileError("UPLOAD_FINISHED", "this upload takes nothing more")
        return work()
      })
    this.#turn = turn
    return turn
  }

  async #take(source: Readable): Promise<void> {
    this.#source = source
    try {
      for await (const piece of source as AsyncIterable<Uint8Array>)
        await this.#unlessBroken(() => this.#fill(piece))
    } finally {
      this.#source = null
    }
  }

  async #fill(piece: Uint8Array): Promise<void> {
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + CHUNK_BYTES - this.#filled)
      this.#buffer.set(part, this.#filled)
      this.#filled += part.length
      from += part.length
      if (this.#filled === CHUNK_BYTES) await this.#flush(false)
    }
  }

  /** Hashes and seals the buffer while the tap looks at it and the chunk before is being written. */
  async #flush(last: boolean): Promise<void> {
    const plain = this.#buffer.subarray(0, this.#filled)
    const index = this.#chunks
    const seen = this.#see(plain)
    const sealed = sealChunk(this.#dek, { id: this.#place.id, index, last }, plain)
    await seen
    await this.#writing
    this.#writing = writeAll(this.#handle, sealed, index * SEALED_BYTES)
    this.#writing.catch(() => undefined) // reported by the next await
    if (index % SYNC_CHUNKS === SYNC_CHUNKS - 1) this.#startSync()
    if (last) return
    this.#chunks++
    this.#filled = 0
  }

  /** Has the disk write while more comes in, so that the end does not wait for everything. */
  #startSync(): void {
    this.#syncing = this.#syncing.then(() => this.#handle.datasync())
    this.#syncing.catch(() => undefined) // reported by the next await
  }

  async #see(plain: Uint8Array): Promise<void> {
    const seen = this.#tap?.write(plain)
    this.#hash.update(plain)
    await seen
  }

  async #settle(): Promise<void> {
    await this.#writing
    await this.#syncing
    await this.#handle.datasync()
    if (this.#filled === 0) return
    const tail = this.#buffer.subarray(0, this.#filled)
    await writeDurably(this.#place.tail, seal(this.#dek, tail, this.#tailContext()))
  }

  async #finish(): Promise<StoredFile> {
    const { id, part, content, tail, directory } = this.#place
    await this.#unlessBroken(async () => {
      await this.#flush(true)
      await this.#writing
      await this.#syncing
      await this.#handle.sync()
      await rename(part, content)
      await syncDirectory(directory)
    })
    await this.#end("finished")
    await rm(tail, { force: true })
    return { id, bytes: this.received, sha256: this.#hash.digest("hex") }
  }

  async #replay(): Promise<void> {
    for await (const content of fullChunks(this.#handle, this.#place, this.#dek)) {
      await this.#see(content)
      this.#chunks++
    }
    await this.#handle.truncate(this.#chunks * SEALED_BYTES)
    const stored = await unlessMissing(readFile(this.#place.tail))
    const tail = stored === null ? null : unseal(this.#dek, stored, this.#tailContext())
    if (tail === null) return
    this.#buffer.set(tail)
    this.#filled = tail.length
  }

  /** After a failed write memory and disk disagree: the next opening starts from the disk again. */
  async #unlessBroken<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      await this.#end("broken")
      throw error
    }
  }

  async #end(state: "broken" | "finished"): Promise<void> {
    if (this.#state !== "open") return
    this.#state = state
    await Promise.allSettled([this.#writing, this.#syncing])
    await this.#handle.close()
    this.#ended.resolve(null)
  }

  #tailContext(): string {
    return `hushou file ${this.#place.id} tail after ${this.#chunks}`
  }
}

async function createPart(place: Place): Promise<FileHandle> {
  const handle = await open(place.part, "wx+", 0o600)
  await syncDirectory(place.directory)
  return handle
}

async function writeAll(handle: FileHandle, parts: readonly Uint8Array[], position: number): Promise<void> {
  const wanted = parts.reduce((sum, part) => sum + part.length, 0)
  const { bytesWritten } = await handle.writev(parts, position)
  if (bytesWritten === wanted) return
  const rest = Buffer.concat(parts).subarray(bytesWritten)
  for (let done = 0; done < rest.length;) {
    const more = await handle.write(rest, done, rest.length - done, position + bytesWritten + done)
    done += more.bytesWritten
  }
}
