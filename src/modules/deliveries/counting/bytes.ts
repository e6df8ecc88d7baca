export const LF = 0x0a
export const CR = 0x0d
/** The end-of-file mark that DOS and mainframe exports append. */
export const EOF_MARK = 0x1a

const LOW_BITS = 0x7f7f7f7f

/** Counts delimiters in parts of `bytes`, four bytes at a time, and notices CRs among them. */
export class DelimiterCounter {
  readonly #bytes: Buffer
  readonly #words: Int32Array
  readonly #delimiter: number

  constructor(bytes: Buffer, delimiter: number) {
    this.#bytes = bytes
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    this.#delimiter = delimiter
  }

  /** Words can only be read where they are aligned. */
  static fits(bytes: Buffer): boolean {
    return (bytes.byteOffset & 3) === 0
  }

  /** The delimiters in [from, to), or -1 when a CR stands there. */
  count(from: number, to: number): number {
    const bytes = this.#bytes
    const delimiter = this.#delimiter
    let count = 0
    let i = from
    for (; i < to && (i & 3) !== 0; i++)
      if (bytes[i] === delimiter) count++
      else if (bytes[i] === CR) return -1
    if (to - i >= 4) {
      const inWords = countInWords(this.#words, delimiter, i >> 2, to >> 2)
      if (inWords < 0) return -1
      count += inWords
      i = (to >> 2) * 4
    }
    for (; i < to; i++)
      if (bytes[i] === delimiter) count++
      else if (bytes[i] === CR) return -1
    return count
  }
}

/** XOR makes the bytes sought 0; the sum then sets the high bit of exactly the other bytes. */
function countInWords(words: Int32Array, delimiter: number, from: number, to: number): number {
  const [delimiters, crs] = [delimiter * 0x01010101, CR * 0x01010101]
  let count = 0
  let found = 0
  for (let i = from; i < to; i++) {
    const word = words[i] ?? 0
    const d = word ^ delimiters
    const c = word ^ crs
    const equal = ~(((d & LOW_BITS) + LOW_BITS) | d | LOW_BITS)
    found |= ~(((c & LOW_BITS) + LOW_BITS) | c | LOW_BITS)
    if (equal !== 0) count += Math.imul(equal >>> 7, 0x01010101) >>> 24
  }
  return found === 0 ? count : -1
}
