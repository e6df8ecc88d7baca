import { BIG5_ROWS } from "./big5-data.ts"
import { hexOf, type Report, type TextCheck, type UnknownCode } from "./checks.ts"

/** What the agency says its user-defined codes (造字) mean: code in hexadecimal → character. */
export type CodeTable = ReadonlyMap<string, string>

const FIRST_LEADS = [0xa1, 0xa4, 0xc9] as const
/** How many rows of BIG5_ROWS each block has: a1–a3, a4–c6, c9–f9. */
const BLOCK_ROWS = [3, 35, 49] as const

/** Two bytes → UTF-16 code unit; 0 where the standard has no character. */
const CHARACTERS = new Uint16Array(0x10000)
/** UTF-16 code unit → two bytes; 0 where Big5 has no code. The higher code wins: 十 is A451, not A2CC. */
const CODES = new Uint16Array(0x10000)
fillTables()

function fillTables(): void {
  const leads = FIRST_LEADS.flatMap((first, i) =>
    Array.from({ length: BLOCK_ROWS[i] ?? 0 }, (_, n) => first + n),
  )
  for (const [row, lead] of leads.entries()) {
    let trail = 0x40
    for (const character of BIG5_ROWS[row] ?? "") {
      const [code, unit] = [(lead << 8) | trail, character.charCodeAt(0)]
      CHARACTERS[code] = unit
      CODES[unit] = code
      trail = trail === 0x7e ? 0xa1 : trail + 1
    }
  }
}

/** True when `byte` begins a two-byte code, of the standard or not. */
export function isBig5Lead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe
}

/** True when `byte` ends a two-byte code; these include `@ A–Z [ \ ] ^ _ \` a–z { | } ~`. */
export function isBig5Trail(byte: number): boolean {
  return (byte >= 0x40 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xfe)
}

/**
 * Decodes standard Big5 (symbols, levels 1 and 2). Every other code comes back as a part of its own with its
 * position and bytes, unless `table` maps it. A lead byte before a byte that cannot end a code stands alone, so
 * that it never swallows a delimiter or a line end.
 */
export function decodeBig5(bytes: Uint8Array, table?: CodeTable): (string | UnknownCode)[] {
  const parts: (string | UnknownCode)[] = []
  const units = Buffer.allocUnsafe(bytes.length * 2)
  let length = 0
  const put = (unit: number) => (length = units.writeUInt16LE(unit, length))
  const flush = () => {
    if (length > 0) parts.push(units.toString("utf16le", 0, length))
    length = 0
  }
  for (let i = 0; i < bytes.length;) {
    const size = sizeAt(bytes, i)
    const unit = size === 2 ? characterAt(bytes, i) : (bytes[i] ?? 0) < 0x80 ? (bytes[i] ?? 0) : -1
    if (unit > 0 || (size === 1 && unit === 0)) put(unit)
    else {
      const code = hexOf(bytes.subarray(i, i + size))
      const mapped = table?.get(code)
      flush()
      parts.push(mapped ?? { position: i, code })
    }
    i += size
  }
  flush()
  return table === undefined ? parts : joinStrings(parts)
}

function sizeAt(bytes: Uint8Array, i: number): 1 | 2 {
  return isBig5Lead(bytes[i] ?? 0) && isBig5Trail(bytes[i + 1] ?? 0) ? 2 : 1
}

function characterAt(bytes: Uint8Array, i: number): number {
  return CHARACTERS[((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)] ?? 0
}

function joinStrings(parts: readonly (string | UnknownCode)[]): (string | UnknownCode)[] {
  const joined: (string | UnknownCode)[] = []
  for (const part of parts) {
    const before = joined.at(-1)
    if (typeof part === "string" && typeof before === "string") joined[joined.length - 1] = before + part
    else joined.push(part)
  }
  return joined
}

export type Encoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** `position` counts characters from 0; nothing is replaced by `?`. */
  | { readonly ok: false; readonly character: string; readonly position: number }

/** Encodes into standard Big5, and through `table` into the agency's own codes; refuses what would not survive. */
export function encodeBig5(text: string, table?: CodeTable): Encoded {
  const own = new Map([...(table ?? [])].map(([code, character]) => [character, parseInt(code, 16)]))
  const bytes: number[] = []
  let position = 0
  for (const character of text) {
    const unit = character.charCodeAt(0)
    const code = character.length === 1 ? (CODES[unit] ?? 0) || own.get(character) : own.get(character)
    if (unit < 0x80) bytes.push(unit)
    else if (code !== undefined && code !== 0) bytes.push(code >> 8, code & 0xff)
    else return { ok: false, character, position }
    position++
  }
  return { ok: true, bytes: Uint8Array.from(bytes) }
}

function skipAscii(bytes: Uint8Array, from: number): number {
  let i = from
  while (i < bytes.length && (bytes[i] ?? 0) < 0x80) i++
  return i
}

/** Checks a stream of Big5 in pieces cut anywhere. */
export function checkBig5(report: Report): TextCheck {
  let position = 0
  let lead = 0
  const unknown = (at: number, ...code: number[]) =>
    report({ position: at, code: hexOf(Uint8Array.from(code)) })
  /** Ends the code that the piece before cut; gives how many bytes that took. */
  const completeLead = (first: number): number => {
    const isCode = isBig5Trail(first)
    if (!isCode) unknown(position - 1, lead)
    else if (CHARACTERS[(lead << 8) | first] === 0) unknown(position - 1, lead, first)
    lead = 0
    return isCode ? 1 : 0
  }

  return {
    write(bytes) {
      const { length } = bytes
      let i = lead !== 0 && length > 0 ? completeLead(bytes[0] ?? 0) : 0
      while (i < length) {
        const byte = bytes[i] ?? 0
        if (byte < 0x80) i = skipAscii(bytes, i + 1)
        else if (i + 1 < length && CHARACTERS[(byte << 8) | (bytes[i + 1] ?? 0)] !== 0) i += 2
        else if (!isBig5Lead(byte)) unknown(position + i++, byte)
        else if (i + 1 === length) lead = bytes[i++] ?? 0
        else if (!isBig5Trail(bytes[i + 1] ?? 0)) unknown(position + i++, byte)
        else {
          unknown(position + i, byte, bytes[i + 1] ?? 0)
          i += 2
        }
      }
      position += length
    },
    get isInside() {
      return lead !== 0
    },
    end() {
      const cut = lead !== 0
      if (cut) unknown(position - 1, lead)
      lead = 0
      return cut
    },
  }
}
