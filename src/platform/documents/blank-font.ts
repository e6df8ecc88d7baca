/** Family name of the fonts made here. */
export const BLANK_FAMILY = "Hushou Blank"

const UNITS_PER_EM = 1000
const ASCENT = 800
const DESCENT = -200

/**
 * A TrueType font with one empty, zero-width glyph per character, so that a boxed character stays in the
 * PDF as text that can be searched and copied. At most 65,534 characters. Format: OpenType 1.9.
 */
export function makeBlankFont(characters: readonly string[]): Uint8Array {
  const codes = [...new Set(characters.map((c) => c.codePointAt(0) ?? 0))].sort((a, b) => a - b)
  const glyphs = codes.length + 1
  return assemble({
    "OS/2": os2(),
    cmap: cmap(codes),
    glyf: new Uint8Array(4),
    head: head(),
    hhea: bytes([32, 0x10000], [16, ASCENT, DESCENT, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, glyphs]),
    hmtx: new Uint8Array(glyphs * 4),
    loca: new Uint8Array((glyphs + 1) * 2),
    maxp: bytes([32, 0x10000], [16, glyphs, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    name: names(),
    post: bytes([32, 0x30000, 0], [16, -100, 50], [32, 0, 0, 0, 0, 0]),
  })
}

type Field = readonly [width: 16 | 32, ...values: number[]]

function bytes(...fields: readonly Field[]): Uint8Array {
  const size = fields.reduce((sum, [width, ...values]) => sum + (width / 8) * values.length, 0)
  const view = new DataView(new ArrayBuffer(size))
  let at = 0
  for (const [width, ...values] of fields)
    for (const value of values) {
      if (width === 16) view.setUint16(at, value & 0xffff)
      else view.setUint32(at, value >>> 0)
      at += width / 8
    }
  return new Uint8Array(view.buffer)
}

/** Format 12: one group per character; glyph 0 is .notdef. */
function cmap(codes: readonly number[]): Uint8Array {
  const groups = codes.flatMap((code, index) => [code, code, index + 1])
  return bytes(
    [16, 0, 1, 3, 10],
    [32, 12],
    [16, 12, 0],
    [32, 16 + groups.length * 4, 0, codes.length, ...groups],
  )
}

function head(): Uint8Array {
  const [magic, checksumAdjustment] = [0x5f0f3cf5, 0]
  return bytes(
    [32, 0x10000, 0x10000, checksumAdjustment, magic],
    [16, 0, UNITS_PER_EM],
    [32, 0, 0, 0, 0],
    [16, 0, 0, 0, 0, 0, 8, 2, 0, 0],
  )
}

function os2(): Uint8Array {
  const selection = [0x40, 0x20, 0xffff]
  return bytes(
    [16, 4, 0, 400, 5, 0, ...new Array<number>(11).fill(0)],
    [16, 0, 0, 0, 0, 0],
    [32, 0, 0, 0, 0, 0],
    [16, ...selection, ASCENT, DESCENT, 0, ASCENT, -DESCENT],
    [32, 0, 0],
    [16, 500, 700, 0, 32, 1],
  )
}

function names(): Uint8Array {
  const values: readonly (readonly [id: number, text: string])[] = [
    [1, BLANK_FAMILY],
    [2, "Regular"],
    [4, BLANK_FAMILY],
    [6, BLANK_FAMILY.replace(" ", "")],
  ]
  const storage = values.flatMap(([, text]) => Array.from(text, (c) => c.charCodeAt(0)))
  let offset = 0
  const records = values.flatMap(([id, text]) => {
    const record = [3, 1, 0x409, id, text.length * 2, offset]
    offset += text.length * 2
    return record
  })
  return bytes([16, 0, values.length, 6 + records.length * 2, ...records, ...storage])
}

function assemble(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(tables)
  const searchRange = 2 ** Math.floor(Math.log2(entries.length)) * 16
  const directory = [0x10000 >>> 16, 0, entries.length, searchRange, Math.log2(searchRange / 16)]
  let offset = 12 + entries.length * 16
  const records: number[] = []
  for (const [tag, table] of entries) {
    const tagCode = new DataView(new TextEncoder().encode(tag).buffer).getUint32(0)
    records.push(tagCode, checksum(table), offset, table.length)
    offset += padded(table.length)
  }
  const font = new Uint8Array(offset)
  font.set(bytes([16, ...directory, entries.length * 16 - searchRange], [32, ...records]))
  entries.forEach(([, table], index) => font.set(table, records[index * 4 + 2]))
  return font
}

function padded(length: number): number {
  return (length + 3) & ~3
}

function checksum(table: Uint8Array): number {
  const view = new DataView(new ArrayBuffer(padded(table.length)))
  new Uint8Array(view.buffer).set(table)
  let sum = 0
  for (let at = 0; at < view.byteLength; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
