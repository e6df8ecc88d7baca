import type { FileId } from "../../../kernel/ids.ts"
import type { FileStore } from "../../../platform/files/store.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import {
  classLines,
  countArchive,
  countOffThread,
  startOfArchive,
  type Counted,
  type FileFormat,
  type RandomAccess,
  type RemoteCounter,
} from "../counting/index.ts"
import type { MachineCount } from "../model.ts"

/** Counts a file while it arrives; an archive has to be complete before its directory can be read. */
export type CountingTap = RemoteCounter | undefined

export function createTap(format: FileFormat): CountingTap {
  return format.kind === "zip" ? undefined : countOffThread(format)
}

/** The machine's count of a complete file: what the tap saw, or a pass of its own. */
export async function countStored(
  files: FileStore,
  file: { readonly id: FileId; readonly bytes: number },
  format: FileFormat,
  tap: CountingTap,
  limits: PolicyPack["transfer"],
  password: string | null = null,
): Promise<MachineCount> {
  if (format.kind === "zip")
    return machineCount(await countArchive(accessTo(files, file), format.member, limitsOf(limits), password))
  if (tap !== undefined) return machineCount(await tap.end())
  const counter = countOffThread(format)
  await files.reread(file.id, counter)
  return machineCount(await counter.end())
}

const PREVIEW_BYTES = 4096

/** The first lines as character classes; of an archive, those of its first file, unless it is locked. */
export async function previewOf(
  files: FileStore,
  file: { readonly id: FileId; readonly bytes: number },
  format: FileFormat,
  limits: PolicyPack["transfer"],
): Promise<string[]> {
  const stored = accessTo(files, file)
  if (format.kind !== "zip")
    return classLines(await stored.read(0, Math.min(file.bytes, PREVIEW_BYTES)), format)
  const start = await startOfArchive(stored, limitsOf(limits), null, PREVIEW_BYTES)
  return start.length === 0 ? [] : classLines(start, format.member)
}

function machineCount({ records, members, unknown, problem }: Counted): MachineCount {
  if (problem !== null) return { counted: false, problem }
  const inParts = members === undefined ? {} : { members }
  return { counted: true, records, undecodable: unknown.total, unknownCodes: unknown.first, ...inParts }
}

function accessTo(
  files: FileStore,
  { id, bytes }: { readonly id: FileId; readonly bytes: number },
): RandomAccess {
  return {
    size: bytes,
    read: async (start, length) => {
      if (length <= 0) return new Uint8Array(0)
      const { stream } = await files.open(id, { start, end: start + length - 1 })
      return collect(stream)
    },
  }
}

function limitsOf({ maxUnpackedBytes, maxArchiveEntries, maxArchiveRatio }: PolicyPack["transfer"]) {
  return {
    unpackedBytes: maxUnpackedBytes.value,
    entries: maxArchiveEntries.value,
    ratio: maxArchiveRatio.value,
  }
}

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
