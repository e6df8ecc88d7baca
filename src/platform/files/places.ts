import { randomBytes } from "node:crypto"
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { FileId } from "../../kernel/ids.ts"
import type { Keyring } from "../crypto/keyring.ts"
import { shred, syncDirectory, writeDurably } from "./durable.ts"
import { FileError, unlessMissing } from "./errors.ts"

/** What lies in the directory under one id. An object is complete exactly when its `content` is there. */
export interface Place {
  readonly id: FileId
  readonly directory: string
  /** The wrapped data key; without it the content is noise. */
  readonly key: string
  /** Chunks of an unfinished object. */
  readonly part: string
  /** The unfinished object's bytes after its last full chunk. */
  readonly tail: string
  readonly content: string
}

const KINDS = ["key", "part", "tail", "content"] as const
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function placeOf(directory: string, id: FileId): Place {
  if (!ID.test(id)) throw new FileError("FILE_MISSING", "a file id is a UUID in lower case")
  const [key, part, tail, content] = KINDS.map((kind) => join(directory, `${id}.${kind}`))
  return { id, directory, key, part, tail, content } as Place
}

/** Every id of which anything is there. */
export async function placesIn(directory: string): Promise<Place[]> {
  const names = await readdir(directory)
  const ids = new Set(names.map((name) => name.slice(0, 36)).filter((id) => ID.test(id)))
  return [...ids].sort().map((id) => placeOf(directory, id as FileId))
}

/** Removes the key records that an interrupted write left beside the real ones. */
export async function removeUnpublished(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (ID.test(name.slice(0, 36)) && name.endsWith(".tmp")) await shred(join(directory, name))
}

export async function claimStoreDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
}

export async function exists(path: string): Promise<boolean> {
  return (await unlessMissing(stat(path))) !== null
}

interface KeyRecord {
  readonly version: 1
  readonly kek: string
  /** Base64 of the wrapped data key. */
  readonly dek: string
}

/** Makes and stores a data key for an object. */
export async function createDek(place: Place, keyring: Keyring): Promise<Uint8Array> {
  const dek = randomBytes(32)
  await writeKeyRecord(place, keyring, dek)
  return dek
}

/** The object's data key, or `null` when it is gone. Throws `KeyringError` when the key around it is gone. */
export async function readDek(place: Place, keyring: Keyring): Promise<Uint8Array | null> {
  const record = await readKeyRecord(place)
  if (record === null) return null
  return keyring.unwrap({ kek: record.kek, bytes: Buffer.from(record.dek, "base64") }, contextOf(place))
}

/** Wraps the object's data key under the current key-encryption key; `false` when it is already, or gone. */
export async function rewrapDek(place: Place, keyring: Keyring): Promise<boolean> {
  const record = await readKeyRecord(place)
  if (record === null || record.kek === keyring.currentKek()) return false
  const dek = await readDek(place, keyring)
  if (dek === null) return false
  await writeKeyRecord(place, keyring, dek)
  // A destruction meanwhile removes key, content and key again, so one side always sees the other.
  if (!(await exists(place.content)) && !(await exists(place.part))) await rm(place.key, { force: true })
  return true
}

/** Overwrites and removes the data key first, then all that it protected. Repeating it is harmless. */
export async function destroyPlace(place: Place): Promise<void> {
  await shred(place.key)
  for (const path of [place.content, place.part, place.tail]) await rm(path, { force: true })
  await shred(place.key)
  await syncDirectory(place.directory)
}

async function readKeyRecord(place: Place): Promise<KeyRecord | null> {
  const text = await unlessMissing(readFile(place.key, "utf8"))
  if (text === null) return null
  try {
    return JSON.parse(text) as KeyRecord
  } catch {
    throw new FileError("FILE_DAMAGED", `the key record of file ${place.id} is not readable; restore it`)
  }
}

async function writeKeyRecord(place: Place, keyring: Keyring, dek: Uint8Array): Promise<void> {
  const { kek, bytes } = keyring.wrap(dek, contextOf(place))
  const record: KeyRecord = { version: 1, kek, dek: Buffer.from(bytes).toString("base64") }
  await writeDurably(place.key, JSON.stringify(record))
}

function contextOf(place: Place): string {
  return `file ${place.id}`
}
