import { decodeBig5 } from "../../../platform/text/big5.ts"
import type { RecordFormat } from "./format.ts"

/** Lines shown to 資訊室, which carries data it must not read. */
const LINES = 5
const WIDTH = 200
const UNDECODABLE = "\u{fffd}"

/**
 * The first lines with every character replaced by its class: 字, A, 9, 符 for any other sign and ■ for bytes that
 * could not be decoded. Only delimiters, quotes and blanks stay.
 */
export function classLines(start: Uint8Array, format: RecordFormat): string[] {
  const kept = format.kind === "delimited" ? `${format.delimiter}${format.quote ?? ""}` : ""
  return linesOf(start, format)
    .slice(0, LINES)
    .map((line) =>
      Array.from(line)
        .slice(0, WIDTH)
        .map((character) => classOf(character, kept))
        .join(""),
    )
}

function linesOf(start: Uint8Array, format: RecordFormat): string[] {
  const decode = (bytes: Uint8Array) => (format.encoding === "big5" ? big5Text(bytes) : utf8Text(bytes))
  if (format.kind === "fixed" && format.lineEnd === "none")
    return Array.from({ length: LINES }, (_, i) =>
      decode(start.subarray(i * format.recordBytes, (i + 1) * format.recordBytes)),
    ).filter((line) => line !== "")
  return decode(start).split(/\r\n|\n|\r/u)
}

function utf8Text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function big5Text(bytes: Uint8Array): string {
  return decodeBig5(bytes)
    .map((part) => (typeof part === "string" ? part : UNDECODABLE))
    .join("")
}

function classOf(character: string, kept: string): string {
  if (kept.includes(character) || character === " " || character === "\u{3000}") return character
  if (character === UNDECODABLE) return "■"
  if (/\p{Nd}/u.test(character)) return "9"
  if (/\p{Script=Latin}/u.test(character)) return "A"
  return /\p{L}|\p{Co}/u.test(character) ? "字" : "符"
}
