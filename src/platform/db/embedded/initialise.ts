import { spawn } from "node:child_process"
import { chmod, chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { StartError } from "../../start-error.ts"
import { programIn } from "./binaries.ts"
import { isAlive } from "./pid-file.ts"
import { recordLocation, type Place } from "./place.ts"

const DISK_IS_FULL = /No space left on device|Disk quota exceeded/

/**
 * Makes the cluster beside its place and moves it there whole, so that a start killed half-way leaves nothing
 * that looks like a database. UTF-8, code point order, checksums, passwords required.
 */
export async function initialise(place: Place, binaries: string): Promise<void> {
  const isElsewhere = dirname(place.cluster) !== place.home
  if (isElsewhere) await makePassable(dirname(place.cluster))
  await removeLeftovers(place)
  const partial = `${place.cluster}.new.${process.pid}`
  const passwordFile = `${partial}.password`
  try {
    await makeOwned(partial, passwordFile, place)
    await runInitdb(place, binaries, ["--pgdata", partial, "--pwfile", passwordFile])
    await rm(passwordFile)
    await rename(partial, place.cluster)
    await recordLocation(place)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    await rm(passwordFile, { force: true })
    if (isElsewhere) await rm(dirname(place.cluster), { recursive: true, force: true })
    throw isTaken(error) ? takenError(place) : error
  }
}

/** Lets the server's user through, whatever umask we run under. */
async function makePassable(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const path of [dirname(directory), directory]) await chmod(path, 0o711)
}

async function makeOwned(partial: string, passwordFile: string, { user, credentials }: Place): Promise<void> {
  await mkdir(partial, { mode: 0o700 })
  await writeFile(passwordFile, credentials.superuser, { mode: 0o600, flag: "wx" })
  if (user === null) return
  await chown(partial, user.uid, user.gid)
  await chown(passwordFile, user.uid, user.gid)
}

async function runInitdb(place: Place, binaries: string, where: readonly string[]): Promise<void> {
  const how = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"]
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
  const child = spawn(programIn(binaries, "initdb"), [...how, ...locale, ...where], {
    ...place.user,
    cwd: "/",
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "ignore", "pipe"],
  })
  let complaint = ""
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", resolve)
  })
  if (code !== 0) throw initdbError(complaint)
}

function initdbError(complaint: string): StartError {
  if (DISK_IS_FULL.test(complaint)) return diskFullError()
  const line = complaint.split("\n").find((text) => /error|FATAL/.test(text)) ?? complaint.slice(0, 300)
  return new StartError(`無法建立資料庫：${line}`, "the database could not be initialised")
}

/** Whether a call of ours failed for want of space. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["ENOSPC", "EDQUOT"].includes(String(error.code))
}

export function diskFullError(): StartError {
  return new StartError(
    "磁碟空間不足，資料庫無法啟動；既有資料未受影響，請清出空間後再啟動",
    "the disk is full and the database cannot start; existing data is untouched, free some space and start again",
  )
}

export function takenError({ home }: Place, pid?: number): StartError {
  const zh = pid === undefined ? "" : `（行程 ${pid}）`
  const en = pid === undefined ? "" : ` (process ${pid})`
  return new StartError(
    `資料目錄 ${home} 已由另一個執行中的戶守使用${zh}`,
    `the data directory is in use by another running Hushou${en}`,
  )
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EEXIST", "ENOTEMPTY"].includes(String(error.code))
}

/** Removes what starts that no longer run left half-made. */
async function removeLeftovers({ cluster }: Place): Promise<void> {
  const prefix = `${basename(cluster)}.new.`
  for (const name of await readdir(dirname(cluster))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    if (!name.startsWith(prefix) || (isAlive(pid) && pid !== process.pid)) continue
    await rm(join(dirname(cluster), name), { recursive: true, force: true })
  }
}
