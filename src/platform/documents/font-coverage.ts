import { closeSync, openSync, readSync } from "node:fs"

/** The code points a font can draw. */
export interface Coverage {
  has(codePoint: number): boolean
}

const UNICODE_SIZE = 0x110000
/** Preference among cmap subtables: full repertoire before the basic plane. */
const ENCODINGS = ["3/10", "0/6", "0/4", "3/1", "0/3", "0/2", "0/1", "0/0"]

/**
 * Reads the coverage of a TrueType or OpenType file from its `cmap` (formats 4 and 12; OpenType 1.9).
 * Reads that table only, because 全字庫 files are tens of megabytes.
 * @throws when the file is no such font or has no Unicode cmap of these formats.
 */
export function readCoverage(file: string): Coverage {
  const descriptor = openSync(file, "r")
  try {
    const directory = readAt(descriptor, 12, readAt(descriptor, 0, 12).getUint16(4) * 16)
    for (let at = 0; at < directory.byteLength; at += 16)
      if (directory.getUint32(at) === 0x636d6170)
        return coverageOf(readAt(descriptor, directory.getUint32(at + 8), directory.getUint32(at + 12)))
    throw new Error("the font has no cmap table")
  } catch (error) {
    throw new Error(`Cannot read the characters of the font ${file}`, { cause: error })
  } finally {
    closeSync(descriptor)
  }
}

/** Coverage of a `cmap` table. */
export function coverageOf(cmap: DataView): Coverage {
  const bits = new Uint8Array(UNICODE_SIZE / 8)
  const mark = (code: number) => {
    bits[code >>> 3] = (bits[code >>> 3] ?? 0) | (1 << (code & 7))
  }
  const subtable = unicodeSubtable(cmap)
  if (subtable.getUint16(0) === 12) markFormat12(subtable, mark)
  else markFormat4(subtable, mark)
  return { has: (code) => ((bits[code >>> 3] ?? 0) & (1 << (code & 7))) !== 0 }
}

function unicodeSubtable(cmap: DataView): DataView {
  const offsets = new Map<string, number>()
  for (let index = 0; index < cmap.getUint16(2); index++) {
    const at = 4 + index * 8
    offsets.set(`${cmap.getUint16(at)}/${cmap.getUint16(at + 2)}`, cmap.getUint32(at + 4))
  }
  for (const encoding of ENCODINGS) {
    const offset = offsets.get(encoding)
    if (offset === undefined) continue
    const subtable = new DataView(cmap.buffer, cmap.byteOffset + offset)
    if ([4, 12].includes(subtable.getUint16(0))) return subtable
  }
  throw new Error("the font has no Unicode cmap of format 4 or 12")
}

function markFormat12(table: DataView, mark: (code: number) => void): void {
  for (let group = 0; group < table.getUint32(12); group++) {
    const at = 16 + group * 12
    const [first, last, glyph] = [table.getUint32(at), table.getUint32(at + 4), table.getUint32(at + 8)]
    for (let code = first; code <= Math.min(last, UNICODE_SIZE - 1); code++)
      if (glyph + code - first !== 0) mark(code)
  }
}

function markFormat4(table: DataView, mark: (code: number) => void): void {
  const size = table.getUint16(6)
  for (let at = 0; at < size; at += 2) {
    const last = table.getUint16(14 + at)
    const first = table.getUint16(16 + size + at)
    const delta = table.getUint16(16 + 2 * size + at)
    const rangeAt = 16 + 3 * size + at
    const range = table.getUint16(rangeAt)
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph = range === 0 ? code : table.getUint16(rangeAt + range + (code - first) * 2)
      if ((range !== 0 && glyph === 0) || ((glyph + delta) & 0xffff) === 0) continue
      mark(code)
    }
  }
}

function readAt(descriptor: number, position: number, length: number): DataView {
  const buffer = new Uint8Array(length)
  if (readSync(descriptor, buffer, 0, length, position) < length) throw new Error("the file is cut short")
  return new DataView(buffer.buffer)
}
