import { decodeBig5 } from "../../../platform/text/big5.ts"
import type { RecordFormat } from "./format.ts"

/** Lines shown to 資訊室, which carries data it must not read. */
const LINES = 5
const WIDTH = 200

/** The first lines with every character replaced by its class (字, A, 9); delimiters, quotes and spaces stay. */
export function classLines(start: Uint8Array, format: RecordFormat): string[] {
  const text = format.encoding === "big5" ? big5Text(start) : new TextDecoder().decode(start)
  const kept = format.kind === "delimited" ? `${format.delimiter}${format.quote ?? ""}` : ""
  const isUnbroken = format.kind === "fixed" && format.lineEnd === "none"
  const lines = isUnbroken ? text.match(/[^]{1,200}/gu) : text.split(/\r\n|\n|\r/u)
  return (lines ?? []).slice(0, LINES).map((line) =>
    [...line]
      .slice(0, WIDTH)
      .map((character) => classOf(character, kept))
      .join(""),
  )
}

function big5Text(bytes: Uint8Array): string {
  return decodeBig5(bytes)
    .map((part) => (typeof part === "string" ? part : "\u{fffd}"))
    .join("")
}

function classOf(character: string, kept: string): string {
  if (kept.includes(character) || character === " ") return character
  if (/[0-9]/u.test(character)) return "9"
  if (/[A-Za-z]/u.test(character)) return "A"
  if (/\p{L}|\p{Co}/u.test(character)) return "字"
  return character === "\u{fffd}" ? "？" : "符"
}
