import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import { isBig5Lead } from "../../../platform/text/big5.ts"
import type { Counter, RecordFormat } from "./format.ts"
import { textCheck } from "./text-checks.ts"

type Delimited = Extract<RecordFormat, { kind: "delimited" }>

const LF = 0x0a
const CR = 0x0d

/**
 * Counts records of delimited text (RFC 4180 §2, line ends LF, CRLF or CR mixed). Line ends and quotes lie below
 * 0x40 and so are never the second byte of a Big5 code. Blank lines are no records.
 */
export function countDelimited(format: Delimited): Counter {
  const check = textCheck(format.encoding)
  const lines = new LineScanner(format)
  let bytes = 0
  let problem: Refusal<RefusalCode> | null = null
  return {
    write(piece) {
      if (bytes === 0) problem = wrongStart(piece)
      if (problem === null && piece.includes(0))
        problem = refuse("FILE_FORMAT_WRONG", { reason: "含有非文字內容" })
      bytes += piece.length
      if (problem !== null) return
      check.write(piece)
      lines.write(piece)
    },
    end() {
      const isCutOff = check.end() || lines.end()
      const found = problem ?? (isCutOff ? refuse("RECORD_TRUNCATED", { position: bytes }) : null)
      const records = Math.max(0, lines.records - (format.header ? 1 : 0))
      return { records, bytes, unknown: check.unknown(), problem: bytes === 0 ? refuse("FILE_EMPTY") : found }
    },
  }
}

/** A ZIP, PDF or spreadsheet handed over as text is told at its first bytes. */
export function wrongStart(piece: Uint8Array): Refusal<RefusalCode> | null {
  const start = Buffer.from(piece.subarray(0, 8)).toString("latin1")
  if (start.startsWith("PK\x03\x04")) return refuse("FILE_FORMAT_WRONG", { reason: "這是 ZIP 壓縮檔" })
  if (start.startsWith("%PDF")) return refuse("FILE_FORMAT_WRONG", { reason: "這是 PDF 檔" })
  if (start.startsWith("\xd0\xcf\x11\xe0"))
    return refuse("FILE_FORMAT_WRONG", { reason: "這是舊式 Office 檔" })
  return null
}

/** Where a line stands when a piece of the file ends. */
class LineScanner {
  records = 0
  readonly #quote: number
  readonly #delimiter: number
  readonly #isBig5: boolean
  #inQuotes = false
  /** Whether the current line has any byte yet, and whether the next byte begins a field. */
  #hasContent = false
  #atFieldStart = true
  /** The last byte was a quote inside quotes: the next tells whether it closed the field. */
  #quotePending = false
  #crPending = false
  #afterLead = false

  constructor({ quote, delimiter, encoding }: Delimited) {
    this.#quote = quote === null ? -1 : quote.charCodeAt(0)
    this.#delimiter = delimiter.charCodeAt(0)
    this.#isBig5 = encoding === "big5"
  }

  write(piece: Uint8Array): void {
    const start = this.records === 0 && !this.#hasContent && !this.#inQuotes ? skipBom(piece) : 0
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    const quotesHere =
      this.#quote !== -1 && (this.#inQuotes || this.#quotePending || bytes.includes(this.#quote))
    if (quotesHere) this.#walk(bytes, start)
    else this.#skim(bytes, start)
  }

  /** True when the file ends inside a quoted field. */
  end(): boolean {
    if (this.#quotePending) this.#inQuotes = false
    if (this.#hasContent) this.records++
    return this.#inQuotes
  }

  /** No quote anywhere in the piece: only line ends matter. */
  #skim(bytes: Buffer, start: number): void {
    let i = start
    if (i < bytes.length && this.#crPending) {
      this.#crPending = false
      if (bytes[i] === LF) i++
    }
    const hasCr = bytes.includes(CR)
    for (let lf = bytes.indexOf(LF, i); lf !== -1; lf = bytes.indexOf(LF, i)) {
      if (hasCr) this.#skimCr(bytes, i, lf)
      else this.#line(lf > i)
      i = lf + 1
    }
    if (hasCr) this.#skimCr(bytes, i, bytes.length, true)
    else if (i < bytes.length) this.#hasContent = true
    this.#afterPiece(bytes)
  }

  /** The line ends CR within [from, to), the last perhaps part of CRLF. */
  #skimCr(bytes: Buffer, from: number, to: number, isRest = false): void {
    let i = from
    for (let cr = bytes.indexOf(CR, i); cr !== -1 && cr < to; cr = bytes.indexOf(CR, i)) {
      this.#line(cr > i)
      i = cr + 1
      if (i === to && !isRest) return
    }
    if (isRest) {
      if (i < to) this.#hasContent = true
      this.#crPending = to > from && bytes[to - 1] === CR
    } else this.#line(to > i)
  }

  #line(hasBytes: boolean): void {
    if (hasBytes || this.#hasContent) this.records++
    this.#hasContent = false
  }

  #afterPiece(bytes: Buffer): void {
    const last = bytes.at(-1)
    if (last === undefined) return
    this.#afterLead = this.#isBig5 && endsInLead(bytes)
    this.#atFieldStart =
      last === LF || last === CR || (last === this.#delimiter && !this.#isTrailAtEnd(bytes))
  }

  #isTrailAtEnd(bytes: Buffer): boolean {
    return this.#isBig5 && this.#delimiter >= 0x40 && endsInLead(bytes.subarray(0, -1))
  }

  /** Byte by byte, for pieces with quotes. */
  #walk(bytes: Buffer, start: number): void {
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0
      if (this.#afterLead) {
        this.#afterLead = false
        this.#content(false)
      } else if (this.#isBig5 && isBig5Lead(byte)) {
        this.#closeIfPending()
        this.#afterLead = true
        this.#content(false)
      } else this.#step(byte)
    }
  }

  #step(byte: number): void {
    if (this.#inQuotes) { this.#stepInQuotes(byte); return; }
    if (byte === LF && this.#crPending) {
      this.#crPending = false
      return
    }
    this.#crPending = byte === CR
    if (byte === LF || byte === CR) {
      this.#line(false)
      this.#atFieldStart = true
    } else if (byte === this.#quote && this.#atFieldStart) {
      this.#inQuotes = true
      this.#content(false)
    } else this.#content(byte === this.#delimiter)
  }

  #stepInQuotes(byte: number): void {
    if (!this.#quotePending) {
      this.#quotePending = byte === this.#quote
      return
    }
    this.#quotePending = false
    if (byte === this.#quote) return
    this.#inQuotes = false
    this.#step(byte)
  }

  #closeIfPending(): void {
    if (!this.#quotePending) return
    this.#quotePending = false
    this.#inQuotes = false
  }

  #content(isDelimiter: boolean): void {
    this.#hasContent = true
    this.#crPending = false
    this.#atFieldStart = isDelimiter
  }
}

/** Whether the last byte is the first half of a two-byte code: codes are paired from the first byte of a run. */
function endsInLead(bytes: Buffer): boolean {
  let runStart = bytes.length
  while (runStart > 0 && isBig5Lead(bytes[runStart - 1] ?? 0)) runStart--
  return (bytes.length - runStart) % 2 === 1
}

/** Bytes of a UTF-8 byte order mark at the start of `piece`. */
export function skipBom(piece: Uint8Array): number {
  return piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? 3 : 0
}
