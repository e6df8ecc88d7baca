import { RARE } from "./names.ts"

/**
 * The codes this provider uses for characters that Big5 lacks (造字): user-defined codes from FA40. The agency must be
 * given this list to read them; another provider's list may differ.
 */
export const USER_DEFINED: ReadonlyMap<string, number> = new Map(RARE.map((char, i) => [char, 0xfa40 + i]))

const STANDARD = [
  [0xa140, 0xa3bf],
  [0xa440, 0xc67e],
  [0xc940, 0xf9d5],
] as const

/** By UTF-16 code unit for the basic plane, by character above it; made at the first use. */
let table: { readonly basic: Uint16Array; readonly astral: ReadonlyMap<number, number> } | undefined

/** Big5 bytes of `text`: standard codes of levels 1 and 2, this provider's user-defined codes, ASCII. Throws on any other character. */
export function encodeBig5(text: string): Buffer {
  table ??= readTable()
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0
    if (point < 0x80) {
      bytes[length++] = point
      continue
    }
    const code = point < 0x10000 ? table.basic[point] : table.astral.get(point)
    if (code === undefined || code === 0)
      throw new Error(`U+${point.toString(16).toUpperCase()} has no Big5 code`)
    bytes[length++] = code >>> 8
    bytes[length++] = code & 0xff
    if (point >= 0x10000) i++
  }
  return bytes.subarray(0, length)
}

function readTable(): { basic: Uint16Array; astral: Map<number, number> } {
  const basic = new Uint16Array(0x10000)
  const astral = new Map<number, number>()
  for (const [char, code] of [...standardCodes(), ...USER_DEFINED]) {
    const point = char.codePointAt(0) ?? 0
    if (point >= 0x10000) astral.set(point, code)
    else if (basic[point] === 0) basic[point] = code
  }
  return { basic, astral }
}

function* standardCodes(): Generator<readonly [string, number]> {
  const decoder = new TextDecoder("big5", { fatal: true })
  for (const [from, to] of STANDARD)
    for (let code = from; code <= to; code++) {
      const low = code & 0xff
      if (low < 0x40 || (low > 0x7e && low < 0xa1) || low === 0xff) continue
      yield [decoder.decode(Uint8Array.of(code >>> 8, low)), code]
    }
}
