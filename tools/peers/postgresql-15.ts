import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { Client } from "pg"
import { chooseServerUser, type ServerUser } from "../../src/platform/db/embedded/server-user.ts"
import { freePort, startServer } from "../../tests/support/server-process.ts"
import type { Peer } from "../peers.ts"

const BINARIES = "/usr/lib/postgresql/15/bin"

/** The README's words for a server, then the whole database suite, on the oldest server a `DATABASE_URL` may name. */
export const postgresql15: Peer = { name: "postgresql-15", packages: ["postgresql-15"], run: runSuite }

async function runSuite(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "hushou-peer-"))
  // The server's user must be able to pass when we are root.
  await chmod(directory, 0o711)
  const user = await chooseServerUser()
  const cluster = await makeCluster(directory, user)
  try {
    await runServerProgram(user, "pg_ctl", ["start", "--wait", ...serving(cluster)])
    await startAsTheReadmeSays(cluster, directory)
    await runDatabaseTests(cluster)
  } finally {
    await runServerProgram(user, "pg_ctl", ["stop", "--mode=fast", "--pgdata", cluster])
    await rm(directory, { recursive: true })
  }
}

/** Without passwords, because only its user and root can enter the directory of its one socket. */
async function makeCluster(directory: string, user: ServerUser | null): Promise<string> {
  const cluster = join(directory, "cluster")
  await mkdir(cluster, { mode: 0o700 })
  if (user !== null) await chown(cluster, user.uid, user.gid)
  const how = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
  await runServerProgram(user, "initdb", [...how, "--pgdata", cluster])
  return cluster
}

function serving(cluster: string): string[] {
  const settings = ["listen_addresses=", `unix_socket_directories=${cluster}`, "max_connections=60"]
  const options = settings.map((setting) => `-c ${setting}`).join(" ")
  return ["--pgdata", cluster, "--log", join(cluster, "server.log"), "--options", options]
}

/** Pastes the README's SQL, then starts and stops the program on that database. */
async function startAsTheReadmeSays(cluster: string, directory: string): Promise<void> {
  const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8")
  const [, sql = ""] = /```sql\n([^`]+)```/u.exec(readme) ?? []
  const client = new Client({ host: cluster, user: "postgres", database: "postgres" })
  await client.connect()
  for (const statement of sql.split(";").filter((text) => text.trim() !== ""))
    await client.query(statement.replace("…", "secret"))
  await client.end()
  const url = (role: string) =>
    `postgres://${role}:secret@localhost/hushou?host=${encodeURIComponent(cluster)}`
  const server = await startServer(directory, await freePort(), {
    DATABASE_URL: url("hushou_app"),
    DATABASE_OWNER_URL: url("hushou_owner"),
  })
  if ((await server.stop()) !== 0) throw new Error("the program does not end in order on a server")
  process.stdout.write("  the README's words for a server hold\n")
}

async function runDatabaseTests(cluster: string): Promise<void> {
  const url = `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(cluster)}`
  const vitest = join(import.meta.dirname, "../../node_modules/vitest/vitest.mjs")
  const child = spawn(process.execPath, [vitest, "run", "--project", "database"], {
    env: { ...process.env, HUSHOU_TEST_DATABASE_URL: url },
    stdio: "inherit",
  })
  const [code] = (await once(child, "exit")) as [number | null]
  if (code !== 0) throw new Error("the database suite fails on PostgreSQL 15")
}

async function runServerProgram(
  user: ServerUser | null,
  name: string,
  args: readonly string[],
): Promise<void> {
  await promisify(execFile)(join(BINARIES, name), args, { ...user, cwd: "/" })
}
