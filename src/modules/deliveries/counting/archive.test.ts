import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js"
import { describe, expect, test } from "vitest"
import { countArchive, startOfArchive, type ArchiveLimits, type RandomAccess } from "./archive.ts"
import { classLines } from "./preview.ts"

const CSV = { kind: "delimited", encoding: "utf-8", delimiter: ",", quote: '"', header: true } as const
const LIMITS: ArchiveLimits = { unpackedBytes: 1 << 24, entries: 5, ratio: 200 }
const rows = (n: number) => `編號,姓名\n${"1,王小明\n".repeat(n)}`

function accessTo(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.length,
    read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
  }
}

async function zip(
  members: Record<string, string | Uint8Array>,
  options: ConstructorParameters<typeof ZipWriter>[1] = {},
): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), options)
  for (const [name, content] of Object.entries(members))
    await writer.add(name, new Uint8ArrayReader(Buffer.from(content)))
  return writer.close()
}

const counted = (bytes: Uint8Array, password: string | null = null, limits = LIMITS) =>
  countArchive(accessTo(bytes), CSV, limits, password)
const codeOf = async (bytes: Uint8Array, password: string | null = null, limits = LIMITS) =>
  (await counted(bytes, password, limits)).problem?.code

describe("6-3a 下載筆數：壓縮檔", () => {
  test("adds up all files, in folders too", async () => {
    const bytes = await zip({ "1.csv": rows(3), "folder/": "", "folder/2.csv": rows(4), "3.csv": rows(0) })
    expect(await counted(bytes)).toMatchObject({
      records: 7,
      members: [3, 4, 0],
      bytes: bytes.length,
      problem: null,
    })
  })

  test("unknown codes say in which file they stand", async () => {
    const bad = Buffer.concat([Buffer.from("a,b\nc,"), Buffer.from([0xff]), Buffer.from("\n")])
    expect((await counted(await zip({ "1.csv": rows(3), "2.csv": bad }))).unknown).toEqual({
      total: 1,
      first: [{ position: 6, code: "FF", member: 2 }],
    })
  })

  test.each([
    ["AES-256", {}],
    ["ZipCrypto", { zipCrypto: true }],
  ])("a password (%s) is asked for, and a wrong one told", async (_, options) => {
    const bytes = await zip({ "1.csv": rows(300) }, { password: "正確的密碼", ...options })
    expect(await codeOf(bytes)).toBe("ARCHIVE_LOCKED")
    for (let i = 0; i < 50; i++)
      expect(await codeOf(bytes, `wrong ${String(i)}`)).toBe("ARCHIVE_PASSWORD_WRONG")
    expect(await counted(bytes, "正確的密碼")).toMatchObject({ records: 300, problem: null })
  })

  test("a file's own problem is the archive's", async () => {
    expect(await codeOf(await zip({ "1.csv": rows(1), "2.csv": "" }))).toBe("FILE_EMPTY")
    expect(await codeOf(await zip({ "1.csv": "a,b\nc,d\ne" }))).toBe("RECORD_TRUNCATED")
    expect(await codeOf(await zip({ "inner.zip": await zip({ "1.csv": rows(1) }) }))).toBe(
      "FILE_FORMAT_WRONG",
    )
  })

  test("bombs: too many files, too much, too dense, and a directory that lies", async () => {
    const many = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`${String(n)}.csv`, rows(1)]))
    expect(await codeOf(await zip(many))).toBe("ARCHIVE_TOO_LARGE")
    const large = await zip({ "1.csv": Buffer.alloc(2 << 20, "a,b\n") })
    expect(await codeOf(large)).toBe("ARCHIVE_TOO_LARGE")
    expect(await codeOf(large, null, { ...LIMITS, ratio: 2000 })).toBeUndefined()
    expect(await codeOf(large, null, { ...LIMITS, ratio: 2000, unpackedBytes: 1000 })).toBe(
      "ARCHIVE_TOO_LARGE",
    )
  })

  test("a file that overlaps another, as the densest bombs do", async () => {
    const one = await zip({ "1.csv": rows(100) })
    const directory = Buffer.from(one).indexOf("PK\x01\x02", 0, "latin1")
    const end = Buffer.from(one.subarray(-22))
    const entry = one.subarray(directory, -22)
    end.writeUInt16LE(2, 8)
    end.writeUInt16LE(2, 10)
    end.writeUInt32LE(entry.length * 2, 12)
    const overlapping = Buffer.concat([one.subarray(0, directory), entry, entry, end])
    expect(await codeOf(overlapping)).toBe("ARCHIVE_TOO_LARGE")
  })

  test("cut off, altered, empty or no archive at all", async () => {
    const bytes = Buffer.from(await zip({ "1.csv": rows(200) }))
    for (const size of [10, bytes.length >> 1, bytes.length - 1])
      expect(await codeOf(bytes.subarray(0, size))).toBe("FILE_FORMAT_WRONG")
    bytes[60] = (bytes[60] ?? 0) ^ 1
    expect(await codeOf(bytes)).toBe("FILE_FORMAT_WRONG")
    expect(await codeOf(Buffer.from(rows(5)))).toBe("FILE_FORMAT_WRONG")
    expect(await codeOf(new Uint8Array(0))).toBe("FILE_EMPTY")
    expect(await codeOf(await zip({ "only/": "" }))).toBe("FILE_EMPTY")
  })
})

describe("preview for 資訊室", () => {
  test("shows classes, never content", () => {
    const line = 'A123456789,王小明,"臺北市 12 號",𠮷,é@+\r\n'
    expect(classLines(Buffer.from(line.repeat(9)), CSV)).toEqual(
      Array<string>(5).fill('A999999999,字字字,"字字字 99 字",字,A符符'),
    )
  })

  test("fixed records without line ends come one a line; what cannot be decoded is a box", () => {
    const bytes = Buffer.from("a4fdfa4031a4fdfa4032", "hex")
    const format = { kind: "fixed", encoding: "big5", recordBytes: 5, lineEnd: "none" } as const
    expect(classLines(bytes, format)).toEqual(["字■9", "字■9"])
  })

  test("the first file of an archive", async () => {
    const bytes = await zip({ "1.csv": rows(5000), "2.csv": rows(1) })
    const start = await startOfArchive(accessTo(bytes), LIMITS, null, 20)
    expect(start).toHaveLength(20)
    expect(classLines(start, CSV)[0]).toBe("字字,字字")
    expect(
      await startOfArchive(accessTo(await zip({ "1.csv": rows(1) }, { password: "x" })), LIMITS, null, 20),
    ).toHaveLength(0)
  })
})
