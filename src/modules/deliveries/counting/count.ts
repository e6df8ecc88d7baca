import type { TextCheck } from "../../../platform/text/checks.ts"
import { refuse } from "../../../regulation/rule.ts"
import { EOF_MARK } from "./bytes.ts"
import { DelimitedScanner } from "./delimited.ts"
import { bomBytes, FIRST_BYTES, wrongStart } from "./first-bytes.ts"
import { LineScanner, UnbrokenScanner } from "./fixed.ts"
import type { Counted, Counter, Problem, RecordFormat, RecordScanner } from "./format.ts"
import { textCheck } from "./text-checks.ts"

/** Counts the records of one file in `format`. */
export function createCounter(format: RecordFormat): Counter {
  return new FileCounter(format)
}

/** What every format shares: first bytes, byte order mark, end-of-file mark, the account of unknown codes. */
class FileCounter implements Counter {
  readonly #format: RecordFormat
  readonly #check: ReturnType<typeof textCheck>
  readonly #scanner: RecordScanner
  /** The first bytes, until there are enough to tell what the file is; `null` afterwards. */
  #start: Buffer | null = Buffer.alloc(0)
  #isMarkHeld = false
  #bytes = 0
  #problem: Problem | null = null

  constructor(format: RecordFormat) {
    this.#format = format
    this.#check = textCheck(format.encoding)
    this.#scanner = scannerFor(format, this.#check)
  }

  write(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    if (this.#start === null) {
      this.#scan(piece)
      return
    }
    this.#start = Buffer.concat([this.#start, piece])
    if (this.#start.length >= FIRST_BYTES) this.#begin(this.#start)
  }

  end(): Counted {
    if (this.#start !== null) this.#begin(this.#start)
    this.#problem ??= this.#bytes === 0 ? refuse("FILE_EMPTY") : this.#scanner.end(this.#bytes)
    const [records, unknown] = [this.#scanner.records, this.#check.unknown()]
    return { records, bytes: this.#bytes, unknown, problem: this.#problem }
  }

  #begin(start: Buffer): void {
    this.#start = null
    this.#problem = wrongStart(start, this.#format.encoding)
    const bom = bomBytes(start)
    this.#check.write(start.subarray(0, bom))
    this.#scan(start.subarray(bom))
  }

  /** An end-of-file mark is content only when something follows it. */
  #scan(piece: Buffer): void {
    if (this.#problem !== null || piece.length === 0) return
    if (this.#isMarkHeld) this.#problem = this.#scanner.write(Buffer.of(EOF_MARK))
    this.#isMarkHeld = piece.at(-1) === EOF_MARK
    this.#problem ??= this.#scanner.write(this.#isMarkHeld ? piece.subarray(0, -1) : piece)
  }
}

function scannerFor(format: RecordFormat, check: TextCheck): RecordScanner {
  if (format.kind === "delimited") return new DelimitedScanner(format, check)
  const { recordBytes, lineEnd } = format
  return lineEnd === "none" ? new UnbrokenScanner(recordBytes, check) : new LineScanner(recordBytes, check)
}
