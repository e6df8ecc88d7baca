import {
  configure,
  ERR_ENCRYPTED,
  ERR_INVALID_PASSWORD,
  Reader,
  ZipReader,
  type FileEntry,
} from "@zip.js/zip.js"
import type { Refusal } from "../../../kernel/decision.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse } from "../../../regulation/rule.ts"
import { countDelimited } from "./delimited.ts"
import { countFixed } from "./fixed.ts"
import type { Counted, RecordFormat } from "./format.ts"

configure({ useWebWorkers: false })

/** Against archives made to exhaust us (zip bombs). */
export interface ArchiveLimits {
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

/** The records of all members together. A password is used for this count and kept nowhere. */
export async function countArchive(
  file: RandomAccess,
  member: RecordFormat,
  limits: ArchiveLimits,
  password: string | null,
): Promise<Counted> {
  const reader = new ZipReader(new StoredReader(file), password === null ? {} : { password })
  const total = new Totals(file.size)
  try {
    const members = (await reader.getEntries()).filter((entry): entry is FileEntry => !entry.directory)
    const tooLarge = beyond(members, limits)
    if (tooLarge !== null) return total.with(tooLarge)
    if (members.length === 0) return total.with(refuse("FILE_EMPTY"))
    if (password === null && members.some((entry) => entry.encrypted))
      return total.with(refuse("ARCHIVE_LOCKED"))
    for (const entry of members) {
      total.add(await countMember(entry, member, limits))
      if (total.problem !== null) break
    }
    return total.with(total.problem)
  } catch (error) {
    return total.with(archiveProblem(error))
  } finally {
    await reader.close()
  }
}

function beyond(members: readonly FileEntry[], limits: ArchiveLimits): Refusal<RefusalCode> | null {
  if (members.length > limits.entries)
    return refuse("ARCHIVE_TOO_LARGE", { limit: `${limits.entries} 個檔案` })
  const unpacked = members.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (unpacked > limits.unpackedBytes)
    return refuse("ARCHIVE_TOO_LARGE", { limit: `${limits.unpackedBytes} 位元組` })
  const isBomb = members.some(
    (entry) =>
      entry.uncompressedSize > 1 << 20 && entry.uncompressedSize > entry.compressedSize * limits.ratio,
  )
  return isBomb ? refuse("ARCHIVE_TOO_LARGE", { limit: `壓縮比 ${limits.ratio}` }) : null
}

async function countMember(entry: FileEntry, format: RecordFormat, limits: ArchiveLimits): Promise<Counted> {
  const counter = format.kind === "delimited" ? countDelimited(format) : countFixed(format)
  let bytes = 0
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      bytes += piece.length
      // The directory of an archive may lie about sizes.
      if (bytes > limits.unpackedBytes || bytes > entry.uncompressedSize) throw new TooLarge()
      counter.write(piece)
    },
  })
  await entry.getData(sink, { checkSignature: true })
  return counter.end()
}

class TooLarge extends Error {}

function archiveProblem(error: unknown): Refusal<RefusalCode> {
  const message = error instanceof Error ? error.message : ""
  if (message === ERR_INVALID_PASSWORD) return refuse("ARCHIVE_PASSWORD_WRONG")
  if (message === ERR_ENCRYPTED) return refuse("ARCHIVE_LOCKED")
  if (error instanceof TooLarge) return refuse("ARCHIVE_TOO_LARGE", { limit: "檔案目錄所載大小" })
  return refuse("FILE_FORMAT_WRONG", { reason: "不是完整的 ZIP 壓縮檔" })
}

class Totals {
  problem: Refusal<RefusalCode> | null = null
  readonly #bytes: number
  #records = 0
  #unknown = 0

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  add({ records, unknown, problem }: Counted): void {
    this.#records += records
    this.#unknown += unknown.total
    this.problem ??= problem
  }

  with(problem: Refusal<RefusalCode> | null): Counted {
    return {
      records: this.#records,
      bytes: this.#bytes,
      unknown: { total: this.#unknown, first: [] },
      problem,
    }
  }
}
