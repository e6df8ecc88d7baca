import { isUtf8 } from "node:buffer"
import { hexOf, type Report, type TextCheck } from "./checks.ts"

/** Checks a stream of UTF-8 in pieces cut anywhere; wrong bytes are grouped as WHATWG "maximal subparts". */
export function checkUtf8(report: Report): TextCheck {
  let position = 0
  let carried = new Uint8Array(0)

  /** Completes the character that the piece before cut; gives how many bytes that took. */
  function completeCarried(bytes: Uint8Array): number {
    let taken = 0
    while (carried.length > 0 && taken < bytes.length) {
      const grown = Uint8Array.of(...carried, bytes[taken] ?? 0)
      const size = sequenceAt(grown, 0)
      if (size >= 0) taken++
      if (size < 0) report({ position, code: hexOf(carried) })
      if (size !== 0) position += Math.abs(size)
      carried = size === 0 ? grown : new Uint8Array(0)
    }
    return taken
  }

  return {
    write(bytes) {
      const rest = bytes.subarray(completeCarried(bytes))
      if (rest.length === 0) return
      const whole = rest.length - cutOff(rest)
      inspect(rest, whole, position, report)
      position += whole
      carried = Uint8Array.from(rest.subarray(whole))
    },
    get isInside() {
      return carried.length > 0
    },
    end() {
      if (carried.length === 0) return false
      report({ position, code: hexOf(carried) })
      carried = new Uint8Array(0)
      return true
    },
  }
}

/**
 * The size of the character at `i`; 0 when the bytes end inside it; negative when it is wrong: minus the length of
 * its maximal subpart (Encoding Standard, "utf-8 decoder").
 */
export function sequenceAt(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return -1
  const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
  let lower = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  let upper = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  for (let k = 1; k <= more; k++) {
    const byte = bytes[i + k]
    if (byte === undefined) return 0
    if (byte < lower || byte > upper) return -k
    lower = 0x80
    upper = 0xbf
  }
  return more + 1
}

/** How many bytes at the end belong to a character that is not complete yet. */
function cutOff(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++)
    if ((bytes[bytes.length - back] ?? 0) >= 0xc0)
      return sequenceAt(bytes, bytes.length - back) === 0 ? back : 0
  return 0
}

/** Reports what is wrong among the first `whole` bytes; those after them are looked at, not reported. */
function inspect(bytes: Uint8Array, whole: number, position: number, report: Report): void {
  if (isUtf8(bytes.subarray(0, whole))) return
  for (let i = 0; i < whole;) {
    const size = sequenceAt(bytes, i)
    if (size < 0) report({ position: position + i, code: hexOf(bytes.subarray(i, i - size)) })
    i += Math.abs(size)
  }
}
