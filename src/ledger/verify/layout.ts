import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { VerificationFailure } from "./failure.ts"

export const WIDTH = 256

/** C2SP tlog-tiles: 1234067 → `x001/x234/067`; a partial one ends in `.p/<width>`. */
export function numbered(n: number, width: number): string {
  let path = String(n % 1000).padStart(3, "0")
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`
  return width === WIDTH ? path : `${path}.p/${width}`
}

/** How many hashes the tiles of `level` hold in a tree of `size`. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / WIDTH ** level)
}

/** The width of tile `n` when its level holds `count` hashes. */
export function widthOf(n: number, count: number): number {
  return Math.min(WIDTH, count - n * WIDTH)
}

/** Every kind of numbered file in a bundle and how many items its files hold together. */
export function numberedFiles(size: number): ReadonlyMap<string, number> {
  const kinds = new Map([
    ["tile/entries", size],
    ["payload", size],
  ])
  for (let level = 0; hashesAt(level, size) > 0; level++) kinds.set(`tile/${level}`, hashesAt(level, size))
  return kinds
}

const SINGLE = ["checkpoint", "log.vkey", "manifest"]

/**
 * Refuses a bundle that holds a file too many, or anything that is no regular file. What is missing is found
 * when it is read. Memory does not grow with the bundle.
 */
export async function refuseStrangers(dir: string, size: number): Promise<void> {
  const kinds = numberedFiles(size)
  for await (const path of walk(dir, "")) {
    if (SINGLE.includes(path)) continue
    const [, kind = "", rest = ""] = /^(payload|tile\/[^/]+)\/(.+)$/.exec(path) ?? []
    const count = kinds.get(kind)
    if (count === undefined || !isNumbered(rest, count))
      throw new VerificationFailure(path, "does not belong here")
  }
}

function isNumbered(rest: string, count: number): boolean {
  const n = Number(rest.replace(/\.p\/\d+$/, "").replaceAll(/[x/]/g, ""))
  return Number.isSafeInteger(n) && n * WIDTH < count && numbered(n, widthOf(n, count)) === rest
}

async function* walk(dir: string, below: string): AsyncGenerator<string> {
  const found = await readdir(join(dir, below), { withFileTypes: true })
  if (found.length === 0) throw new VerificationFailure(below === "" ? "." : below, "is empty")
  for (const entry of found) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* walk(dir, path)
    else if (entry.isFile()) yield path
    else throw new VerificationFailure(path, "is neither a file nor a directory")
  }
}
