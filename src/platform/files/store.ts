import { createHash } from "node:crypto"
import { stat } from "node:fs/promises"
import type { Readable } from "node:stream"
import type { FileId } from "../../kernel/ids.ts"
import { epochMs, type Instant } from "../../kernel/time.ts"
import type { Keyring, Rewrap } from "../crypto/keyring.ts"
import { FileError, unlessMissing } from "./errors.ts"
import {
  claimStoreDirectory,
  destroyPlace,
  exists,
  placeOf,
  placesIn,
  removeUnpublished,
  rewrapDek,
  type Place,
} from "./places.ts"
import { measureObject, openObject, type ByteRange, type OpenedFile } from "./read.ts"
import { Upload, type StoredFile, type Tap } from "./upload.ts"

export { FileError } from "./errors.ts"
export type { ByteRange, OpenedFile } from "./read.ts"
export type { StoredFile, Tap, Upload } from "./upload.ts"

/**
 * Objects encrypted at rest, each under its own data key. An object is either complete and unchangeable, or an
 * upload that nobody can read yet. The ids come from the caller, who records them first.
 */
export interface FileStore {
  /** Stores all of `source` in one pass: SHA-256, tap, encryption. On failure nothing is left. */
  put(id: FileId, source: Readable, tap?: Tap): Promise<StoredFile>
  /** Throws FILE_MISSING, FILE_DESTROYED, FILE_DAMAGED, RANGE_INVALID, or `KeyringError`. */
  open(id: FileId, range?: ByteRange): Promise<OpenedFile>
  /**
   * Begins an upload or continues it. One that runs in this process is given again; otherwise `makeTap` is called,
   * and what is stored passes the new tap first. Throws UPLOAD_FINISHED when the object is complete.
   */
  openUpload(id: FileId, makeTap?: () => Tap | undefined): Promise<Upload>
  /** How many bytes a complete object has; throws as `open` does, and reads no more than its last chunk. */
  measure(id: FileId): Promise<number>
  /** Reads a complete object through hash and tap again, for a count in another format or a check. */
  reread(id: FileId, tap?: Tap): Promise<StoredFile>
  /** True when the object is complete. */
  has(id: FileId): Promise<boolean>
  /** Destroys the data key, then the content, of an object or an upload. Repeating it is harmless. */
  destroy(id: FileId): Promise<void>
  /** Wraps every data key under the current key-encryption key, while nothing else uses the store. */
  readonly rewrap: Rewrap
  /** The ids of complete objects, for comparison with the records. */
  list(): Promise<FileId[]>
  /** Destroys uploads that no record wants and nobody touched since `before`; gives their ids. */
  sweep(isWanted: (id: FileId) => boolean, before: Instant): Promise<FileId[]>
  /** Lets go of every running upload. */
  close(): Promise<void>
}

/** Opens the store in `directory` (made with mode 0700). */
export async function openFileStore(directory: string, keyring: Keyring): Promise<FileStore> {
  await claimStoreDirectory(directory)
  return new DirectoryStore(directory, keyring)
}

class DirectoryStore implements FileStore {
  readonly #directory: string
  readonly #keyring: Keyring
  readonly #uploads = new Map<FileId, Promise<Upload>>()

  constructor(directory: string, keyring: Keyring) {
    this.#directory = directory
    this.#keyring = keyring
  }

  async put(id: FileId, source: Readable, tap?: Tap): Promise<StoredFile> {
    const place = this.#place(id)
    await refuseComplete(place)
    if (await exists(place.key)) await this.destroy(id)
    try {
      return await (await this.openUpload(id, () => tap)).put(source)
    } catch (error) {
      await this.destroy(id)
      throw error
    }
  }

  async open(id: FileId, range?: ByteRange): Promise<OpenedFile> {
    return openObject(this.#place(id), this.#keyring, range)
  }

  async measure(id: FileId): Promise<number> {
    return measureObject(this.#place(id), this.#keyring)
  }

  openUpload(id: FileId, makeTap?: () => Tap | undefined): Promise<Upload> {
    const opening = this.#continueOrOpen(this.#uploads.get(id), id, makeTap)
    const forget = () => {
      if (this.#uploads.get(id) === opening) this.#uploads.delete(id)
    }
    this.#uploads.set(id, opening)
    opening.then((upload) => upload.ended).then(forget, forget)
    return opening
  }

  async reread(id: FileId, tap?: Tap): Promise<StoredFile> {
    const { bytes, stream } = await this.open(id)
    const hash = createHash("sha256")
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      hash.update(chunk)
      await tap?.write(chunk)
    }
    return { id, bytes, sha256: hash.digest("hex") }
  }

  async has(id: FileId): Promise<boolean> {
    return exists(this.#place(id).content)
  }

  async destroy(id: FileId): Promise<void> {
    await this.#letGo(id)
    await destroyPlace(this.#place(id))
  }

  readonly rewrap = async (keyring: Keyring): Promise<number> => {
    let changed = 0
    await removeUnpublished(this.#directory)
    for (const place of await placesIn(this.#directory)) if (await rewrapDek(place, keyring)) changed++
    return changed
  }

  async list(): Promise<FileId[]> {
    const complete: FileId[] = []
    for (const { id, content } of await placesIn(this.#directory))
      if (await exists(content)) complete.push(id)
    return complete
  }

  async sweep(isWanted: (id: FileId) => boolean, before: Instant): Promise<FileId[]> {
    const swept: FileId[] = []
    for (const place of await placesIn(this.#directory)) {
      const { id } = place
      if (isWanted(id) || this.#uploads.has(id) || !(await isLeftover(place, before))) continue
      await this.destroy(id)
      swept.push(id)
    }
    return swept
  }

  async close(): Promise<void> {
    for (const id of [...this.#uploads.keys()]) await this.#letGo(id)
  }

  #place(id: FileId): Place {
    return placeOf(this.#directory, id)
  }

  async #continueOrOpen(
    before: Promise<Upload> | undefined,
    id: FileId,
    makeTap?: () => Tap | undefined,
  ): Promise<Upload> {
    const running = await before?.catch(() => null)
    if (running?.isOpen) return running
    await running?.ended
    await refuseComplete(this.#place(id))
    return Upload.open(this.#place(id), this.#keyring, makeTap?.())
  }

  async #letGo(id: FileId): Promise<void> {
    const running = await this.#uploads.get(id)?.catch(() => null)
    await running?.close()
  }
}

async function refuseComplete(place: Place): Promise<void> {
  if (await exists(place.content)) throw new FileError("UPLOAD_FINISHED", `file ${place.id} is complete`)
}

/** True for an unfinished object that nobody touched since `before`. */
async function isLeftover(place: Place, before: Instant): Promise<boolean> {
  if (await exists(place.content)) return false
  const touched = (await unlessMissing(stat(place.part))) ?? (await unlessMissing(stat(place.key)))
  return touched === null || touched.mtimeMs < epochMs(before)
}
