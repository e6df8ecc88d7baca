export const LF = 0x0a
export const CR = 0x0d
/** The end-of-file mark that DOS and mainframe exports append. */
export const EOF_MARK = 0x1a

/** Counts one byte value in parts of `bytes`, four bytes at a time. */
export class ByteCounter {
  readonly #bytes: Buffer
  readonly #words: Int32Array
  readonly #value: number

  constructor(bytes: Buffer, value: number) {
    this.#bytes = bytes
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    this.#value = value
  }

  /** Words can only be read where they are aligned. */
  static fits(bytes: Buffer): boolean {
    return (bytes.byteOffset & 3) === 0
  }

  count(from: number, to: number): number {
    const firstWord = (from + 3) >> 2
    const lastWord = to >> 2
    if (firstWord >= lastWord) return this.#countSingly(from, to)
    const inWords = countInWords(this.#words, this.#value, firstWord, lastWord)
    return this.#countSingly(from, firstWord * 4) + inWords + this.#countSingly(lastWord * 4, to)
  }

  #countSingly(from: number, to: number): number {
    let count = 0
    for (let i = from; i < to; i++) if (this.#bytes[i] === this.#value) count++
    return count
  }
}

/** XOR makes the bytes sought 0; the sum below sets the high bit of exactly the other bytes. */
function countInWords(words: Int32Array, value: number, from: number, to: number): number {
  const pattern = value * 0x01010101
  let count = 0
  for (let i = from; i < to; i++) {
    const x = (words[i] ?? 0) ^ pattern
    const equal = ~(((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x | 0x7f7f7f7f)
    if (equal !== 0) count += Math.imul(equal >>> 7, 0x01010101) >>> 24
  }
  return count
}

/** Whether a CR stands in `bytes` that is not followed by LF; one at the very end counts as such. */
export function hasLoneCr(bytes: Buffer): boolean {
  for (let cr = bytes.indexOf(CR); cr !== -1; cr = bytes.indexOf(CR, cr + 1))
    if (bytes[cr + 1] !== LF) return true
  return false
}
