import { readFile, readlink, realpath, writeFile } from "node:fs/promises"
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
    return true
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

/**
 * Lets a stale `postmaster.pid` whose number a stranger now has name our own process: PostgreSQL takes a file
 * naming its parent for stale, and still checks for shared memory that a dead server's children hold.
 */
export async function disownPidFile(cluster: string): Promise<void> {
  const path = join(cluster, "postmaster.pid")
  const [, ...rest] = (await readFile(path, "utf8")).split("\n")
  await writeFile(path, [String(process.pid), ...rest].join("\n"))
}
