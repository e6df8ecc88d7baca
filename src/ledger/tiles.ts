/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256

/** A tile's path below the log's prefix; `width` < 256 names a partial tile. */
export function tilePath(level: number, n: number, width = TILE_WIDTH): string {
  return `tile/${level}/${numberedPath(n, width)}`
}

/** An entry bundle's path below the log's prefix. */
export function entriesPath(n: number, width = TILE_WIDTH): string {
  return `tile/entries/${numberedPath(n, width)}`
}

/** 1234067 → `x001/x234/067`, with `.p/<width>` when partial. */
export function numberedPath(n: number, width = TILE_WIDTH): string {
  const digits = String(n)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? []
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/")
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

/** Entries of at most this many bytes fit the bundle's uint16 length. */
export const MAX_ENTRY_BYTES = 0xffff

/** C2SP tlog-tiles entry bundle: each entry after its length as a big-endian uint16. */
export function entryBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry has ${entry.length} bytes`)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}
