import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buffer } from "node:stream/consumers"
import { Readable } from "node:stream"
import { setTimeout as sleep } from "node:timers/promises"
import { sql } from "kysely"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { freshDatabase } from "../../../tests/support/database.ts"
import { sampleFact } from "../../../tests/support/ledger-bundle.ts"
import type { FileId, ProviderId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import { browseEntries, readEntry, verifyTables } from "../../ledger/index.ts"
import { openConnector } from "../../modules/providers/index.ts"
import { machineClock } from "../../platform/clock.ts"
import { readConfig } from "../../platform/config.ts"
import { inTx, readTx } from "../../platform/db/tx.ts"
import { newId } from "../../platform/ids.ts"
import { createLog } from "../../platform/log.ts"
import type { Runtime } from "../../runtime/index.ts"
import { openDatabase } from "../database.ts"
import { seedDemonstration } from "../demo/seed.ts"
import { createRuntime } from "../runtime.ts"

const CLI = join(import.meta.dirname, "../cli.ts")
const FILES = 500
const SFTP = {
  host: "127.0.0.1",
  port: 22,
  user: "hushou",
  password: "provider-password",
  hostKeyFingerprint: `SHA256:${"A".repeat(43)}`,
}

let root: string
let settings: Record<string, string>
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "keys-"))
  await chmod(root, 0o711)
  settings = { HUSHOU_DATA: join(root, "data"), HUSHOU_KEYS: join(root, "keys") }
  await mkdir(join(root, "data"), { mode: 0o711 })
  await opened(fill, false)
})
afterAll(() => rm(root, { recursive: true }))

/** Works on the installation from this process, as the server would, and lets go of it. */
async function opened<T>(work: (runtime: Runtime) => Promise<T>, keysMustExist = true): Promise<T> {
  const config = readConfig(settings)
  const log = createLog("silent")
  const database = await openDatabase(config, machineClock, log, [])
  try {
    const { db, appUrl } = database
    const parts = { ...config, db, appUrl, clock: machineClock, log, keysMustExist }
    const runtime = await createRuntime(parts)
    return await work(runtime).finally(() => runtime.sequencer.close())
  } finally {
    await database.close()
  }
}

const files = new Map<FileId, string>()

/** An agency with a provider's password, files, and payloads of two months. */
async function fill(runtime: Runtime): Promise<void> {
  await seedDemonstration(runtime, { sftp: SFTP })
  for (let i = 0; i < FILES; i++) files.set(newId() as FileId, `file ${i}`)
  await Promise.all([...files].map(([id, text]) => runtime.files.put(id, Readable.from([Buffer.from(text)]))))
  const old = Array.from({ length: 40 }, (_, i) => ({
    ...sampleFact(i),
    retention: "register",
    time: `2019-01-31T15:59:${String(i).padStart(2, "0")}.000Z` as Instant,
  }))
  await inTx(runtime.db, (tx) => runtime.ledger.appendInTx(tx, old))
  await inTx(runtime.db, (tx) =>
    runtime.ledger.appendInTx(tx, [{ ...sampleFact(40), time: machineClock.now() }]),
  )
}

/** Every file, payload and password, and the tree itself. */
async function expectAllReadable(runtime: Runtime): Promise<void> {
  for (const [id, text] of files)
    expect((await buffer((await runtime.files.open(id)).stream)).toString()).toBe(text)
  const { id } = await runtime.db.selectFrom("provider").select("id").executeTakeFirstOrThrow()
  expect((await openConnector(runtime, id as ProviderId))?.password).toBe(SFTP.password)
  await readTx(runtime.db, async (tx) => {
    const { items } = await browseEntries(tx, {}, 1, 500)
    for (const { index } of items)
      expect((await readEntry(tx, runtime.ledger.sealKeys, index))?.payload.state).toBe("open")
    const wrong = await verifyTables(tx, runtime.ledger)
    expect(wrong.filter(({ kind }) => kind !== "clock-jumped")).toEqual([])
  })
}

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A command as a user runs it. */
function hushou(argv: readonly string[], environment = settings): Promise<Said> {
  const env = { PATH: process.env["PATH"], ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...argv], { env }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err })
    })
  })
}

const keksIn = async (dir = join(root, "keys")) =>
  (await readdir(dir)).filter((name) => name.startsWith("kek-")).map((name) => name.replace(".key", ""))

/** How many files' data keys are wrapped by each key. */
async function wrappings(): Promise<ReadonlyMap<string, number>> {
  const dir = join(root, "data/files")
  const counts = new Map<string, number>()
  for (const name of (await readdir(dir)).filter((each) => each.endsWith(".key"))) {
    const { kek } = JSON.parse(await readFile(join(dir, name), "utf8")) as { kek: string }
    counts.set(kek, (counts.get(kek) ?? 0) + 1)
  }
  return counts
}

