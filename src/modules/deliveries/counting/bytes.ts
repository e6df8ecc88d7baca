export const LF = 0x0a
export const CR = 0x0d
/** The end-of-file mark that DOS and mainframe exports append. */
export const EOF_MARK = 0x1a

const EACH = 0x01010101
const LOW_BITS = 0x7f7f7f7f
const HIGH_BITS = 0x80 * EACH
const UPPER_HALVES = 0xf0 * EACH

/** Words can only be read where they are aligned. */
export function isAligned(bytes: Buffer): boolean {
  return (bytes.byteOffset & 3) === 0
}

/**
 * Calls `endLine` for each line that ends in LF or CRLF, with its delimiters and whether anything stands in it.
 * Reads four bytes at a time, bytes below 0x10 one by one. Gives where the first line begins that it did not end:
 * one with a lone CR, or the last.
 */
export function eachLine(
  bytes: Buffer,
  delimiter: number,
  from: number,
  endLine: (delimiters: number, hasContent: boolean) => void,
): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  const delimiterWord = delimiter * EACH
  let start = from
  let delimiters = 0
  for (let i = from; i < bytes.length;) {
    if ((i & 3) === 0) {
      let at = i >> 2
      for (; at < words.length; at++) {
        const word = words[at] ?? 0
        if (hasLowByte(word)) break
        delimiters += zeroBytes(word ^ delimiterWord)
      }
      i = at * 4
    }
    for (const end = Math.min((i | 3) + 1, bytes.length); i < end; i++) {
      const byte = bytes[i]
      if (byte === delimiter) delimiters++
      else if (byte === CR && bytes[i + 1] !== LF) return start
      else if (byte === LF) {
        endLine(delimiters, i > start && !(i === start + 1 && bytes[start] === CR))
        start = i + 1
        delimiters = 0
      }
    }
  }
  return start
}

/** Whether one of the four bytes is below 0x10. */
function hasLowByte(word: number): boolean {
  const upper = word & UPPER_HALVES
  return ((upper - EACH) & ~upper & HIGH_BITS) !== 0
}

/** How many of the four bytes are 0: the sum sets the high bit of all others. */
function zeroBytes(word: number): number {
  const highBits = ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS)
  return Math.imul(highBits >>> 7, EACH) >>> 24
}
