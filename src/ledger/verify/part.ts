import { isUtf8 } from "node:buffer"
import { hash } from "node:crypto"
import { readEntry, type EntryParts } from "./entry-grammar.ts"
import { VerificationFailure } from "./failure.ts"
import { Peaks, sha256, type Digest } from "./hashing.ts"
import { numbered, widthOf, WIDTH } from "./layout.ts"
import type { ListedFile } from "./notes.ts"
import { countPayload, type PayloadGroups } from "./payload-groups.ts"
import { FileReader } from "./reading.ts"

/** Some consecutive tiles of a log of `size` entries, and what the manifest says of their payload files. */
export interface Part {
  readonly dir: string
  readonly size: number
  readonly firstTile: number
  readonly payloads: readonly ListedFile[]
}

export interface PartResult {
  /** The root of each tile, in order. */
  readonly roots: readonly Digest[]
  readonly groups: PayloadGroups
}

/** Re-computes every entry, payload and leaf tile of a part. Throws VerificationFailure at the first that is wrong. */
export function verifyPart({ dir, size, firstTile, payloads }: Part): PartResult {
  const files = { entries: new FileReader(dir), payloads: new FileReader(dir), tiles: new FileReader(dir) }
  const groups: PayloadGroups = new Map()
  const roots = payloads.map((listed, i) => {
    const n = firstTile + i
    const width = widthOf(n, size)
    const lines = openListed(files.payloads, listed, `payload/${numbered(n, width)}`)
    const entriesPath = `tile/entries/${numbered(n, width)}`
    const leaves = verifyEntries(
      files.entries.read(entriesPath),
      entriesPath,
      n * WIDTH,
      width,
      lines,
      groups,
    )
    return verifyLeafTile(files.tiles, `tile/0/${numbered(n, width)}`, n * WIDTH, leaves)
  })
  return { roots, groups }
}

/** Reads a file that the manifest lists and checks it against the list. */
export function openListed(files: FileReader, listed: ListedFile, path: string): Buffer {
  if (listed.path !== path)
    throw new VerificationFailure("manifest", `lists ${listed.path} in the place of ${path}`)
  const bytes = files.read(path)
  if (bytes.length !== listed.size || sha256(bytes) !== listed.digest)
    throw new VerificationFailure(path, "is not the file that the manifest lists")
  return bytes
}

const DESTROYED = "hushou-payload/1 destroyed"
const PAYLOAD_START = "hushou-payload/1 "

/** Checks a bundle of entries and the payload lines beside them; gives the leaf hashes. Uses up `bundle`. */
function verifyEntries(
  bundle: Buffer,
  path: string,
  first: number,
  width: number,
  lines: Buffer,
  groups: PayloadGroups,
): Digest[] {
  // One character per byte, so that places in the text are places in the bytes.
  const text = bundle.toString("latin1")
  const lineText = lines.toString("latin1")
  const leaves: Digest[] = []
  let at = 0
  let lineAt = 0
  for (let index = first; index < first + width; index++) {
    const start = at + 2
    at = start <= bundle.length ? start + bundle.readUInt16BE(at) : Infinity
    if (at > bundle.length) throw new VerificationFailure(path, `ends inside entry ${index}`)
    const entry = readEntryAt(text, start, at, index)
    // The length before an entry gives way to RFC 6962's leaf prefix.
    bundle[start - 2] = 0
    bundle[start - 1] = 0
    leaves.push(sha256(bundle.subarray(start - 1, at)))
    const lineEnd = lineText.indexOf("\n", lineAt)
    if (lineEnd === -1) throw new VerificationFailure(`entry ${index}`, "has no payload line")
    const isDestroyed = lineEnd - lineAt === DESTROYED.length && lineText.startsWith(DESTROYED, lineAt)
    const isPayload = lineText.startsWith(PAYLOAD_START, lineAt)
    if (!isDestroyed && (!isPayload || hash("sha256", lines.subarray(lineAt, lineEnd)) !== entry.payload))
      throw new VerificationFailure(`entry ${index}`, "its payload is not the one it committed to")
    countPayload(groups, entry, isDestroyed)
    lineAt = lineEnd + 1
  }
  if (at !== bundle.length) throw new VerificationFailure(path, "goes on after its last entry")
  if (!isUtf8(bundle)) throw new VerificationFailure(path, "holds an entry that is not UTF-8")
  if (lineAt !== lines.length)
    throw new VerificationFailure(path.replace("tile/entries", "payload"), "goes on after its last line")
  return leaves
}

function readEntryAt(text: string, start: number, end: number, index: number): EntryParts {
  const entry = readEntry(text, start, end)
  if (entry === null) throw new VerificationFailure(`entry ${index}`, "is not written as an entry must be")
  if (entry.index !== index)
    throw new VerificationFailure(`entry ${index}`, `says that it is entry ${entry.index}`)
  return entry
}

/** Checks a tile of leaf hashes; gives its root. */
function verifyLeafTile(files: FileReader, path: string, first: number, leaves: readonly Digest[]): Digest {
  const tile = files.read(path)
  if (tile.length !== leaves.length * 32) throw new VerificationFailure(path, `has ${tile.length} bytes`)
  const held = tile.toString("latin1")
  const wrong =
    held === leaves.join("") ? -1 : leaves.findIndex((leaf, i) => held.slice(i * 32, i * 32 + 32) !== leaf)
  if (wrong !== -1)
    throw new VerificationFailure(`entry ${first + wrong}`, `does not hash to what ${path} holds`)
  const peaks = new Peaks()
  for (const leaf of leaves) peaks.push(leaf)
  return peaks.root()
}
