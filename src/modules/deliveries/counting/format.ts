import type { Refusal } from "../../../kernel/decision.ts"
import type { UnknownCode } from "../../../platform/text/checks.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"

export type Encoding = "utf-8" | "big5"

/** How the provider lays out the records of a file. */
export type RecordFormat =
  | {
      readonly kind: "delimited"
      readonly encoding: Encoding
      /** One ASCII character. */
      readonly delimiter: string
      /** Around fields that may hold delimiters and line breaks; `null` when the provider quotes nothing. */
      readonly quote: string | null
      /** Whether the first record names the columns and is not counted. */
      readonly header: boolean
    }
  | {
      readonly kind: "fixed"
      readonly encoding: Encoding
      /** Bytes of a record without its line end. */
      readonly recordBytes: number
      /** Files with line ends may mix LF and CRLF, and may lack the last one. */
      readonly lineEnd: "none" | "lf" | "crlf"
    }

export type FileFormat = RecordFormat | { readonly kind: "zip"; readonly member: RecordFormat }

/** A code no table decodes; in an archive `member` is the file's place in it, from 1, and `position` lies in that file. */
export type FoundCode = UnknownCode & { readonly member?: number }

/** What one pass over a file found. */
export interface Counted {
  readonly records: number
  readonly bytes: number
  /** Of an archive, the records of each file in its order. */
  readonly members?: readonly number[]
  /** Codes that could not be decoded: how many, and the first of them. They do not hinder counting. */
  readonly unknown: { readonly total: number; readonly first: readonly FoundCode[] }
  /** Why the number is not a count; a refusal of the one table. The file is kept in every case. */
  readonly problem: Problem | null
}
export type Problem = Refusal<RefusalCode>

/** Counts while bytes pass; pieces may be cut anywhere. */
export interface Counter {
  write(bytes: Uint8Array): void
  end(): Counted
}

/** Finds the records in a file's content, without byte order mark and end-of-file mark. */
export interface RecordScanner {
  readonly records: number
  /** Gives the first thing that makes the count doubtful; nothing more is written then. */
  write(bytes: Buffer): Problem | null
  /** `position` is the file's size in bytes, for the message. */
  end(position: number): Problem | null
}
