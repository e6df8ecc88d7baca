import { hash } from "node:crypto"

/** A SHA-256 value as a string of 32 bytes (latin1): the quickest form to make and to hash again. */
export type Digest = string

export function sha256(bytes: Uint8Array | string): Digest {
  return hash("sha256", bytes, "binary")
}

export const hexOf = (digest: Digest): string => Buffer.from(digest, "latin1").toString("hex")
export const digestOfHex = (hex: string): Digest => Buffer.from(hex, "hex").toString("latin1")

const node = Buffer.alloc(65, 1)

/** RFC 6962 §2.1: SHA-256(0x01 || left || right). */
export function parent(left: Digest, right: Digest): Digest {
  node.write(left, 1, "latin1")
  node.write(right, 33, "latin1")
  return hash("sha256", node, "binary")
}

/** Folds nodes of equal height, left to right, into the subtrees they fill. */
export class Peaks {
  readonly #peaks: Digest[] = []
  #count = 0

  push(digest: Digest): void {
    let top = digest
    for (let rest = this.#count; rest % 2 === 1; rest = Math.floor(rest / 2))
      top = parent(this.#peaks.pop() ?? "", top)
    this.#peaks.push(top)
    this.#count += 1
  }

  /** RFC 6962 §2.1 root of all that was pushed, then of `last`, a smaller tree to their right. */
  root(last?: Digest): Digest {
    const all = last === undefined ? this.#peaks : [...this.#peaks, last]
    return all.length === 0 ? sha256("") : all.reduceRight((right, left) => parent(left, right))
  }
}
