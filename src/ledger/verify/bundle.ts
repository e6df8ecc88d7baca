import { VerificationFailure } from "./failure.ts"
import { Peaks, type Digest } from "./hashing.ts"
import { hashesAt, numbered, refuseStrangers, widthOf, WIDTH } from "./layout.ts"
import {
  readCheckpoint,
  readKey,
  readManifest,
  type ListedFile,
  type TreeHead,
  type VerifierKey,
} from "./notes.ts"
import { openListed, type PartResult } from "./part.ts"
import { verifyParts } from "./parts.ts"
import { addGroups, namedGroups, type PayloadGroups } from "./payload-groups.ts"
import { FileReader } from "./reading.ts"

export interface VerifyOptions {
  /** The verifier key known beforehand. Without it the bundle's own is used: consistency, not origin. */
  readonly key?: string
  /** An older signed checkpoint that the bundle must extend. */
  readonly since?: Uint8Array
}

export interface Verified {
  readonly size: number
  /** The log's name. */
  readonly origin: string
  /** The verifier key that was used. */
  readonly key: string
  /** Size of the older checkpoint, when one was given. */
  readonly since?: number
  /** Data keys (retention class and month) whose payloads are destroyed, and how many each. */
  readonly destroyed: ReadonlyMap<string, number>
}

/**
 * Re-computes a whole bundle from its files alone. Throws VerificationFailure that names the first entry or
 * file that is wrong: changed, missing or too many.
 */
export async function verifyBundle(
  dir: string,
  { key: given, since }: VerifyOptions = {},
): Promise<Verified> {
  const files = new FileReader(dir)
  const key = keyOf(files, given)
  const head = readCheckpoint(files.read("checkpoint"), key, "checkpoint")
  const payloads = readPayloadList(files, key, head)
  // The walk runs beside the workers.
  const [{ groups, roots }] = await Promise.all([
    gather(verifyParts(dir, head.size, payloads)),
    refuseStrangers(dir, head.size),
  ])
  verifyTree(files, head, roots)
  const destroyed = destroyedGroups(groups)
  const verified = { size: head.size, origin: key.name, key: key.text, destroyed }
  if (since === undefined) return verified
  const old = readCheckpoint(since, key, "--since")
  if (old.size > head.size || rootAt(old.size, files, head.size, roots) !== old.root)
    throw new VerificationFailure("checkpoint", `does not extend the older one of ${old.size} entries`)
  return { ...verified, since: old.size }
}

async function gather(parts: AsyncIterable<PartResult>): Promise<PartResult> {
  const groups: PayloadGroups = new Map()
  const roots: Digest[] = []
  for await (const part of parts) {
    addGroups(groups, part.groups)
    roots.push(...part.roots)
  }
  return { groups, roots }
}

function keyOf(files: FileReader, given: string | undefined): VerifierKey {
  const own = files.read("log.vkey").toString()
  if (given === undefined) return readKey(own.replace(/\n$/, ""), "log.vkey")
  const key = readKey(given.trim(), "--key")
  if (own !== `${key.text}\n`) throw new VerificationFailure("log.vkey", "is not the key given")
  return key
}

/** The manifest lists the key, then a payload file for each bundle of entries, and nothing else. */
function readPayloadList(files: FileReader, key: VerifierKey, { size }: TreeHead): ListedFile[] {
  const [keyFile, ...payloads] = readManifest(files.read("manifest"), key)
  const tiles = Math.ceil(size / WIDTH)
  if (keyFile === undefined || payloads.length !== tiles)
    throw new VerificationFailure("manifest", `lists ${payloads.length} payload files, not ${tiles}`)
  openListed(files, keyFile, "log.vkey")
  return payloads
}

/** Checks the tiles above the leaves and the root that the checkpoint signs. */
function verifyTree(files: FileReader, head: TreeHead, tileRoots: readonly Digest[]): void {
  let row = tileRoots.slice(0, hashesAt(1, head.size))
  for (let level = 1; row.length > 0; level++) row = verifyRow(files, level, row)
  if (rootAt(head.size, files, head.size, tileRoots) !== head.root)
    throw new VerificationFailure("checkpoint", "signs another root than the entries have")
}

/** Checks one level's tiles against the hashes below; gives the roots of the full ones. */
function verifyRow(files: FileReader, level: number, hashes: readonly Digest[]): Digest[] {
  const roots: Digest[] = []
  for (let n = 0; n * WIDTH < hashes.length; n++) {
    const width = widthOf(n, hashes.length)
    const path = `tile/${level}/${numbered(n, width)}`
    const expected = hashes.slice(n * WIDTH, n * WIDTH + width)
    if (files.read(path).toString("latin1") !== expected.join(""))
      throw new VerificationFailure(path, "does not hold the hashes of the tiles below it")
    if (width < WIDTH) break
    const peaks = new Peaks()
    for (const hash of expected) peaks.push(hash)
    roots.push(peaks.root())
  }
  return roots
}

/** A data key destroys all its payloads or none: a single one that is gone was taken out. */
function destroyedGroups(groups: PayloadGroups): Map<string, number> {
  const destroyed = namedGroups(groups).filter(([, group]) => group.destroyed > 0)
  const torn = destroyed.filter(([, group]) => group.present > 0).map(([name, group]) => ({ name, ...group }))
  const [first] = torn.toSorted((a, b) => a.firstDestroyed - b.firstDestroyed)
  if (first !== undefined)
    throw new VerificationFailure(
      `entry ${first.firstDestroyed}`,
      `its payload is marked destroyed, but others under the key ${first.name} are not`,
    )
  return new Map(destroyed.map(([name, group]) => [name, group.destroyed]))
}

/**
 * The root of the log's first `size` entries, from tiles that are verified: RFC 6962 §2.1.2 consistency with
 * every node at hand.
 */
function rootAt(size: number, files: FileReader, whole: number, tileRoots: readonly Digest[]): Digest {
  const full = hashesAt(1, size)
  const peaks = new Peaks()
  for (const root of tileRoots.slice(0, full)) peaks.push(root)
  const rest = size - full * WIDTH
  if (rest === 0) return peaks.root()
  const tile = files.read(`tile/0/${numbered(full, widthOf(full, whole))}`)
  const last = new Peaks()
  for (let i = 0; i < rest; i++) last.push(tile.toString("latin1", i * 32, i * 32 + 32))
  return peaks.root(last.root())
}
