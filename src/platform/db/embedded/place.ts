import { createHash } from "node:crypto"
import { chmod, chown, lstat, mkdir, readFile, realpath, stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { createDurably } from "../../files/durable.ts"
import { newId, newSecret } from "../../ids.ts"
import { StartError } from "../../start-error.ts"
import { SHARED_DIRECTORY } from "./binaries.ts"
import { chooseServerUser, mayEnter, type ServerUser } from "./server-user.ts"

/** Longest path of a Unix socket (`sun_path` without its closing zero). */
const LONGEST_SOCKET_PATH = 107

/** Passwords of the superuser and the two roles; they open only a socket no other account can reach. */
export interface Credentials {
  readonly superuser: string
  readonly owner: string
  readonly app: string
}

/** Where the parts of one embedded database are. All paths are absolute. */
export interface Place {
  /** The directory the caller named; it holds the credentials, the log, and normally the cluster. */
  readonly home: string
  /** PostgreSQL's data directory. It may not exist yet. */
  readonly cluster: string
  readonly isNew: boolean
  readonly user: ServerUser | null
  /** Directory of the Unix socket, short enough for one. */
  readonly socketDirectory: string
  readonly credentials: Credentials
}

/**
 * Finds the database of `dataDir`, or decides where a new one will be. When root's data directory lies where
 * the server's user cannot enter, the cluster is under /var/lib/hushou and the file `location` says where.
 */
export async function findPlace(dataDir: string): Promise<Place> {
  const home = await makeHome(resolve(dataDir))
  const { cluster, isNew, user } = await findCluster(home)
  const socketDirectory = await chooseSocketDirectory(cluster, user)
  return { home, cluster, isNew, user, socketDirectory, credentials: await loadCredentials(home) }
}

async function makeHome(path: string): Promise<string> {
  try {
    // The server's user must pass through a home of root's, but may not list it.
    await mkdir(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return await realpath(path)
  } catch (cause) {
    throw new StartError(`無法使用資料目錄 ${path}`, `cannot use the data directory ${path}`, { cause })
  }
}

async function findCluster(home: string): Promise<Pick<Place, "cluster" | "isNew" | "user">> {
  const elsewhere = await readFile(join(home, "location"), "utf8").catch(() => undefined)
  const cluster = elsewhere?.trim() ?? join(home, "cluster")
  const found = await stat(cluster).catch(() => undefined)
  if (found !== undefined) return { cluster, isNew: false, user: await ownerOf(cluster, found) }
  if (elsewhere !== undefined)
    throw new StartError(
      `${join(home, "location")} 所指的資料庫 ${cluster} 不存在`,
      `the database ${cluster} that ${join(home, "location")} names is gone`,
    )
  const user = await chooseServerUser()
  if (user === null || (await mayEnter(user, home))) return { cluster, isNew: true, user }
  return { cluster: join(SHARED_DIRECTORY, newId(), "cluster"), isNew: true, user }
}

/** An existing cluster runs as whoever owns it. */
async function ownerOf(cluster: string, found: ServerUser): Promise<ServerUser | null> {
  const uid = process.getuid?.()
  const user = { uid: found.uid, gid: found.gid }
  if (uid === undefined || uid === user.uid) return null
  if (uid === 0 && (await mayEnter(user, cluster))) return user
  throw new StartError(
    `資料庫 ${cluster} 屬於使用者 ${user.uid}，無法以目前的帳號使用`,
    `the database ${cluster} belongs to user ${user.uid} and cannot be used from this account`,
  )
}

/** Says in `home` that the cluster, which now exists, is elsewhere. */
export async function recordLocation({ home, cluster }: Place): Promise<void> {
  if (cluster !== join(home, "cluster")) await createDurably(join(home, "location"), `${cluster}\n`)
}

/** The cluster itself, which only the server's user may enter, or a private directory with a short name. */
async function chooseSocketDirectory(cluster: string, user: ServerUser | null): Promise<string> {
  if (Buffer.byteLength(join(cluster, ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH) return cluster
  const name = createHash("sha256").update(cluster).digest("hex").slice(0, 16)
  const directory = `/tmp/hushou-${name}`
  await makePrivate(directory, user)
  return directory
}

async function makePrivate(directory: string, user: ServerUser | null): Promise<void> {
  const owner = user ?? { uid: process.getuid?.(), gid: process.getgid?.() }
  const isFresh = (await mkdir(directory, { recursive: true, mode: 0o700 })) !== undefined
  if (isFresh && user !== null) await chown(directory, user.uid, user.gid)
  const found = await lstat(directory)
  if (found.isDirectory() && found.uid === owner.uid) return chmod(directory, 0o700)
  throw new StartError(
    `${directory} 已為其他帳號所占用，請移除`,
    `${directory} is taken by another account; remove it`,
  )
}

async function loadCredentials(home: string): Promise<Credentials> {
  const path = join(home, "credentials.json")
  const fresh = { superuser: newSecret(), owner: newSecret(), app: newSecret() }
  try {
    await createDurably(path, JSON.stringify(fresh))
    return fresh
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  }
  return JSON.parse(await readFile(path, "utf8")) as Credentials
}
