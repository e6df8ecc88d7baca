import { execFile } from "node:child_process"
import { hash } from "node:crypto"
import { readFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { promisify } from "node:util"
import { instantOf } from "../src/kernel/time.ts"
import { checkpointText, signNote, verifierKey } from "../src/ledger/checkpoint.ts"
import { writeBundle, type BundleRow } from "../src/ledger/export/bundle.ts"
import { entriesPath, numberedPath, TILE_WIDTH } from "../src/ledger/tiles.ts"
import { EMPTY, extend, leafHash, rootOf } from "../src/ledger/tree.ts"
import { rowsOf, sampleFact, sampleSigner } from "../tests/support/ledger-bundle.ts"
import {
  assertDone,
  benchOptions,
  interleaved,
  perSecond,
  printGrowth,
  printRatio,
  secondsOf,
  sizesOf,
} from "./harness.ts"

const signer = sampleSigner()
const TARGET = 0.5
const MAX_RSS_MB = 300

/** Makes the `i`-th entry, with a payload of 400 bytes, from one model: a million of them in seconds. */
function rowMaker(): (i: number) => BundleRow {
  const note = "比對無誤".repeat(31)
  const model = rowsOf([sampleFact(1, { note })])[0]?.entry ?? ""
  const parts = /^(.*"index":)0(.*"payload":")[0-9a-f]{64}(.*"time":").{24}("})$/.exec(model)
  const [, toIndex = "", toPayload = "", toTime = "", end = ""] = parts ?? []
  return (i) => {
    const payloadLine = `hushou-payload/1 ${i.toString(16).padStart(32, "0")} {"n":${i},"note":"${note}"}`
    const time = instantOf(1_790_000_000_000 + i)
    const entry = `${toIndex}${i}${toPayload}${hash("sha256", payloadLine)}${toTime}${time}${end}`
    return { entry, leaf: leafHash(entry), payloadLine }
  }
}

function* slices(size: number): Generator<BundleRow[]> {
  const rowAt = rowMaker()
  for (let from = 0; from < size; from += TILE_WIDTH)
    yield Array.from({ length: Math.min(TILE_WIDTH, size - from) }, (_, i) => rowAt(from + i))
}

async function makeBundle(dir: string, size: number): Promise<void> {
  let tree = EMPTY
  for (const slice of slices(size))
    tree = extend(
      tree,
      slice.map((row) => row.leaf),
    )
  const head = signNote(checkpointText({ origin: signer.name, size, root: rootOf(tree) }), signer)
  await writeBundle(dir, signer, head, Readable.from(slices(size)))
}

/** One SHA-256 per entry over its bytes and its payload's, read from the same files, on one core. */
function hashOnly(dir: string, size: number): Promise<number> {
  let hashed = 0
  return secondsOf(() => {
    for (let n = 0; n * TILE_WIDTH < size; n++) {
      const width = Math.min(TILE_WIDTH, size - n * TILE_WIDTH)
      const entries = readFileSync(join(dir, entriesPath(n, width)))
      const payloads = readFileSync(join(dir, `payload/${numberedPath(n, width)}`))
      const bytes = Buffer.concat([entries, payloads])
      const each = bytes.length / width
      for (let i = 0; i < width; i++, hashed++)
        hash("sha256", bytes.subarray(Math.floor(i * each), Math.floor((i + 1) * each)))
    }
    assertDone(hashed === size, "every entry hashed")
  })
}

/** A process of its own, so that its memory is the verifier's alone. */
const CHILD = `
  const { verifyBundle } = await import(process.argv[1])
  const start = process.hrtime.bigint()
  const { size } = await verifyBundle(process.argv[2], { key: process.argv[3] })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  console.log(JSON.stringify({ size, seconds, rss: process.resourceUsage().maxRSS / 1024 }))`

let mostMemory = 0

async function verify(dir: string, size: number): Promise<number> {
  const verifier = new URL("../src/ledger/verify/bundle.ts", import.meta.url).href
  const args = ["--input-type=module", "--eval", CHILD, verifier, dir, verifierKey(signer)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const done = JSON.parse(stdout) as { size: number; seconds: number; rss: number }
  assertDone(done.size === size, "every entry verified")
  mostMemory = Math.max(mostMemory, done.rss)
  return done.seconds
}

const options = benchOptions()
const root = await mkdtemp(join(tmpdir(), "ledger-verify-"))
const measured: { size: number; seconds: number }[] = []
try {
  for (const size of sizesOf(options.full ? 10_000_000 : 1_000_000, options)) {
    const dir = join(root, String(size))
    const made = await secondsOf(() => makeBundle(dir, size))
    console.log(`a bundle of ${size.toLocaleString("en")} entries, made in ${made.toFixed(0)} s`)
    const medians = await interleaved({ hashes: () => hashOnly(dir, size), verify: () => verify(dir, size) })
    console.log(`one SHA-256 an entry, one core: ${perSecond(size, medians.hashes)}`)
    console.log(
      `verified, whole bundle: ${perSecond(size, medians.verify)}, at most ${mostMemory.toFixed(0)} MB`,
    )
    measured.push({ size, seconds: medians.verify })
    await rm(dir, { recursive: true })
    if (size !== sizesOf(options.full ? 10_000_000 : 1_000_000, options).at(-1)) continue
    printRatio("ledger-verify", medians.hashes / medians.verify, TARGET)
    printRatio("ledger-verify-memory", MAX_RSS_MB / mostMemory, 1)
  }
  printGrowth("ledger-verify", measured)
} finally {
  await rm(root, { recursive: true, force: true })
}
