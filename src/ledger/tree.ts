import { hash } from "node:crypto"

/** A SHA-256 value as 64 lowercase hex digits. */
export type Hash = string

/** The perfect subtrees that make up a tree of `size` leaves, largest (leftmost) first. */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Hash[]
}

export const EMPTY: Frontier = { size: 0, hashes: [] }

/** RFC 6962 §2.1: the root of a tree without leaves. */
export const EMPTY_ROOT: Hash = hash("sha256", "")

/** RFC 6962 §2.1: SHA-256(0x00 || leaf); a text is hashed in UTF-8. */
export function leafHash(leaf: Uint8Array | string): Hash {
  return hash("sha256", typeof leaf === "string" ? `\0${leaf}` : Buffer.concat([LEAF, leaf]))
}

const LEAF = Buffer.of(0)

const node = Buffer.alloc(65, 1)

/** RFC 6962 §2.1: SHA-256(0x01 || left || right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  node.write(left, 1, "hex")
  node.write(right, 33, "hex")
  return hash("sha256", node)
}

/** The frontier after appending `leaves` (leaf hashes in order). */
export function extend(frontier: Frontier, leaves: readonly Hash[]): Frontier {
  const hashes = [...frontier.hashes]
  let size = frontier.size
  for (const leaf of leaves) {
    let top = leaf
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) top = nodeHash(hashes.pop() ?? "", top)
    hashes.push(top)
    size += 1
  }
  return { size, hashes }
}

/** RFC 6962 §2.1 Merkle Tree Hash of the leaves a frontier stands for. */
export function rootOf(frontier: Frontier): Hash {
  const [last, ...others] = frontier.hashes.toReversed()
  return last === undefined ? EMPTY_ROOT : others.reduce((right, left) => nodeHash(left, right), last)
}

/** The parts of a frontier that begin at leaf `start` or later; `start` MUST be a boundary between two parts. */
export function frontierFrom(frontier: Frontier, start: number): Frontier {
  let from = 0
  let part = 0
  for (const width of partWidths(frontier.size)) {
    if (from >= start) break
    from += width
    part += 1
  }
  if (from !== start) throw new Error(`leaf ${start} is inside a subtree of the frontier`)
  return { size: frontier.size - start, hashes: frontier.hashes.slice(part) }
}

/** The powers of two that add up to `size`, largest first. */
function partWidths(size: number): number[] {
  const widths: number[] = []
  let bit = 1
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) widths.unshift(bit)
    bit *= 2
  }
  return widths
}

/** A frontier's hashes as one byte string, 32 bytes each. */
export function frontierBytes(frontier: Frontier): Buffer {
  return Buffer.from(frontier.hashes.join(""), "hex")
}

/** Reads `frontierBytes` back; throws when the number of hashes does not fit the size. */
export function frontierOf(size: number, bytes: Uint8Array): Frontier {
  const widths = partWidths(size)
  if (bytes.length !== widths.length * 32) throw new Error(`a frontier of ${size} leaves has another length`)
  const hex = Buffer.from(bytes).toString("hex")
  return { size, hashes: widths.map((_, i) => hex.slice(i * 64, i * 64 + 64)) }
}
