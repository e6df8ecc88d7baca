export { countArchive, startOfArchive, type ArchiveLimits, type RandomAccess } from "./archive.ts"
export { createCounter } from "./count.ts"
export type { Counted, Counter, FileFormat, RecordFormat } from "./format.ts"
export { classLines } from "./preview.ts"
