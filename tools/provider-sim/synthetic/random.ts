/**
 * A number of 32 bits that depends on seed, index and field only, so that record n can be made without
 * the records before it (the finalizer of MurmurHash3).
 */
export function hash32(seed: number, index: number, field: number): number {
  let h =
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^
    Math.imul(index + 1, 0xc2b2ae35) ^
    Math.imul(field + 1, 0x27d4eb2f)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** One of `choices`, by seed, index and field. */
export function choose<T>(choices: readonly T[], seed: number, index: number, field: number): T {
  const chosen = choices[hash32(seed, index, field) % choices.length]
  if (chosen === undefined) throw new Error("nothing to choose from")
  return chosen
}
