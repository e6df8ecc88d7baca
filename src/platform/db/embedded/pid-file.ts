import { readFileSync } from "node:fs"
import { open, readFile, readlink, realpath, rm } from "node:fs/promises"
import { join } from "node:path"

/** What `postmaster.pid` says about the server that runs, or ran, on `cluster`. */
export interface PidFile {
  readonly pid: number
  readonly port: number
}

export async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "")
  const [pid, , , port] = text.split("\n")
  return pid === undefined || pid === "" ? null : { pid: Number(pid), port: Number(port) }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** Whether `pid` is a server on `cluster` and not a stranger that was given the same number later. */
export async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== "linux") return true
  // A postmaster's working directory is its data directory.
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => "")
  return directory === (await realpath(cluster))
}

/** Ended, but nobody has asked how: where no init process reaps orphans that lasts for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}

/**
 * Takes a dead server's locks away even when its number lives on, as a zombie or a stranger. `postmaster.pid`
 * is made to name our own process: PostgreSQL takes a file naming its parent for stale, and still checks for
 * shared memory that the dead server's children hold. The socket's lock guards nothing in a private directory.
 */
export async function breakLocks(cluster: string, socketDirectory: string): Promise<void> {
  await rm(join(socketDirectory, ".s.PGSQL.5432.lock"), { force: true })
  const path = join(cluster, "postmaster.pid")
  const text = await readFile(path, "utf8").catch(() => "")
  if (text === "") return rm(path, { force: true })
  await overwrite(path, text.replace(/^\S+/, String(process.pid)))
}

/** In place, so that the file keeps its owner and a full disk cannot leave it empty. */
async function overwrite(path: string, text: string): Promise<void> {
  const file = await open(path, "r+")
  try {
    await file.write(text, 0)
    await file.truncate(Buffer.byteLength(text))
  } finally {
    await file.close()
  }
}
