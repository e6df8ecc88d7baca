/** Bytes that stand for no character the program knows. */
export interface UnknownCode {
  /** Offset in bytes from the start of the text. */
  readonly position: number
  /** The bytes in hexadecimal, such as `FA40`. */
  readonly code: string
}

/** Looks at text byte by byte without keeping it; reports what it cannot decode, never guesses. */
export interface TextCheck {
  write(bytes: Uint8Array): void
  /** Whether the bytes so far end inside a character. */
  readonly isInside: boolean
  /** Reports a character that the end of the text cut off; gives true when there was one. */
  end(): boolean
}

export type Report = (unknown: UnknownCode) => void

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").toUpperCase()
}
