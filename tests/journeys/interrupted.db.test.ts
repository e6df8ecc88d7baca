import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import { requireFitting, seedDemonstration } from "../../src/app/demo/seed.ts"
import { createRuntime } from "../../src/app/runtime.ts"
import { machineClock } from "../../src/platform/clock.ts"
import { startEmbedded } from "../../src/platform/db/embedded.ts"
import { createLog } from "../../src/platform/log.ts"
import { StartError } from "../../src/platform/start-error.ts"
import type { Runtime } from "../../src/runtime/index.ts"
import { freshDatabase, type TestDatabase } from "../support/database.ts"
import { freePort, startServer, type ServerProcess } from "../support/server-process.ts"

let directory: string
let database: TestDatabase
let owner: Client
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hushou-interrupted-"))
  database = await freshDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterEach(async () => {
  await owner.end()
  await database.close()
  await rm(directory, { recursive: true, force: true })
})

const rowsOf = async (table: "unit" | "account" | "ledger_entry") =>
  (await database.db.selectFrom(table).selectAll().execute()).length

/** Resolves when somebody waits for a lock. */
async function untilBlocked(beside: Client): Promise<void> {
  for (;;) {
    const { rowCount } = await beside.query("select 1 from pg_locks where not granted")
    if (rowCount !== 0) return
    await sleep(20)
  }
}

const FIRST = {
  agencyName: "臺北市政府衛生局",
  name: "王系統",
  title: "系統管理師",
  email: "first@health.example",
  loginName: "first",
  password: "A longer password 1",
}

function post(server: ServerProcess, path: string, body: object): Promise<Response> {
  const headers = { origin: server.origin, "content-type": "application/json" }
  return fetch(`${server.origin}/api${path}`, { method: "POST", headers, body: JSON.stringify(body) })
}

async function useFirstLink(server: ServerProcess): Promise<Response> {
  const printed = /first-administrator#(\S+)/
  while (!printed.test(server.said())) await sleep(20)
  const token = printed.exec(server.said())?.[1]
  return post(server, "/first-administrator", { ...FIRST, token })
}

test("建立第一位系統管理者途中強制終止：一無所成，下次啟動之連結仍得建立，並得登入", async () => {
  const embedded = await startEmbedded({ dataDir: join(directory, "database") })
  const { appUrl, ownerUrl } = embedded
  const settings = { HUSHOU_DEMO: "0", DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }
  const port = await freePort()
  const first = await startServer(directory, port, settings)
  const beside = new Client({ connectionString: ownerUrl })
  await beside.connect()
  await beside.query("begin; lock table account in exclusive mode")
  const answer = useFirstLink(first).catch((error: unknown) => error)
  await untilBlocked(beside)
  await first.kill()
  await beside.query("rollback")
  expect(await answer).toBeInstanceOf(Error)
  const { rows } = await beside.query("select id from unit union all select id from person")
  expect(rows).toEqual([])
  await beside.end()

  const second = await startServer(directory, port, settings)
  expect((await useFirstLink(second)).status).toBe(204)
  expect((await useFirstLink(second)).status).toBe(409)
  const { loginName, password } = FIRST
  expect((await post(second, "/sign-in", { loginName, password })).status).toBe(204)
  expect(await second.stop()).toBe(0)
  await embedded.stop()
})

async function withRuntime(work: (runtime: Runtime) => Promise<void>): Promise<void> {
  const runtime = await createRuntime({
    ...{ db: database.db, appUrl: database.url, clock: machineClock, log: createLog("silent") },
    ...{ dataDir: directory, keysDir: join(directory, "keys"), origin: "http://localhost:8080" },
    ...{ demo: true, keysMustExist: false },
  })
  await work(runtime).finally(async () => {
    await runtime.files.close()
    await runtime.sequencer.close()
  })
}

const SIM = {
  sftp: {
    host: "127.0.0.1",
    port: 22,
    user: "u",
    password: "p",
    hostKeyFingerprint: `SHA256:${"a".repeat(43)}`,
  },
}

test("載入示範環境途中中斷：一無所成，再次啟動即全部載入，其後僅更新主機", async () => {
  await withRuntime(async (runtime) => {
    await owner.query("alter table linkage add constraint ck_none check (false)")
    await expect(seedDemonstration(runtime, SIM)).rejects.toThrow("ck_none")
    expect([await rowsOf("unit"), await rowsOf("account"), await rowsOf("ledger_entry")]).toEqual([0, 0, 0])
    await owner.query("alter table linkage drop constraint ck_none")
    await requireFitting(database.db, true)
    await seedDemonstration(runtime, SIM)
    const [units, entries] = [await rowsOf("unit"), await rowsOf("ledger_entry")]
    await seedDemonstration(runtime, SIM)
    expect([await rowsOf("unit"), await rowsOf("ledger_entry")]).toEqual([units, entries + 1])
  })
})

test("示範環境之資料不得作正式使用；機關之資料不得載入示範環境", async () => {
  await requireFitting(database.db, false)
  await owner.query(
    "insert into unit (id, code, name, kind, parent, version, since, created_at) values (gen_random_uuid(), 'A00', '衛生局', 'agency', null, 1, now(), now())",
  )
  await requireFitting(database.db, false)
  await expect(requireFitting(database.db, true)).rejects.toThrow(StartError)
  await owner.query("delete from unit")
  await withRuntime((runtime) => seedDemonstration(runtime, SIM))
  await requireFitting(database.db, true)
  await expect(requireFitting(database.db, false)).rejects.toThrow(StartError)
})
