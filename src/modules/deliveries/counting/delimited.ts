import { isBig5Lead, isBig5Trail } from "../../../platform/text/big5.ts"
import type { TextCheck } from "../../../platform/text/checks.ts"
import { refuse } from "../../../regulation/rule.ts"
import { CR, eachLine, isAligned, LF } from "./bytes.ts"
import type { Problem, RecordFormat, RecordScanner } from "./format.ts"

type Delimited = Extract<RecordFormat, { kind: "delimited" }>

/** What a byte may mean. */
const TEXT = 0
const DELIMITER = 1
const QUOTE = 2
const LINE_END = 3
const LEAD = 4

/** Where the scanner stands: before a field, in a bare one, inside quotes, or after a quote inside quotes. */
const FIELD_START = 0
const BARE = 1
const QUOTED = 2
const QUOTE_IN_QUOTED = 3

/**
 * Finds the records of delimited text (RFC 4180 §2) with line ends LF, CRLF or CR, mixed or not. Blank lines are no
 * records. Every record must have as many fields as the first (a header apart): a line break or a delimiter that
 * slipped into a field would otherwise make a wrong count look right.
 */
export class DelimitedScanner implements RecordScanner {
  readonly #check: TextCheck
  readonly #meaning: Uint8Array
  readonly #delimiter: number
  readonly #quote: number
  records = 0
  #headers: number
  /** Delimiters in a record, as the first one had them; -1 before it. */
  #expected = -1
  #state = FIELD_START
  #delimiters = 0
  #hasContent = false
  #isAfterCr = false
  #isAfterLead = false
  #problem: Problem | null

  constructor(format: Delimited, check: TextCheck) {
    const { delimiter, quote, header } = format
    this.#check = check
    this.#meaning = meaningOf(format)
    this.#delimiter = delimiter.charCodeAt(0)
    this.#quote = quote?.charCodeAt(0) ?? -1
    this.#headers = header ? 1 : 0
    const isAscii = /^[\t\x20-\x7e]$/.test(delimiter) && /^[\x20-\x7e]?$/.test(quote ?? "")
    this.#problem = isAscii ? null : refuse("FILE_FORMAT_WRONG", { reason: "分隔與引號須各為一個半形字元" })
  }

  write(bytes: Buffer): Problem | null {
    this.#check.write(bytes)
    if (bytes.includes(0)) this.#problem ??= refuse("FILE_FORMAT_WRONG", { reason: "含有非文字內容" })
    if (this.#problem !== null || bytes.length === 0) return this.#problem
    if (this.#isPlain(bytes)) this.#skim(bytes)
    else this.#scan(bytes, this.#startOf(bytes))
    return this.#problem
  }

  end(position: number): Problem | null {
    const isOpen = this.#state === QUOTED
    const isShort = this.#hasContent && this.#headers === 0 && this.#delimiters < this.#expected
    if (this.#check.end() || isOpen || isShort)
      return this.#problem ?? refuse("RECORD_TRUNCATED", { position })
    this.#endLine()
    return this.#problem
  }

  /** Whether line ends and delimiters are all that can mean anything in these bytes, as in most of most files. */
  #isPlain(bytes: Buffer): boolean {
    if (this.#state === QUOTED || this.#state === QUOTE_IN_QUOTED) return false
    const mayHoldQuotes = this.#quote !== -1 && bytes.includes(this.#quote)
    return !mayHoldQuotes && !this.#meaning.includes(LEAD) && isAligned(bytes)
  }

  /** Several times as fast as `#scan`, to which it leaves all from the first lone CR on. */
  #skim(bytes: Buffer): void {
    const from = this.#startOf(bytes)
    this.#isAfterCr = false
    const rest = eachLine(bytes, this.#delimiter, from, (delimiters, hasContent) => {
      this.#delimiters += delimiters
      if (hasContent) this.#hasContent = true
      this.#endLine()
    })
    this.#scan(bytes, rest)
  }

  #scan(bytes: Buffer, from: number): void {
    const { length } = bytes
    let i = from
    while (i < length) {
      if (this.#state === QUOTED) {
        i = this.#skipQuoted(bytes, i)
        continue
      }
      const byte = bytes[i] ?? 0
      const meaning = this.#meaning[byte] ?? TEXT
      if (meaning === LINE_END) {
        this.#endLine()
        if (byte === CR && bytes[i + 1] === LF) i++
      } else if (meaning === DELIMITER) this.#endField()
      else if (meaning === QUOTE && this.#state !== BARE) this.#openQuotes()
      else {
        this.#text()
        i = this.#skipText(bytes, i)
        continue
      }
      i++
    }
    this.#isAfterCr = bytes[length - 1] === CR && this.#state === FIELD_START
  }

  /** Skips what completes a line end or a code that the piece before cut. */
  #startOf(bytes: Buffer): number {
    const [isAfterCr, isAfterLead] = [this.#isAfterCr, this.#isAfterLead]
    this.#isAfterLead = false
    const first = bytes[0] ?? 0
    return (isAfterCr && first === LF) || (isAfterLead && isBig5Trail(first)) ? 1 : 0
  }

  /** To after the quote that ends the field, or may. */
  #skipQuoted(bytes: Buffer, from: number): number {
    const meaning = this.#meaning
    const { length } = bytes
    let i = from
    for (; i < length; i++) {
      const what = meaning[bytes[i] ?? 0]
      if (what === QUOTE) {
        this.#state = QUOTE_IN_QUOTED
        return i + 1
      }
      if (what === LEAD) i = this.#skipCode(bytes, i) - 1
    }
    return i
  }