const factsOf = ({ db }: Runtime, kind: string) =>
  readTx(db, async (tx) => (await browseEntries(tx, { kind }, 1, 10)).items)

describe("hushou keys rotate", () => {
  test("killed in the middle, again and again, leaves everything readable, and the next run finishes", async () => {
    const [old = ""] = await keksIn()
    for (const enough of [1, FILES / 2]) {
      const child = spawn(process.execPath, [CLI, "keys", "rotate"], {
        env: { PATH: process.env["PATH"], ...settings },
        stdio: "ignore",
      })
      const ended = once(child, "exit")
      while (FILES - ((await wrappings()).get(old) ?? 0) < enough && child.exitCode === null) await sleep(5)
      child.kill("SIGKILL")
      expect(await ended, "it was killed before it could finish").toEqual([null, "SIGKILL"])
      expect((await wrappings()).size, "some files stand under each key").toBe(2)
      expect(await keksIn()).toHaveLength(2)
      await opened(expectAllReadable)
    }
    const { code, out } = await hushou(["keys", "rotate"])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("接續") as string })
    const [kek = "", ...others] = await keksIn()
    expect(others).toEqual([])
    expect(kek).not.toBe(old)
    expect(await wrappings()).toEqual(new Map([[kek, FILES]]))
    await opened(async (runtime) => {
      await expectAllReadable(runtime)
      const { rows } = await sql`select kek from ledger_seal_key where kek <> ${kek}
        union all select sftp_secret_kek from provider where sftp_secret_kek <> ${kek}`.execute(runtime.db)
      expect(rows).toEqual([])
      const facts = await factsOf(runtime, "keys-rotated")
      expect(facts).toMatchObject([{ about: { id: kek }, refs: { replaced: old } }])
    })
  }, 180_000)

  test("beside a running program says so in one line and changes nothing", async () => {
    const before = await keksIn()
    const { code, err } = await opened(() => hushou(["keys", "rotate"]))
    expect(code).toBe(1)
    expect(err).toMatch(/^未完成[^\n]*已由另一個執行中的戶守使用[^\n]*\n$/)
    expect(await keksIn()).toEqual(before)
  })

  test("a data directory that is none is refused, because the real one's files would be lost", async () => {
    const before = await keksIn()
    const { code, err } = await hushou(["keys", "rotate"], {
      ...settings,
      HUSHOU_DATA: join(root, "elsewhere"),
    })
    expect(code).toBe(1)
    expect(err).toMatch(/^未完成[^\n]*HUSHOU_DATA[^\n]*\n$/)
    expect(await keksIn()).toEqual(before)
  })

  test("on a database server, too, while a program is connected", async () => {
    const server = await freshDatabase()
    const urls = { DATABASE_URL: server.url, DATABASE_OWNER_URL: server.ownerUrl }
    const rotate = async () => (await hushou(["keys", "rotate"], { ...settings, ...urls })).err
    const before = await keksIn()
    await sql`select 1`.execute(server.db)
    expect(await rotate()).toMatch(/^未完成[^\n]*請先停止[^\n]*\n$/)
    const [{ fsync } = { fsync: "" }] = (await sql<{ fsync: string }>`show fsync`.execute(server.db)).rows
    await server.db.destroy()
    // A server that is fit would now be rotated, and these keys are not its own.
    if (fsync === "off")
      expect(await rotate(), "the tests' own server is refused for another reason").toMatch(/fsync/)
    expect(await keksIn()).toEqual(before)
    await server.close()
  })
})

describe("hushou keys destroy", () => {
  const destroy = (record: string, month: string, ...more: string[]) =>
    hushou(["keys", "destroy", "--class", record, "--month", month, ...more])

  test("asks for --yes, then destroys; the fact stands, the ledger verifies and the bundle says so", async () => {
    const asked = await destroy("register", "2019-01")
    expect(asked.code).toBe(1)
    expect(asked.err).toMatch(/共 40 筆.*--yes/)

    expect(await destroy("register", "2019-01", "--yes")).toMatchObject({ code: 0 })
    const bundle = join(root, "bundle")
    expect(await hushou(["ledger", "export", bundle])).toMatchObject({ code: 0 })
    const verified = await hushou(["ledger", "verify", bundle])
    expect(verified).toMatchObject({ code: 0 })
    expect(verified.out).toContain("內容已銷毀：register/2019-01 共 40 筆")

    const again = await destroy("register", "2019-01", "--yes")
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("沒有未銷毀之內容") as string })
  })

  test("what must still be kept stays, with or without --yes", async () => {
    const month = machineClock.now().slice(0, 7)
    const { code, err } = await destroy("setting", month, "--yes")
    expect(code).toBe(1)
    expect(err).toMatch(/須保存 \d+ 年.*尚未屆滿/)
    const facts = await opened((runtime) => factsOf(runtime, "payloads-destroyed"))
    expect(facts).toMatchObject([{ about: { id: "register/2019-01" } }])
  })
})
