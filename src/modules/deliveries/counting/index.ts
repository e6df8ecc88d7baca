import { countDelimited } from "./delimited.ts"
import { countFixed } from "./fixed.ts"
import type { Counter, RecordFormat } from "./format.ts"

export { countArchive, type ArchiveLimits, type RandomAccess } from "./archive.ts"
export type { Counted, Counter, FileFormat, RecordFormat } from "./format.ts"
export { classLines } from "./preview.ts"

export function createCounter(format: RecordFormat): Counter {
  return format.kind === "delimited" ? countDelimited(format) : countFixed(format)
}
