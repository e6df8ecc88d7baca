/** What a scan of a paper notice may be, by its first bytes; the name and the claimed type say nothing. */
const KINDS = {
  pdf: ["255044462d"],
  jpeg: ["ffd8ff"],
  png: ["89504e470d0a1a0a"],
  tiff: ["49492a00", "4d4d002a"],
} as const
export type ScanKind = keyof typeof KINDS

export const SCAN_TYPES = {
  pdf: "application/pdf",
  jpeg: "image/jpeg",
  png: "image/png",
  tiff: "image/tiff",
} as const satisfies Record<ScanKind, string>

const LONGEST_MAGIC = 8

/** `null` when the bytes begin like nothing a scanner makes. */
export function scanKindOf(bytes: Uint8Array): ScanKind | null {
  const first = Buffer.from(bytes.subarray(0, LONGEST_MAGIC)).toString("hex")
  const kinds = Object.keys(KINDS) as ScanKind[]
  return kinds.find((kind) => KINDS[kind].some((magic) => first.startsWith(magic))) ?? null
}
