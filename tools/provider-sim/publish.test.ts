import { createHash } from "node:crypto"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { publishFile, type FileSpec } from "./publish.ts"
import { FIXED_LENGTH, FORMATS } from "./synthetic/formats.ts"

let dir: string
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), "published-"))))
afterAll(() => rm(dir, { recursive: true }))

async function publish(spec: FileSpec) {
  const file = await publishFile(dir, 1, spec)
  return { file, bytes: await readFile(file.localPath) }
}

describe("publishing a file", () => {
  test.each(FORMATS)("%s: the report agrees with the file", async (format) => {
    const { file, bytes } = await publish({ name: `${format}.dat`, format, records: 20_000 })
    expect(file).toMatchObject({ records: 20_000, declaredRecords: 20_000, bytes: bytes.length })
    expect(file.sha256).toBe(createHash("sha256").update(bytes).digest("hex"))
  })

  test("CSV has as many records as reported, quoted line breaks included", async () => {
    const { bytes } = await publish({ name: "a.csv", format: "utf8-csv", records: 5000, lineBreaks: true })
    const rows = parse(bytes, { columns: true })
    expect(rows).toHaveLength(5000)
    expect(
      rows.some((row) => Object.values(row as Record<string, string>).some((v) => v.includes("\n"))),
    ).toBe(true)
  })

  test("the byte order mark, line ends and header follow the flags", async () => {
    const { bytes } = await publish({
      name: "b.csv",
      format: "utf8-bom-csv",
      records: 2,
      lineEnd: "lf",
      header: false,
    })
    expect(bytes.subarray(0, 4).toString("hex")).toBe("efbbbf59")
    expect(bytes.includes("\r")).toBe(false)
  })

  test("fixed-length records are all of one length", async () => {
    const bare = await publish({ name: "c.txt", format: "big5-fixed", records: 777 })
    expect(bare.bytes.length).toBe(777 * FIXED_LENGTH)
    const lines = await publish({ name: "d.txt", format: "big5-fixed-lines", records: 777 })
    expect(lines.bytes.length).toBe(777 * (FIXED_LENGTH + 2))
  })

  test("a size in bytes is reached with whole records", async () => {
    const { file } = await publish({ name: "e.txt", format: "big5-fixed", bytes: 3_000_001 })
    expect(file).toMatchObject({ records: Math.ceil(3_000_001 / FIXED_LENGTH) })
  })

  test("bytes can be cut off the end, and the notice may miscount", async () => {
    const whole = await publish({ name: "f.txt", format: "big5-fixed", records: 30_000 })
    const cut = await publish({
      name: "g.txt",
      format: "big5-fixed",
      records: 30_000,
      cutBytes: 7,
      declaredRecords: 9,
    })
    expect(cut.bytes.equals(whole.bytes.subarray(0, -7))).toBe(true)
    expect(cut.file).toMatchObject({ records: 30_000, declaredRecords: 9 })
  })

  test("a name that leads out of the directory is refused", async () => {
    await expect(publish({ name: "../x", format: "utf8-csv", records: 1 })).rejects.toThrow("not a file name")
  })
})
