import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import { skipBom, wrongStart } from "./delimited.ts"
import type { Counter, RecordFormat } from "./format.ts"
import { textCheck } from "./text-checks.ts"

type Fixed = Extract<RecordFormat, { kind: "fixed" }>

const LF = 0x0a
const CR = 0x0d

/** Counts fixed-length records, with or without line ends. Every record must have exactly the agreed length. */
export function countFixed(format: Fixed): Counter {
  const check = textCheck(format.encoding)
  const lengths = format.lineEnd === "none" ? new Unbroken(format.recordBytes) : new Lines(format.recordBytes)
  let bytes = 0
  let problem: Refusal<RefusalCode> | null = null
  return {
    write(piece) {
      if (bytes === 0) problem = wrongStart(piece)
      const start = bytes === 0 && format.encoding === "utf-8" ? skipBom(piece) : 0
      bytes += piece.length
      if (problem !== null) return
      check.write(piece)
      problem = lengths.write(piece.subarray(start))
    },
    end() {
      check.end()
      const found = problem ?? lengths.end(bytes)
      return {
        records: lengths.records,
        bytes,
        unknown: check.unknown(),
        problem: bytes === 0 ? refuse("FILE_EMPTY") : found,
      }
    },
  }
}

/** Records that follow one another without a line end. */
class Unbroken {
  readonly #length: number
  #bytes = 0

  constructor(length: number) {
    this.#length = length
  }

  get records(): number {
    return Math.floor(this.#bytes / this.#length)
  }

  write(piece: Uint8Array): Refusal<RefusalCode> | null {
    this.#bytes += piece.length
    return piece.includes(LF)
      ? refuse("FILE_FORMAT_WRONG", { reason: "含有換行，而約定為無換行之定長資料" })
      : null
  }

  end(position: number): Refusal<RefusalCode> | null {
    return this.#bytes % this.#length === 0 ? null : refuse("RECORD_TRUNCATED", { position })
  }
}

/** One record a line; LF and CRLF may mix and the last may be missing. */
class Lines {
  readonly #length: number
  records = 0
  /** Bytes of the line so far, its CR among them. */
  #line = 0
  #lastIsCr = false

  constructor(length: number) {
    this.#length = length
  }

  write(piece: Uint8Array): Refusal<RefusalCode> | null {
    let start = 0
    for (let lf = piece.indexOf(LF); lf !== -1; lf = piece.indexOf(LF, start)) {
      const endsInCr = lf > start ? piece[lf - 1] === CR : this.#lastIsCr
      const wrong = this.#close(this.#line + lf - start - (endsInCr ? 1 : 0))
      if (wrong !== null) return wrong
      start = lf + 1
    }
    if (piece.length > start) this.#lastIsCr = piece.at(-1) === CR
    this.#line += piece.length - start
    return null
  }

  #close(length: number): Refusal<RefusalCode> | null {
    this.records++
    this.#line = 0
    this.#lastIsCr = false
    if (length === this.#length) return null
    return refuse("RECORD_LENGTH_WRONG", { record: this.records, actual: length, expected: this.#length })
  }

  end(position: number): Refusal<RefusalCode> | null {
    const rest = this.#line - (this.#lastIsCr ? 1 : 0)
    if (rest === 0) return null
    if (rest < this.#length) return refuse("RECORD_TRUNCATED", { position })
    return this.#close(rest)
  }
}
