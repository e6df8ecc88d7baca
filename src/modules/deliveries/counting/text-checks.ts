import { checkBig5 } from "../../../platform/text/big5.ts"
import type { TextCheck, UnknownCode } from "../../../platform/text/checks.ts"
import { checkUtf8 } from "../../../platform/text/utf8.ts"
import type { Counted, Encoding } from "./format.ts"

/** Undecodable codes that are listed by position; more are only counted. */
export const LISTED = 100

/** Checks the text as it passes and keeps the account of what could not be decoded. */
export function textCheck(encoding: Encoding): TextCheck & { readonly unknown: () => Counted["unknown"] } {
  const first: UnknownCode[] = []
  let total = 0
  const report = (unknown: UnknownCode): void => {
    total++
    if (first.length < LISTED) first.push(unknown)
  }
  const check = encoding === "big5" ? checkBig5(report) : checkUtf8(report)
  return Object.assign(check, { unknown: () => ({ total, first }) })
}

/** More than one undecodable code in so many bytes is not rare characters (造字) but another encoding. */
const RARE_AT_MOST_ONE_IN = 20

/** Whether so little could be decoded that the text is probably in another encoding than agreed. */
export function isProbablyOtherEncoding(undecodable: number, bytes: number): boolean {
  return undecodable * RARE_AT_MOST_ONE_IN > bytes
}
