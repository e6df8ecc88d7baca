import { refuse } from "../../../regulation/rule.ts"
import type { Encoding, Problem } from "./format.ts"

/** How many bytes tell what a file is. */
export const FIRST_BYTES = 8

const UTF8_BOM = "\xef\xbb\xbf"
const OTHERS: readonly (readonly [start: string, reason: string])[] = [
  ["PK\x03\x04", "這是 ZIP 壓縮檔"],
  ["PK\x05\x06", "這是 ZIP 壓縮檔"],
  ["7z\xbc\xaf\x27\x1c", "這是 7z 壓縮檔"],
  ["Rar!\x1a\x07", "這是 RAR 壓縮檔"],
  ["\x1f\x8b", "這是 gzip 壓縮檔"],
  ["%PDF", "這是 PDF 檔"],
  ["\xd0\xcf\x11\xe0", "這是舊式 Office 檔"],
  ["\xff\xfe", "這是 UTF-16 文字檔"],
  ["\xfe\xff", "這是 UTF-16 文字檔"],
]

/** Tells at its first bytes a file that is not text in `encoding`. */
export function wrongStart(start: Uint8Array, encoding: Encoding): Problem | null {
  const text = Buffer.from(start).toString("latin1")
  if (encoding === "big5" && text.startsWith(UTF8_BOM))
    return refuse("FILE_FORMAT_WRONG", { reason: "檔案開頭標示為 UTF-8，約定為 Big5" })
  const known = OTHERS.find(([prefix]) => text.startsWith(prefix))
  return known === undefined ? null : refuse("FILE_FORMAT_WRONG", { reason: known[1] })
}

/** Bytes of the UTF-8 byte order mark at the start. */
export function bomBytes(start: Uint8Array): number {
  return Buffer.from(start.subarray(0, 3)).toString("latin1") === UTF8_BOM ? 3 : 0
}
