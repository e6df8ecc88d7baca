/**
 * A provider's file on its way in: one pass for SHA-256, record count and encryption at rest, durable on the disk,
 * beside SHA-256 and AES-256-GCM of the same bytes to the same disk. 1 GiB, with `--full` 4 GiB.
 */
import { createCipheriv, createHash, randomBytes } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdtemp, open, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import type { FileId } from "../src/kernel/ids.ts"
import { countOffThread, type RecordFormat } from "../src/modules/deliveries/counting/index.ts"
import { openKeyring } from "../src/platform/crypto/keyring.ts"
import { openFileStore, type FileStore } from "../src/platform/files/store.ts"
import { newId } from "../src/platform/ids.ts"
import { encodeBig5 } from "../src/platform/text/big5.ts"
import {
  assertDone,
  benchOptions,
  interleaved,
  printGrowth,
  printRatio,
  secondsOf,
  sizesOf,
} from "./harness.ts"

const TARGET = 0.8
const MEMORY_MIB = 300
const CHUNK = 1 << 20
const ROWS = 10_000
const NAMES = ["王小明", "林玉", "歐陽淑芬", "陳美麗", "李家豪", "張雅婷", "高明"]
const ROADS = ["信義區市府路", "大同區承德路三段", "中正區南昌路", "北投區中央北路二段"]

interface Input {
  readonly path: string
  readonly bytes: number
  readonly records: number
  readonly sha256: string
  readonly format: RecordFormat
}

/** One of many rows that differ in text and length, as people do. */
function rowOf(i: number): string {
  const [name = "", road = ""] = [NAMES[i % NAMES.length], ROADS[i % ROADS.length]]
  const telephone = i % 3 === 0 ? "" : `02-2${(i * 7919) % 10_000_000}`
  return `A${100_000_000 + i},${name},${750_101 + (i % 28)},臺北市${road}${i % 411}號,${i % 2 ? "男" : "女"},${telephone}\r\n`
}

async function writeInput(directory: string, format: RecordFormat, wanted: number): Promise<Input> {
  const text = Array.from({ length: ROWS }, (_, i) => rowOf(i)).join("")
  const encoded = encodeBig5(text)
  const block = format.encoding === "big5" && encoded.ok ? Buffer.from(encoded.bytes) : Buffer.from(text)
  const path = join(directory, `${format.encoding}-${String(wanted)}`)
  const hash = createHash("sha256")
  const handle = await open(path, "w")
  let bytes = 0
  for (; bytes < wanted; bytes += block.length) {
    hash.update(block)
    await handle.write(block)
  }
  await handle.sync()
  await handle.close()
  return { path, bytes, records: (bytes / block.length) * ROWS, sha256: hash.digest("hex"), format }
}

const read = (input: Input) => createReadStream(input.path, { highWaterMark: CHUNK })

/** The reference: nothing but hash, cipher and disk. */
async function bare(directory: string, input: Input): Promise<number> {
  const path = join(directory, "bare")
  const seconds = await secondsOf(async () => {
    const hash = createHash("sha256")
    const cipher = createCipheriv("aes-256-gcm", randomBytes(32), randomBytes(12))
    const source = read(input).on("data", (piece) => hash.update(piece))
    await pipeline(source, cipher, createWriteStream(path, { flush: true, highWaterMark: CHUNK }))
    assertDone(hash.digest("hex") === input.sha256, "hash of the reference")
  })
  assertDone((await stat(path)).size === input.bytes, "ciphertext of the reference")
  await rm(path)
  return seconds
}

async function intake(files: FileStore, input: Input): Promise<number> {
  const id = newId() as FileId
  const counter = countOffThread(input.format)
  const seconds = await secondsOf(async () => {
    const { sha256, bytes } = await files.put(id, read(input), counter)
    assertDone(sha256 === input.sha256 && bytes === input.bytes, "hash of the intake")
    const { records, problem } = await counter.end()
    assertDone(records === input.records && problem === null, "count of the intake")
  })
  await files.destroy(id)
  return seconds
}

/** The largest resident set while `work` runs, in MiB. */
async function peakOf<T>(work: Promise<T>): Promise<{ readonly result: T; readonly peak: number }> {
  let peak = 0
  const sample = () => (peak = Math.max(peak, process.memoryUsage.rss() / 2 ** 20))
  const timer = setInterval(sample, 20)
  const result = await work
  clearInterval(timer)
  return { result, peak }
}

const options = benchOptions()
const directory = await mkdtemp(join(process.env["HUSHOU_BENCH_DIR"] ?? tmpdir(), "hushou-intake-"))
try {
  const files = await openFileStore(join(directory, "files"), await openKeyring(join(directory, "keys")))
  const csv = { kind: "delimited", delimiter: ",", quote: '"', header: false } as const
  const growth: { size: number; seconds: number }[] = []
  for (const encoding of ["utf-8", "big5"] as const)
    for (const size of sizesOf(options.full ? 2 ** 32 : 2 ** 30, options)) {
      const input = await writeInput(directory, { ...csv, encoding }, size)
      const rate = (seconds: number) => `${(input.bytes / 1e6 / seconds).toFixed(0)} MB/s`
      const times = interleaved({ bare: () => bare(directory, input), intake: () => intake(files, input) })
      const { result: medians, peak } = await peakOf(times)
      await rm(input.path)
      console.log(
        `${encoding} ${(input.bytes / 2 ** 20).toFixed(0)} MiB, ${input.records.toLocaleString("en")} records`,
      )
      console.log(`  SHA-256 and AES-256-GCM to disk ${rate(medians.bare)}`)
      console.log(`  the same with counting, whole intake ${rate(medians.intake)}`)
      console.log(`  most memory ${peak.toFixed(0)} MiB`)
      printRatio(encoding === "utf-8" ? "intake" : "intake-big5", medians.bare / medians.intake, TARGET)
      printRatio(encoding === "utf-8" ? "intake-memory" : "intake-big5-memory", MEMORY_MIB / peak, 1)
      if (encoding === "utf-8") growth.push({ size: input.bytes, seconds: medians.intake })
    }
  printGrowth("intake", growth)
} finally {
  await rm(directory, { recursive: true })
}
