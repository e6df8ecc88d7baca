import { randomBytes } from "node:crypto"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "kysely"
import { Pool } from "pg"
import { createSequencer, openLedger, readHead, verifyTables, type NewEntry } from "../src/ledger/index.ts"
import { machineClock } from "../src/platform/clock.ts"
import { openKeyring } from "../src/platform/crypto/keyring.ts"
import { startEmbedded } from "../src/platform/db/embedded.ts"
import { migrate } from "../src/platform/db/migrate.ts"
import { createDb } from "../src/platform/db/pool.ts"
import { inTx, readTx, type Db } from "../src/platform/db/tx.ts"
import { sampleFact } from "../tests/support/ledger-bundle.ts"
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

const TARGET = 0.5
const CALLERS = 256
const BATCH = 256

/** A fact with a payload of 400 bytes of canonical JSON. */
function factOf(i: number): NewEntry {
  return sampleFact(i, { n: i, note: "比對無誤".repeat(31) })
}

/** `count` appends through the sequencer, 256 callers each waiting for its own. */
async function append(url: string, keys: string, count: number): Promise<number> {
  const db = createDb(url, { max: 1 })
  const sequencer = createSequencer({ url, ledger: openLedger(await openKeyring(keys)) })
  const before = (await inTx(db, readHead))?.size ?? 0
  const facts = Array.from({ length: 4096 }, (_, i) => factOf(i))
  let next = 0
  const caller = async () => {
    while (next < count) {
      const fact = facts[next++ % facts.length]
      if (fact !== undefined)
        assertDone((await sequencer.appended([fact])).length === 1, "an index for a fact")
    }
  }
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: CALLERS }, caller)))
  const after = (await inTx(db, readHead))?.size ?? 0
  assertDone(after - before === count, "every append in the tree")
  await sequencer.close()
  await db.destroy()
  return seconds
}

/** The bytes that an append gives to the server: its entry, hash and columns, and its sealed payload. */
async function bytesPerEntry(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select
    (select avg(octet_length(entry) + 32 + 24 + octet_length(actor || kind || about_type || about_id)) from ledger_entry)::float8 +
    (select sum(octet_length(sealed)) from ledger_payload)::float8 / (select count(*) from ledger_entry) as bytes`.execute(
    db,
  )
  return Math.round(rows[0]?.bytes ?? 0)
}

/** `count` rows of as many bytes, 256 in each INSERT, one INSERT at a time, each durable when it returns. */
async function insertRaw(pool: Pool, count: number, bytes: number): Promise<number> {
  await pool.query("truncate raw")
  const content = randomBytes(bytes)
  const values = Array.from({ length: BATCH }, (_, i) => `($${2 * i + 1}, $${2 * i + 2})`).join(", ")
  const seconds = await secondsOf(async () => {
    for (let from = 0; from < count; from += BATCH)
      await pool.query(
        `insert into raw (id, content) values ${values}`,
        Array.from({ length: BATCH }, (_, i) => [from + i, content]).flat(),
      )
  })
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from raw")
  assertDone(Number(rows[0]?.n) === count, "every raw row inserted")
  return seconds
}

const options = benchOptions()
const whole = BATCH * (options.full ? 4096 : 512)
const root = await mkdtemp(join(tmpdir(), "ledger-append-"))
await chmod(root, 0o711)
const server = await startEmbedded({ dataDir: join(root, "database") })
const measured: { size: number; seconds: number }[] = []
try {
  await migrate(server.ownerUrl, machineClock)
  const pool = new Pool({ connectionString: server.ownerUrl, max: 1 })
  // A connection that is closing may yet hear that the server stops; a query that fails says so itself.
  pool.on("error", () => undefined)
  await pool.query("create table raw (id bigint primary key, content bytea not null)")
  const keys = join(root, "keys")
  await append(server.appUrl, keys, BATCH * 8)
  const db = createDb(server.appUrl, { max: 1 })
  const bytes = await bytesPerEntry(db)
  for (const size of sizesOf(whole, options)) {
    const medians = await interleaved({
      raw: () => insertRaw(pool, size, bytes),
      ledger: () => append(server.appUrl, keys, size),
    })
    console.log(
      `${size.toLocaleString("en")} rows of ${bytes} bytes, 256 an INSERT: ${perSecond(size, medians.raw)}`,
    )
    console.log(`as many durable appends by ${CALLERS} callers at once: ${perSecond(size, medians.ledger)}`)
    measured.push({ size, seconds: medians.ledger })
    if (size === whole) printRatio("ledger-append", medians.raw / medians.ledger, TARGET)
  }
  printGrowth("ledger-append", measured)
  const ledger = openLedger(await openKeyring(keys))
  const found = await readTx(db, (tx) => verifyTables(tx, ledger))
  assertDone(
    found.every(({ kind }) => kind === "clock-jumped"),
    "the ledger verifies",
  )
  await db.destroy()
  await pool.end()
} finally {
  await server.stop()
  await rm(root, { recursive: true, force: true })
}
