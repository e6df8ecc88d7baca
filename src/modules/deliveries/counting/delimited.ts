import type { TextCheck } from "../../../platform/text/checks.ts"
import { isBig5Lead, isBig5Trail } from "../../../platform/text/big5.ts"
import { refuse } from "../../../regulation/rule.ts"
import { countByte, CR, hasLoneCr, LF } from "./bytes.ts"
import type { Problem, RecordFormat, RecordScanner } from "./format.ts"

type Delimited = Extract<RecordFormat, { kind: "delimited" }>

/** Where the scanner stands: before a field, in a bare one, inside quotes, or after a quote inside quotes. */
type State = "field-start" | "bare" | "quoted" | "quote-in-quoted"

/**
 * Finds the records of delimited text (RFC 4180 §2) with line ends LF, CRLF or CR, mixed or not. Blank lines are no
 * records. Every record must have as many fields as the first (a header apart): a line break or a delimiter that
 * slipped into a field would otherwise make a wrong count look right.
 */
export class DelimitedScanner implements RecordScanner {
  readonly #check: TextCheck
  readonly #delimiter: number
  readonly #quote: number
  /** Whether the second byte of a Big5 code may look like the delimiter or the quote. */
  readonly #isPaired: boolean
  #lines = 0
  #headers: number
  #expected = -1
  #state: State = "field-start"
  #delimiters = 0
  #hasContent = false
  #isAfterCr = false
  #isAfterLead = false
  #problem: Problem | null

  constructor({ delimiter, quote, encoding, header }: Delimited, check: TextCheck) {
    this.#check = check
    this.#delimiter = delimiter.charCodeAt(0)
    this.#quote = quote === null ? -1 : quote.charCodeAt(0)
    this.#isPaired = encoding === "big5" && (this.#delimiter >= 0x40 || this.#quote >= 0x40)
    this.#headers = header ? 1 : 0
    const isAscii = /^[\t\x20-\x7e]$/.test(delimiter) && /^[\x20-\x7e]?$/.test(quote ?? "")
    this.#problem = isAscii ? null : refuse("FILE_FORMAT_WRONG", { reason: "分隔與引號須各為一個半形字元" })
  }

  get records(): number {
    return this.#lines
  }

  write(bytes: Buffer): Problem | null {
    this.#check.write(bytes)
    if (bytes.includes(0)) this.#problem ??= refuse("FILE_FORMAT_WRONG", { reason: "含有非文字內容" })
    if (this.#problem !== null) return this.#problem
    if (this.#maySkim(bytes)) this.#skim(bytes)
    else for (const byte of bytes) this.#walk(byte)
    return this.#problem
  }

  end(position: number): Problem | null {
    const isOpen = this.#state === "quoted"
    const isShort = this.#hasContent && this.#headers === 0 && this.#delimiters < this.#expected
    if (this.#check.end() || isOpen || isShort)
      return this.#problem ?? refuse("RECORD_TRUNCATED", { position })
    this.#endLine()
    return this.#problem
  }

  /** Without quotes, lone CRs and codes that look like delimiters only line ends need to be found. */
  #maySkim(bytes: Buffer): boolean {
    const isBare = this.#state === "bare" || this.#state === "field-start"
    const hasQuote = this.#quote !== -1 && bytes.includes(this.#quote)
    return isBare && !hasQuote && !this.#isPaired && !hasLoneCr(bytes, 0)
  }

  #skim(bytes: Buffer): void {
    let from = this.#isAfterCr && bytes[0] === LF ? 1 : 0
    if (bytes.length > 0) this.#isAfterCr = false
    for (let lf = bytes.indexOf(LF, from); lf !== -1; lf = bytes.indexOf(LF, from)) {
      this.#content(bytes, from, lf > from && bytes[lf - 1] === CR ? lf - 1 : lf)
      this.#endLine()
      from = lf + 1
    }
    this.#content(bytes, from, bytes.length)
    if (from < bytes.length) this.#state = bytes.at(-1) === this.#delimiter ? "field-start" : "bare"
  }

  #content(bytes: Buffer, from: number, to: number): void {
    if (to <= from) return
    this.#hasContent = true
    this.#delimiters += countByte(bytes, this.#delimiter, from, to)
  }

  #walk(byte: number): void {
    if (this.#isAfterLead) {
      this.#isAfterLead = false
      if (isBig5Trail(byte)) return
    }
    if (this.#isPaired && isBig5Lead(byte)) this.#isAfterLead = true
    if (this.#state === "quoted") {
      if (byte === this.#quote) this.#state = "quote-in-quoted"
    } else if (this.#state === "quote-in-quoted" && byte === this.#quote) this.#state = "quoted"
    else this.#walkOutside(byte)
  }

  #walkOutside(byte: number): void {
    const isCrLf = this.#isAfterCr && byte === LF
    this.#isAfterCr = byte === CR
    if (isCrLf) return
    if (byte === LF || byte === CR) {
      this.#endLine()
      return
    }
    this.#hasContent = true
    if (byte === this.#delimiter) {
      this.#delimiters++
      this.#state = "field-start"
    } else if (byte === this.#quote && this.#state === "field-start") this.#state = "quoted"
    else {
      if (this.#state === "quote-in-quoted") this.#refuseRecord("的引號後有多餘文字")
      this.#state = "bare"
    }
  }

  #endLine(): void {
    if (this.#hasContent) this.#endRecord()
    this.#hasContent = false
    this.#delimiters = 0
    this.#state = "field-start"
  }

  #endRecord(): void {
    if (this.#headers > 0) {
      this.#headers--
      return
    }
    if (this.#expected === -1) this.#expected = this.#delimiters
    if (this.#delimiters !== this.#expected)
      this.#refuseRecord(`有 ${this.#delimiters + 1} 欄，應為 ${this.#expected + 1} 欄`)
    this.#lines++
  }

  #refuseRecord(what: string): void {
    const record = this.#lines + 1
    this.#problem ??= refuse("FILE_FORMAT_WRONG", { reason: `第 ${record} 筆${what}` })
  }
}
