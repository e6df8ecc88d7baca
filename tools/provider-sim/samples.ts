import type { FileSpec } from "./publish.ts"

const RECORDS = 1200

/** One file of each kind that a visitor of the demonstration may try; the last ends inside a record. */
export const SAMPLES: readonly FileSpec[] = [
  { name: "household-115.csv", format: "utf8-csv", records: RECORDS },
  { name: "moved-in-115.csv", format: "big5-csv", records: RECORDS },
  { name: "newborn-115.txt", format: "big5-fixed", records: RECORDS },
  { name: "truncated-115.txt", format: "big5-fixed", records: RECORDS, cutBytes: 40 },
]
