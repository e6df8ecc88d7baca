import type { TextCheck } from "../../../platform/text/checks.ts"
import { refuse } from "../../../regulation/rule.ts"
import { CR, LF } from "./bytes.ts"
import type { Problem, RecordScanner } from "./format.ts"

/** Records of one length that follow one another without a line end. None may begin inside a character. */
export class UnbrokenScanner implements RecordScanner {
  readonly #length: number
  readonly #check: TextCheck
  records = 0
  /** Bytes of the record so far. */
  #filled = 0

  constructor(length: number, check: TextCheck) {
    this.#length = length
    this.#check = check
  }

  write(bytes: Buffer): Problem | null {
    if (bytes.includes(LF))
      return refuse("FILE_FORMAT_WRONG", { reason: "含有換行，而約定為無換行之定長資料" })
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + this.#length - this.#filled)
      this.#check.write(part)
      this.#filled += part.length
      from += part.length
      if (this.#filled < this.#length) break
      this.#filled = 0
      this.records++
      if (this.#check.isInside)
        return refuse("FILE_FORMAT_WRONG", {
          reason: `第 ${this.records} 筆的結尾切斷了一個字，約定之長度可能有誤`,
        })
    }
    return null
  }

  end(position: number): Problem | null {
    this.#check.end()
    return this.#filled === 0 ? null : refuse("RECORD_TRUNCATED", { position })
  }
}

/** One record of one length a line; LF and CRLF may mix and the last may be missing. */
export class LineScanner implements RecordScanner {
  readonly #length: number
  readonly #check: TextCheck
  records = 0
  /** Bytes of the line so far, its CR among them. */
  #line = 0
  #isAfterCr = false

  constructor(length: number, check: TextCheck) {
    this.#length = length
    this.#check = check
  }

  write(bytes: Buffer): Problem | null {
    this.#check.write(bytes)
    let from = 0
    for (let lf = bytes.indexOf(LF); lf !== -1; lf = bytes.indexOf(LF, from)) {
      const endsInCr = lf > from ? bytes[lf - 1] === CR : this.#isAfterCr
      const problem = this.#endRecord(this.#line + lf - from - (endsInCr ? 1 : 0))
      if (problem !== null) return problem
      from = lf + 1
    }
    if (bytes.length > from) this.#isAfterCr = bytes.at(-1) === CR
    this.#line += bytes.length - from
    return null
  }

  end(position: number): Problem | null {
    this.#check.end()
    const rest = this.#line - (this.#isAfterCr ? 1 : 0)
    if (this.#line === 0) return null
    return rest < this.#length ? refuse("RECORD_TRUNCATED", { position }) : this.#endRecord(rest)
  }

  #endRecord(length: number): Problem | null {
    this.#line = 0
    this.#isAfterCr = false
    if (length !== this.#length)
      return refuse("RECORD_LENGTH_WRONG", {
        record: this.records + 1,
        actual: length,
        expected: this.#length,
      })
    this.records++
    return null
  }
}
