export const LF = 0x0a
export const CR = 0x0d
/** The end-of-file mark that DOS and mainframe exports append. */
export const EOF_MARK = 0x1a

/** How often `value` stands in [from, to), four bytes at a time. */
export function countByte(bytes: Buffer, value: number, from: number, to: number): number {
  let count = 0
  let i = from
  for (; i < to && ((bytes.byteOffset + i) & 3) !== 0; i++) if (bytes[i] === value) count++
  const words = (to - i) >> 2
  if (words > 0) {
    const view = new Int32Array(bytes.buffer, bytes.byteOffset + i, words)
    count += countInWords(view, value)
    i += words * 4
  }
  for (; i < to; i++) if (bytes[i] === value) count++
  return count
}

/** Bytes equal to `value` become 0 by XOR; the sum below sets the high bit of exactly the other bytes. */
function countInWords(words: Int32Array, value: number): number {
  const pattern = value * 0x01010101
  let count = 0
  for (let i = 0; i < words.length; i++) {
    const x = (words[i] ?? 0) ^ pattern
    const equal = ~(((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x | 0x7f7f7f7f)
    if (equal !== 0) count += Math.imul(equal >>> 7, 0x01010101) >>> 24
  }
  return count
}

/** Whether a CR stands in [from, length) that is not followed by LF; one at the very end counts as such. */
export function hasLoneCr(bytes: Buffer, from: number): boolean {
  for (let cr = bytes.indexOf(CR, from); cr !== -1; cr = bytes.indexOf(CR, cr + 1))
    if (bytes[cr + 1] !== LF) return true
  return false
}
