import fc from "fast-check"
import { expect, test } from "vitest"
import { scanKindOf } from "./kinds.ts"

const MAGIC = {
  pdf: ["%PDF-1.7"],
  jpeg: ["\xff\xd8\xff\xe0"],
  png: ["\x89PNG\r\n\x1a\n"],
  tiff: ["II*\0", "MM\0*"],
}

test("掃描檔以檔頭判別，其後內容及檔名無關", () => {
  for (const [kind, magics] of Object.entries(MAGIC))
    for (const magic of magics)
      fc.assert(
        fc.property(fc.uint8Array(), (rest) => {
          expect(scanKindOf(Buffer.concat([Buffer.from(magic, "latin1"), rest]))).toBe(kind)
        }),
      )
})

test("非 PDF、JPEG、PNG、TIFF 者不認，未完之檔頭亦同", () => {
  for (const text of ["", "PK\x03\x04", "%PDF", "<html>", "GIF89a", "\x89PNG", "II*"])
    expect(scanKindOf(Buffer.from(text, "latin1"))).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ min: 0, max: 0x20 }), (bytes) => {
      expect(scanKindOf(bytes)).toBeNull()
    }),
  )
})
