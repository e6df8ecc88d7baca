import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterAddDataOptions } from "@zip.js/zip.js"
import { describe, expect, it } from "vitest"
import { countArchive, type ArchiveLimits, type Counted, type RecordFormat } from "./index.ts"

const FORMAT: RecordFormat = {
  kind: "delimited",
  encoding: "utf-8",
  delimiter: ",",
  quote: '"',
  header: true,
}
const LIMITS: ArchiveLimits = { unpackedBytes: 1 << 20, entries: 10, ratio: 200 }
const PASSWORD = "提供機關-115-0007"

const TWO = { "甲.csv": '姓名,號\n王,1\n"林\n二",2\n', "乙.csv": "姓名,號\r\n陳,3" }

async function zip(
  members: Readonly<Record<string, string>>,
  options: ZipWriterAddDataOptions,
): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false })
  for (const [name, text] of Object.entries(members))
    await writer.add(name, new Uint8ArrayReader(new TextEncoder().encode(text)), options)
  return Buffer.from(await writer.close())
}

function count(bytes: Buffer, password: string | null, limits = LIMITS): Promise<Counted> {
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length))
  return countArchive({ size: bytes.length, read }, FORMAT, limits, password)
}

describe.each([
  ["AES-256", { encryptionStrength: 3 }],
  ["the old ZIP cipher", { zipCrypto: true }],
] as const)("an archive locked with %s", (_, cipher) => {
  it("ARCHIVE_LOCKED: without a password nothing is counted", async () => {
    const counted = await count(await zip(TWO, { ...cipher, password: PASSWORD }), null)
    expect(counted).toMatchObject({ records: 0, problem: { code: "ARCHIVE_LOCKED" } })
  })

  it("ARCHIVE_PASSWORD_WRONG: neither another password nor none at all opens it", async () => {
    const bytes = await zip(TWO, { ...cipher, password: PASSWORD })
    for (const password of ["wrong", `${PASSWORD} `]) {
      const { problem } = await count(bytes, password)
      expect(problem?.code, password).toBe("ARCHIVE_PASSWORD_WRONG")
    }
  })

  it("is counted with the right password, which no answer repeats", async () => {
    const counted = await count(await zip(TWO, { ...cipher, password: PASSWORD }), PASSWORD)
    expect(counted).toMatchObject({ records: 3, problem: null })
    expect(JSON.stringify(counted)).not.toContain(PASSWORD)
  })
})

/** `a` with `h,i` and `1,2` under the old cipher and the password `right`; its one check byte lets `CHANCE` through. */
const CHECKED_BY_ONE_BYTE =
  "UEsDBBQACQAAAMUNeF0AAAAAAAAAAAAAAAABAAAAYVlGR4M6vjtkSx9RiJ8ngmKEQxGLUEsHCJPsH38UAAAACAAAAFBLAQIAAxQACQAAAMUNeF2T7B9/FAAAAAgAAAABAAAAAAAAAAAAAACkgQAAAABhUEsFBgAAAAABAAEALwAAAEMAAAAAAA=="
const CHANCE = "wrong-32"

it("ARCHIVE_PASSWORD_WRONG: a password that the old cipher lets through by chance", async () => {
  const bytes = Buffer.from(CHECKED_BY_ONE_BYTE, "base64")
  expect(await count(bytes, "right")).toMatchObject({ records: 1, problem: null })
  expect((await count(bytes, CHANCE)).problem?.code).toBe("ARCHIVE_PASSWORD_WRONG")
})

describe("an archive that would exhaust the machine", () => {
  it("ARCHIVE_TOO_LARGE: the limits hold to the byte, for all members together", async () => {
    const text = "x,y\n".repeat(20)
    const bytes = await zip({ a: text, b: text }, {})
    expect((await count(bytes, null, { ...LIMITS, unpackedBytes: 160 })).problem).toBeNull()
    for (const limits of [
      { ...LIMITS, unpackedBytes: 159 },
      { ...LIMITS, entries: 1 },
    ])
      expect((await count(bytes, null, limits)).problem?.code).toBe("ARCHIVE_TOO_LARGE")
  })

  it("an archive that states less than what it unpacks to is refused before a record is counted", async () => {
    const bytes = await zip({ a: "x,y\n".repeat(5000) }, { dataDescriptor: false })
    const directory = bytes.indexOf("PK\u{1}\u{2}", 0, "latin1")
    expect(bytes.readUInt32LE(directory + 24)).toBe(20_000)
    for (const at of [22, directory + 24]) bytes.writeUInt32LE(8, at)
    const { records, problem } = await count(bytes, null)
    expect(records).toBe(0)
    expect(["ARCHIVE_TOO_LARGE", "FILE_FORMAT_WRONG"]).toContain(problem?.code)
  })
})
