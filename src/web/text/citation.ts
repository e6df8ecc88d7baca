import { DUTIES, type DutyId } from "../../regulation/duties.ts"
import type { Language } from "./language.tsx"

const DIGITS = "〇一二三四五六七八九"

/** 十二 as 12; the regulation has no number past 99. */
function numberOf(numeral: string): number {
  const [tens, ones] = numeral.includes("十") ? numeral.split("十") : ["〇", numeral]
  return (tens === "" ? 1 : DIGITS.indexOf(tens ?? "")) * 10 + Math.max(0, DIGITS.indexOf(ones ?? ""))
}

const POINT = /第([一二三四五六七八九十]+)點(?:第（([一二三四五六七八九十]+)）款)?/gu

/** A source as cited to the reader: 第六點第（二）款, or “Point 6(2)”; a statute keeps its name. */
export function cite(source: string, language: Language): string {
  if (language === "zh") return source
  if (source === "機關內部控制") return "Internal control"
  return source.replaceAll(POINT, (_, point: string, item?: string) =>
    item === undefined ? `Point ${numberOf(point)}` : `Point ${numberOf(point)}(${numberOf(item)})`,
  )
}

/** The point and item of a duty. */
export function citeDuty(duty: DutyId, language: Language): string {
  return cite(DUTIES[duty].point, language)
}

/** Whether a server's text names a duty the program knows. */
export function isDuty(id: string): id is DutyId {
  return Object.hasOwn(DUTIES, id)
}
