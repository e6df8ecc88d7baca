import { nodeHash, type Hash } from "./tree.ts"

/** The leaves `start` (inclusive) to `end` (exclusive). */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** RFC 6962 §2.1.1 PATH(index, D[size]): the ranges whose Merkle Tree Hashes are the proof, in its order. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`there is no entry ${index} in a tree of ${size}`)
  return pathWithin(index, { start: 0, end: size })
}

function pathWithin(index: number, { start, end }: LeafRange): LeafRange[] {
  if (end - start === 1) return []
  const middle = start + splitPoint(end - start)
  return index < middle
    ? [...pathWithin(index, { start, end: middle }), { start: middle, end }]
    : [...pathWithin(index, { start: middle, end }), { start, end: middle }]
}

/** RFC 6962 §2.1.2 PROOF(from, D[to]): the ranges whose Merkle Tree Hashes are the proof, in its order. */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (!(from > 0 && from <= to)) throw new RangeError(`a tree of ${to} cannot extend one of ${from}`)
  return subproof(from, { start: 0, end: to }, true)
}

function subproof(first: number, { start, end }: LeafRange, whole: boolean): LeafRange[] {
  if (first === end) return whole ? [] : [{ start, end }]
  const middle = start + splitPoint(end - start)
  return first <= middle
    ? [...subproof(first, { start, end: middle }, whole), { start: middle, end }]
    : [...subproof(first, { start: middle, end }, false), { start, end: middle }]
}

/** The largest power of two smaller than `count` (RFC 6962's k). */
function splitPoint(count: number): number {
  let k = 1
  while (k * 2 < count) k *= 2
  return k
}

const halved = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1

/** RFC 9162 §2.1.3.2: the root that `proof` leads to from a leaf, or `null` when its length does not fit. */
export function rootFromInclusion(
  index: number,
  size: number,
  leaf: Hash,
  proof: readonly Hash[],
): Hash | null {
  if (!(index >= 0 && index < size)) return null
  let [fn, sn, root] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (sn === 0) return null
    if (isOdd(fn) || fn === sn) {
      root = nodeHash(sibling, root)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [halved(fn), halved(sn)]
    } else root = nodeHash(root, sibling)
    ;[fn, sn] = [halved(fn), halved(sn)]
  }
  return sn === 0 ? root : null
}

interface Head {
  readonly size: number
  readonly root: Hash
}

/** RFC 9162 §2.1.4.2: whether `proof` shows that `to` extends `from`. */
export function isConsistent(from: Head, to: Head, proof: readonly Hash[]): boolean {
  if (from.size === to.size) return proof.length === 0 && from.root === to.root
  if (!(from.size > 0 && from.size < to.size)) return false
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : proof
  const [first, ...rest] = path
  if (first === undefined || rest.length === 0) return false
  let [fn, sn, old, young] = [from.size - 1, to.size - 1, first, first]
  while (isOdd(fn)) [fn, sn] = [halved(fn), halved(sn)]
  for (const sibling of rest) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      ;[old, young] = [nodeHash(sibling, old), nodeHash(sibling, young)]
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [halved(fn), halved(sn)]
    } else young = nodeHash(young, sibling)
    ;[fn, sn] = [halved(fn), halved(sn)]
  }
  return sn === 0 && old === from.root && young === to.root
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n))
}