  /** To after the text that begins at `from`, whatever the byte there means. */
  #skipText(bytes: Buffer, from: number): number {
    const meaning = this.#meaning
    const { length } = bytes
    let i = meaning[bytes[from] ?? 0] === LEAD ? this.#skipCode(bytes, from) : from + 1
    while (i < length) {
      const what = meaning[bytes[i] ?? 0]
      if (what === TEXT || what === QUOTE) i++
      else if (what === LEAD) i = this.#skipCode(bytes, i)
      else break
    }
    return i
  }

  /** A lead byte takes its second byte with it, if that can be one; the next piece may hold it. */
  #skipCode(bytes: Buffer, at: number): number {
    const next = bytes[at + 1]
    this.#isAfterLead = next === undefined
    return next !== undefined && isBig5Trail(next) ? at + 2 : at + 1
  }

  #endField(): void {
    this.#hasContent = true
    this.#delimiters++
    this.#state = FIELD_START
  }

  #openQuotes(): void {
    this.#hasContent = true
    this.#state = QUOTED
  }

  #text(): void {
    this.#hasContent = true
    if (this.#state === QUOTE_IN_QUOTED) this.#refuseRecord("的引號後有多餘文字")
    this.#state = BARE
  }

  #endLine(): void {
    if (this.#hasContent) this.#endRecord()
    this.#hasContent = false
    this.#delimiters = 0
    this.#state = FIELD_START
  }

  #endRecord(): void {
    if (this.#headers > 0) {
      this.#headers--
      return
    }
    if (this.#expected === -1) this.#expected = this.#delimiters
    if (this.#delimiters !== this.#expected)
      this.#refuseRecord(`有 ${this.#delimiters + 1} 欄，應為 ${this.#expected + 1} 欄`)
    this.records++
  }

  #refuseRecord(what: string): void {
    const record = this.records + 1
    this.#problem ??= refuse("FILE_FORMAT_WRONG", { reason: `第 ${record} 筆${what}` })
  }
}

/**
 * What each byte means. Lead bytes matter only where the delimiter or the quote may be the second byte of a Big5
 * code, which are 0x40 and above; line ends never are.
 */
function meaningOf({ delimiter, quote, encoding }: Delimited): Uint8Array {
  const [delimiterByte, quoteByte] = [delimiter.charCodeAt(0), quote?.charCodeAt(0)]
  const isPaired = encoding === "big5" && (delimiterByte >= 0x40 || (quoteByte ?? 0) >= 0x40)
  const meaning = Uint8Array.from({ length: 256 }, (_, byte) => (isPaired && isBig5Lead(byte) ? LEAD : TEXT))
  meaning[LF] = meaning[CR] = LINE_END
  meaning[delimiterByte] = DELIMITER
  if (quoteByte !== undefined) meaning[quoteByte] = QUOTE
  return meaning
}
