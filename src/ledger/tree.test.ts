import { readFileSync } from "node:fs"
import { fc, test as property } from "@fast-check/vitest"
import { describe, expect, test } from "vitest"
import {
  consistencyRanges,
  inclusionRanges,
  isConsistent,
  rootFromInclusion,
  type LeafRange,
} from "./proof.ts"
import {
  EMPTY,
  EMPTY_ROOT,
  extend,
  frontierBytes,
  frontierFrom,
  frontierOf,
  leafHash,
  nodeHash,
  rootOf,
  type Hash,
} from "./tree.ts"

interface Vectors {
  readonly leaves: readonly string[]
  readonly emptyRoot: string
  readonly roots: readonly string[]
  readonly inclusion: readonly { index: number; size: number; proof: string[] }[]
  readonly consistency: readonly { from: number; to: number; proof: string[] }[]
}
const vectors = JSON.parse(
  readFileSync(new URL("../../tests/vectors/rfc6962.json", import.meta.url), "utf8"),
) as Vectors
const leaves = vectors.leaves.map((hex) => leafHash(Buffer.from(hex, "hex")))
const at = <T>(list: readonly T[], i: number): T => {
  const value = list[i]
  if (value === undefined) throw new Error(`nothing at ${i}`)
  return value
}

/** RFC 6962 §2.1, word by word. */
function naiveRoot(of: readonly Hash[]): Hash {
  if (of.length === 0) return EMPTY_ROOT
  if (of.length === 1) return at(of, 0)
  let k = 1
  while (k * 2 < of.length) k *= 2
  return nodeHash(naiveRoot(of.slice(0, k)), naiveRoot(of.slice(k)))
}
const hashesOf = (ranges: readonly LeafRange[], of: readonly Hash[]) =>
  ranges.map(({ start, end }) => naiveRoot(of.slice(start, end)))

describe("RFC 6962 vectors", () => {
  test("roots of 0 to 8 leaves", () => {
    expect(rootOf(EMPTY)).toBe(vectors.emptyRoot)
    vectors.roots.forEach((root, i) => expect(rootOf(extend(EMPTY, leaves.slice(0, i + 1)))).toBe(root))
  })
  test.each(vectors.inclusion)("inclusion of $index in $size", ({ index, size, proof }) => {
    expect(hashesOf(inclusionRanges(index, size), leaves)).toEqual(proof)
    expect(rootFromInclusion(index, size, at(leaves, index), proof)).toBe(vectors.roots[size - 1])
  })
  test.each(vectors.consistency)("consistency of $from with $to", ({ from, to, proof }) => {
    expect(hashesOf(consistencyRanges(from, to), leaves)).toEqual(proof)
    const [old, young] = [from, to].map((size) => ({ size, root: at(vectors.roots, size - 1) }))
    expect(old && young && isConsistent(old, young, proof)).toBe(true)
  })
})

const someLeaves = fc
  .integer({ min: 1, max: 300 })
  .map((count) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`leaf ${i}`))))

describe("against the naive tree", () => {
  property.prop([someLeaves, fc.nat()])("appending in any two parts gives the naive root", (all, cut) => {
    const split = cut % (all.length + 1)
    const first = extend(EMPTY, all.slice(0, split))
    const stored = frontierOf(split, frontierBytes(first))
    expect(rootOf(first)).toBe(naiveRoot(all.slice(0, split)))
    expect(rootOf(extend(stored, all.slice(split)))).toBe(naiveRoot(all))
  })

  property.prop([someLeaves, fc.nat()])(
    "every inclusion proof leads to the root, of its own leaf only",
    (all, n) => {
      const index = n % all.length
      const proof = hashesOf(inclusionRanges(index, all.length), all)
      expect(rootFromInclusion(index, all.length, at(all, index), proof)).toBe(naiveRoot(all))
      expect(rootFromInclusion(index, all.length, leafHash(Buffer.from("other")), proof)).not.toBe(
        naiveRoot(all),
      )
      expect(rootFromInclusion(index, all.length, at(all, index), [...proof, EMPTY_ROOT])).toBeNull()
      if (proof.length > 0)
        expect(rootFromInclusion(index, all.length, at(all, index), proof.slice(1))).not.toBe(naiveRoot(all))
    },
  )

  property.prop([someLeaves, fc.nat(), fc.nat()])(
    "every consistency proof holds, and for no other head",
    (all, n, flip) => {
      const to = { size: all.length, root: naiveRoot(all) }
      const size = 1 + (n % all.length)
      const from = { size, root: naiveRoot(all.slice(0, size)) }
      const proof = hashesOf(consistencyRanges(size, all.length), all)
      expect(isConsistent(from, to, proof)).toBe(true)
      expect(isConsistent({ ...from, root: EMPTY_ROOT }, to, proof)).toBe(false)
      expect(isConsistent(from, { ...to, root: EMPTY_ROOT }, proof)).toBe(false)
      if (proof.length > 0)
        expect(isConsistent(from, to, proof.with(flip % proof.length, EMPTY_ROOT))).toBe(false)
    },
  )

  property.prop([someLeaves])("a frontier's tail is the frontier of its last leaves", (all) => {
    const whole = extend(EMPTY, all)
    let start = 0
    for (const part of Array.from(all.length.toString(2)).map(
      (bit, i, bits) => Number(bit) * 2 ** (bits.length - 1 - i),
    )) {
      expect(rootOf(frontierFrom(whole, start))).toBe(naiveRoot(all.slice(start)))
      start += part
    }
  })
})

test("no proof is made for what is not there", () => {
  expect(() => inclusionRanges(8, 8)).toThrow(RangeError)
  expect(() => consistencyRanges(9, 8)).toThrow(RangeError)
  expect(() => consistencyRanges(0, 8)).toThrow(RangeError)
})
