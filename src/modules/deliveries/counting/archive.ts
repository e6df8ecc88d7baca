import {
  configure,
  ERR_ENCRYPTED,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_INVALID_PASSWORD,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_OVERLAPPING_ENTRY,
  Reader,
  ZipReader,
  type FileEntry,
} from "@zip.js/zip.js"
import { refuse } from "../../../regulation/rule.ts"
import { createCounter } from "./count.ts"
import type { Counted, Counter, FoundCode, Problem, RecordFormat } from "./format.ts"
import { LISTED } from "./text-checks.ts"

configure({ useWebWorkers: false })

/** Against archives made to exhaust us (zip bombs). */
export interface ArchiveLimits {
  /** All members together. */
  readonly unpackedBytes: number
  readonly entries: number
  /** Unpacked bytes for one packed byte, for members over a mebibyte. */
  readonly ratio: number
}

/** A stored file that can be read anywhere. */
export interface RandomAccess {
  readonly size: number
  read(start: number, length: number): Promise<Uint8Array>
}

/** The records of all members together. A password is used for this count and kept nowhere. */
export async function countArchive(
  file: RandomAccess,
  format: RecordFormat,
  limits: ArchiveLimits,
  password: string | null,
): Promise<Counted> {
  const total = new Totals(file.size)
  if (file.size === 0) return total.with(refuse("FILE_EMPTY"))
  const problem = await withMembers(file, limits, password, async (members) => {
    for (const [i, member] of members.entries()) {
      const counter = createCounter(format)
      await unpack(member, counter)
      const found = total.add(counter.end(), i + 1)
      if (found !== null) return found
    }
    return null
  })
  return total.with(problem)
}

/** The first bytes of the first member, for a preview; none when the archive cannot be opened. */
export async function startOfArchive(
  file: RandomAccess,
  limits: ArchiveLimits,
  password: string | null,
  length: number,
): Promise<Uint8Array> {
  const parts: Buffer[] = []
  await withMembers(file, limits, password, async ([member]) => {
    let missing = length
    const write = (piece: Uint8Array) => {
      parts.push(Buffer.from(piece.subarray(0, missing)))
      missing -= Math.min(missing, piece.length)
      if (missing === 0) throw new Enough()
    }
    if (member !== undefined) await unpack(member, { write })
    return null
  })
  return Buffer.concat(parts)
}

class Enough extends Error {}

/** Hands the members over, if the archive is one that may be unpacked, and says what went wrong. */
async function withMembers(
  file: RandomAccess,
  limits: ArchiveLimits,
  password: string | null,
  work: (members: readonly FileEntry[]) => Promise<Problem | null>,
): Promise<Problem | null> {
  const reader = new ZipReader(new StoredReader(file), password === null ? {} : { password })
  try {
    const members: FileEntry[] = []
    for await (const entry of reader.getEntriesGenerator()) {
      if (!entry.directory) members.push(entry)
      if (members.length > limits.entries)
        return refuse("ARCHIVE_TOO_LARGE", { limit: `${limits.entries} 個檔案` })
    }
    const problem = beyond(members, limits) ?? locked(members, password)
    if (problem !== null) return problem
    return members.length === 0 ? refuse("FILE_EMPTY") : await work(members)
  } catch (error) {
    return archiveProblem(error)
  } finally {
    await reader.close()
  }
}

class StoredReader extends Reader<RandomAccess> {
  readonly #file: RandomAccess

  constructor(file: RandomAccess) {
    super(file)
    this.#file = file
    this.size = file.size
  }

  override async readUint8Array(start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.#file.read(start, Math.min(length, this.#file.size - start)))
  }
}

function beyond(members: readonly FileEntry[], limits: ArchiveLimits): Problem | null {
  const unpacked = members.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (unpacked > limits.unpackedBytes)
    return refuse("ARCHIVE_TOO_LARGE", { limit: `${limits.unpackedBytes} 位元組` })
  const isBomb = members.some(
    ({ uncompressedSize: unpackedSize, compressedSize }) =>
      unpackedSize > 1 << 20 && unpackedSize > compressedSize * limits.ratio,
  )
  return isBomb ? refuse("ARCHIVE_TOO_LARGE", { limit: `壓縮比 ${limits.ratio}` }) : null
}

function locked(members: readonly FileEntry[], password: string | null): Problem | null {
  return password === null && members.some((entry) => entry.encrypted) ? refuse("ARCHIVE_LOCKED") : null
}

/** Unpacks into `target`, never beyond the size that the directory states and the limits were held against. */
async function unpack(entry: FileEntry, target: Pick<Counter, "write">): Promise<void> {
  let bytes = 0
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      bytes += piece.length
      if (bytes > entry.uncompressedSize) throw new BeyondDirectory()
      target.write(piece)
    },
  })
  try {
    await entry.getData(sink, { checkSignature: true, checkOverlappingEntry: true })
  } catch (error) {
    // The old ZIP cipher notices a wrong password only by chance; what it then unpacks is noise.
    if (entry.encrypted && !isOurs(error)) throw new Error(ERR_INVALID_PASSWORD, { cause: error })
    throw error
  }
}

function isOurs(error: unknown): boolean {
  return error instanceof BeyondDirectory || error instanceof Enough
}

class BeyondDirectory extends Error {}

/** How zip.js says that a member unpacks to more than the archive's directory states. */
const LIES = new Set([ERR_INVALID_UNCOMPRESSED_SIZE, ERR_OVERLAPPING_ENTRY])

function archiveProblem(error: unknown): Problem | null {
  const message = error instanceof Error ? error.message : ""
  if (error instanceof Enough) return null
  if (message === ERR_INVALID_PASSWORD) return refuse("ARCHIVE_PASSWORD_WRONG")
  if (message === ERR_ENCRYPTED || message === ERR_ENCRYPTED_CENTRAL_DIRECTORY)
    return refuse("ARCHIVE_LOCKED")
  if (error instanceof BeyondDirectory || LIES.has(message))
    return refuse("ARCHIVE_TOO_LARGE", { limit: "檔案目錄所載大小" })
  return refuse("FILE_FORMAT_WRONG", { reason: "不是完整的 ZIP 壓縮檔" })
}

class Totals {
  readonly #bytes: number
  readonly #members: number[] = []
  #unknown = 0
  readonly #first: FoundCode[] = []

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  add({ records, unknown, problem }: Counted, member: number): Problem | null {
    this.#members.push(records)
    this.#unknown += unknown.total
    const room = LISTED - this.#first.length
    this.#first.push(...unknown.first.slice(0, room).map((code) => ({ ...code, member })))
    return problem
  }

  with(problem: Problem | null): Counted {
    const unknown = { total: this.#unknown, first: this.#first }
    const records = this.#members.reduce((sum, of) => sum + of, 0)
    return { records, bytes: this.#bytes, members: this.#members, unknown, problem }
  }
}
