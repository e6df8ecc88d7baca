import { hash } from "node:crypto"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { signNote, verifierKey, type NoteSigner } from "../checkpoint.ts"
import { LedgerError } from "../entry.ts"
import { entriesPath, entryBundle, numberedPath, tilePath, TILE_WIDTH } from "../tiles.ts"
import { EMPTY, extend, rootOf, type Hash } from "../tree.ts"

/** One entry as a bundle holds it. */
export interface BundleRow {
  /** The leaf's text: canonical JSON. */
  readonly entry: string
  readonly leaf: Hash
  /** What the entry committed to, or `DESTROYED_LINE`. */
  readonly payloadLine: string
}

export const MANIFEST_DOMAIN = "hushou-ledger-manifest/1"

/**
 * Writes a bundle (docs/ledger-format.md) into `dir`, which must be absent or empty. `slices` are the log's
 * entries in order, 256 at a time and fewer only at the end; `checkpoint` is the signed head they lead to.
 * The checkpoint is written last, so that an export cut short is not taken for a whole one.
 */
export async function writeBundle(
  dir: string,
  signer: NoteSigner,
  checkpoint: string,
  slices: AsyncIterable<readonly BundleRow[]>,
): Promise<void> {
  await claimEmpty(dir)
  const manifest = [MANIFEST_DOMAIN, signer.name]
  async function writeListed(path: string, text: string): Promise<void> {
    await write(dir, path, text)
    manifest.push(`${hash("sha256", text)} ${Buffer.byteLength(text)} ${path}`)
  }
  await writeListed("log.vkey", `${verifierKey(signer)}\n`)
  const levels: OpenTile[] = []
  let n = 0
  for await (const slice of slices) {
    await write(dir, entriesPath(n, slice.length), entryBundle(slice.map((row) => Buffer.from(row.entry))))
    await writeListed(
      `payload/${numberedPath(n, slice.length)}`,
      slice.map((row) => `${row.payloadLine}\n`).join(""),
    )
    await addHashes(
      dir,
      levels,
      0,
      slice.map((row) => row.leaf),
    )
    n += 1
  }
  for (const [level, open] of levels.entries()) await writeTile(dir, level, open)
  await write(dir, "manifest", signNote(`${manifest.join("\n")}\n`, signer))
  await write(dir, "checkpoint", checkpoint)
}

async function claimEmpty(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0)
    throw new LedgerError(
      `${dir} is not empty; nothing was written. Name a directory that is empty or absent.`,
    )
}

async function write(dir: string, path: string, bytes: string | Uint8Array): Promise<void> {
  const file = join(dir, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, bytes, { flag: "wx", mode: 0o600 })
}

/** The tile of one level that is still filling, and its number. */
interface OpenTile {
  n: number
  hashes: Hash[]
}

/** Adds hashes to a level's open tile; a full tile is written and its root handed to the level above. */
async function addHashes(
  dir: string,
  levels: OpenTile[],
  level: number,
  hashes: readonly Hash[],
): Promise<void> {
  const open = (levels[level] ??= { n: 0, hashes: [] })
  open.hashes.push(...hashes)
  if (open.hashes.length < TILE_WIDTH) return
  const root = rootOf(extend(EMPTY, open.hashes))
  await writeTile(dir, level, open)
  levels[level] = { n: open.n + 1, hashes: [] }
  await addHashes(dir, levels, level + 1, [root])
}

async function writeTile(dir: string, level: number, { n, hashes }: OpenTile): Promise<void> {
  if (hashes.length === 0) return
  await write(dir, tilePath(level, n, hashes.length), Buffer.from(hashes.join(""), "hex"))
}
