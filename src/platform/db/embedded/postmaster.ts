import { execFile, spawn, type ChildProcess } from "node:child_process"
import { open, readFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import { StartError } from "../../start-error.ts"
import { programIn } from "./binaries.ts"
import { diskFullError } from "./initialise.ts"
import { isAlive } from "./pid-file.ts"
import type { Place } from "./place.ts"

/** How long a fast shutdown may take before the server is told to leave recovery to the next start. */
const FAST_SHUTDOWN_MS = 60_000

/** Sockets have their directory to themselves, so that the number never collides. */
const SOCKET_PORT = 5432

/** For two cores beside the application; nothing here trades durability. ERRORs stay out of the log: they quote values. */
const SETTINGS = [
  "max_connections=60",
  "shared_buffers=128MB",
  "effective_cache_size=512MB",
  "wal_compression=on",
  "max_wal_size=1GB",
  "min_wal_size=80MB",
  "checkpoint_timeout=15min",
  "random_page_cost=1.1",
  "fsync=on",
  "full_page_writes=on",
  "synchronous_commit=on",
  "log_min_messages=log",
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
  "log_checkpoints=off",
  "log_parameter_max_length=0",
  "log_timezone=UTC",
  "TimeZone=UTC",
]

/** A running server that is our child. */
export interface Postmaster {
  readonly port: number
  readonly exited: Promise<void>
  /** The last complaint in its log, for when it ends before it serves. */
  readonly complaint: () => Promise<StartError>
  readonly stop: () => Promise<void>
}

/** Starts the server in a session of its own, so that Ctrl-C reaches us first and we end it in order. */
export async function startPostmaster(
  place: Place,
  binaries: string,
  extraSettings: readonly string[] = [],
): Promise<Postmaster> {
  const port = process.platform === "win32" ? await findFreePort() : SOCKET_PORT
  const logPath = join(place.home, "server.log")
  const log = await open(logPath, "w", 0o600)
  const settings = [...SETTINGS, ...listenOn(place, port), ...extraSettings].flatMap((s) => ["-c", s])
  const child = spawn(programIn(binaries, "postgres"), ["-D", place.cluster, ...settings], {
    ...place.user,
    cwd: "/",
    detached: true,
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", log.fd, log.fd],
  })
  await log.close()
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve())
    child.once("error", () => resolve())
  })
  // An exit nobody planned, such as an uncaught error, still shuts the server down in order.
  const onExit = () => child.kill("SIGINT")
  process.once("exit", onExit)
  const stop = async () => {
    await stopChild(child, exited, place, binaries)
    process.removeListener("exit", onExit)
  }
  return { port, exited, stop, complaint: () => readComplaint(logPath) }
}

function listenOn({ socketDirectory }: Place, port: number): string[] {
  if (process.platform === "win32") return ["listen_addresses=127.0.0.1", `port=${port}`]
  // Quoted, because a comma in a path would make two of it.
  const quoted = `"${socketDirectory.replaceAll('"', '""')}"`
  return ["listen_addresses=", `port=${port}`, `unix_socket_directories=${quoted}`]
}

async function stopChild(
  child: ChildProcess,
  exited: Promise<void>,
  place: Place,
  binaries: string,
): Promise<void> {
  if (process.platform === "win32")
    await promisify(execFile)(programIn(binaries, "pg_ctl"), ["stop", "-m", "fast", "-D", place.cluster])
  else child.kill("SIGINT")
  const timer = setTimeout(() => child.kill("SIGQUIT"), FAST_SHUTDOWN_MS)
  await exited
  clearTimeout(timer)
}

/** Ends a server that an earlier, killed process of ours left behind. */
export async function stopOrphan(pid: number): Promise<void> {
  process.kill(pid, "SIGINT")
  for (let waited = 0; isAlive(pid); waited += 20) {
    if (waited === FAST_SHUTDOWN_MS) process.kill(pid, "SIGQUIT")
    await sleep(20)
  }
}

async function readComplaint(logPath: string): Promise<StartError> {
  const text = await readFile(logPath, "utf8").catch(() => "")
  if (/No space left on device|Disk quota exceeded/.test(text)) return diskFullError()
  const line = text.split("\n").findLast((l) => /FATAL|PANIC|error while loading/.test(l)) ?? text.slice(-300)
  return new StartError(`資料庫無法啟動：${line}`, `the database did not start; see ${logPath}`)
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === "string") throw new Error("no free port")
  return address.port
}
