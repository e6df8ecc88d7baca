import { createHash } from "node:crypto"
import { open } from "node:fs/promises"
import { basename, join } from "node:path"
import { writerOf, type Format } from "./synthetic/formats.ts"
import { syntheticPerson, type PeopleOptions } from "./synthetic/people.ts"

/** What file to make. Give `records` or `bytes`. */
export interface FileSpec {
  /** Its name on the server; a plain file name. */
  readonly name: string
  readonly format: Format
  /** Number of people. */
  readonly records?: number
  /** Write whole records until the file has at least this many bytes. */
  readonly bytes?: number
  /** Number of the first person; lets several files hold different people. */
  readonly firstPerson?: number
  readonly lineEnd?: "lf" | "crlf" // default crlf
  /** Whether CSV begins with a line of column names; default true. */
  readonly header?: boolean
  /** One name in this many has a rare character; default 50, 0 for none. */
  readonly rareEvery?: number
  /** Whether some quoted fields hold a line break; default false. */
  readonly lineBreaks?: boolean
  /** What the notice will say instead of the true number, to act a provider who miscounted. */
  readonly declaredRecords?: number
  /** Bytes cut off the end, to act a broken transfer; 2 takes the last line end away. */
  readonly cutBytes?: number
}

export interface Published {
  readonly name: string
  /** Where the SFTP server shows it. */
  readonly path: string
  /** Where it lies on this machine. */
  readonly localPath: string
  readonly format: Format
  readonly records: number
  readonly declaredRecords: number
  readonly bytes: number
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string
}

const BLOCK = 1 << 20

/** Writes the file described by `spec` into `directory`; memory does not grow with its size. */
export async function publishFile(directory: string, seed: number, spec: FileSpec): Promise<Published> {
  if (spec.records === undefined && spec.bytes === undefined) throw new Error("give records or bytes")
  if (spec.name !== basename(spec.name) || spec.name.startsWith("."))
    throw new Error(`not a file name: ${spec.name}`)
  const localPath = join(directory, spec.name)
  const hash = createHash("sha256")
  const file = await open(localPath, "w")
  const written = { records: 0, bytes: 0 }
  try {
    for (const block of withoutTail(blocksOf(spec, seed, written), spec.cutBytes ?? 0)) {
      hash.update(block)
      await file.writeFile(block)
      written.bytes += block.length
    }
  } finally {
    await file.close()
  }
  const declaredRecords = spec.declaredRecords ?? written.records
  const { name, format } = spec
  return {
    name,
    path: `/${name}`,
    localPath,
    format,
    declaredRecords,
    sha256: hash.digest("hex"),
    ...written,
  }
}

function* blocksOf(spec: FileSpec, seed: number, total: { records: number }): Generator<Buffer> {
  const people: PeopleOptions = {
    seed,
    rareEvery: spec.rareEvery ?? 50,
    lineBreaks: spec.lineBreaks ?? false,
  }
  const writer = writerOf(spec.format, spec.lineEnd === "lf" ? "\n" : "\r\n", spec.header ?? true)
  const first = spec.firstPerson ?? 0
  const parts: Buffer[] = [writer.head]
  let waiting = writer.head.length
  let written = waiting
  while (total.records < (spec.records ?? Infinity) && written < (spec.bytes ?? Infinity)) {
    const record = writer.record(syntheticPerson(people, first + total.records++))
    parts.push(record)
    written += record.length
    waiting += record.length
    if (waiting >= BLOCK) {
      yield Buffer.concat(parts.splice(0), waiting)
      waiting = 0
    }
  }
  if (waiting > 0) yield Buffer.concat(parts, waiting)
}

/** The same bytes without the last `cut`, which must be fewer than a block. */
function* withoutTail(blocks: Iterable<Buffer>, cut: number): Generator<Buffer> {
  if (cut < 0 || cut > BLOCK) throw new Error(`cutBytes must be 0 to ${BLOCK}`)
  let held: Buffer = Buffer.alloc(0)
  for (const block of blocks) {
    const all = held.length === 0 ? block : Buffer.concat([held, block])
    held = all.subarray(Math.max(0, all.length - cut))
    const kept = all.subarray(0, all.length - held.length)
    if (kept.length > 0) yield kept
  }
}
