import { existsSync } from "node:fs"
import { rmdir } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { Client, DatabaseError } from "pg"
import { StartError } from "../start-error.ts"
import { findBinaries } from "./embedded/binaries.ts"
import { diskFullError, initialise, isDiskFull, takenError } from "./embedded/initialise.ts"
import { breakLocks, isAlive, readPidFile, servesCluster, type PidFile } from "./embedded/pid-file.ts"
import { findPlace, type Place } from "./embedded/place.ts"
import { startPostmaster, stopOrphan, type Postmaster } from "./embedded/postmaster.ts"
import { APP_ROLE, ensureDatabase, ensureRoles, OWNER_ROLE } from "./roles.ts"

/** A database server that lives and ends with this process. */
export interface EmbeddedDatabase {
  /** As `DATABASE_URL`: the application's role. */
  readonly appUrl: string
  /** As `DATABASE_OWNER_URL`: the role that migrates. */
  readonly ownerUrl: string
  /** Of the superuser, for making databases beside the application's own. */
  readonly adminUrl: string
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<void>
  /** Fast shutdown: open transactions are rolled back, everything committed is kept. */
  readonly stop: () => Promise<void>
}

export interface EmbeddedOptions {
  /** The database's own directory; made when missing. */
  readonly dataDir: string
  /** Settings of PostgreSQL, `name=value`, on top of the built-in ones. */
  readonly settings?: readonly string[]
}

const DATABASE = "hushou"

/** Held by the process that runs the server: it ends with that process, however that ends. */
const INSTANCE_LOCK = "114853656686454"

/** How long a server that is coming up or going down may keep us waiting, and how often we ask. */
const PATIENCE_MS = 10 * 60_000
const ASK_EVERY_MS = 15

/** How often a start waits for the children of a killed server to end. */
const START_ATTEMPTS = 60
const START_PAUSE_MS = 500

/**
 * Starts PostgreSQL from the installed packages on `dataDir`, which is initialised when empty. A server that a
 * killed process left behind is shut down first. Throws StartError when another process uses the directory,
 * the disk is full, or the server does not come up.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  return start(options).catch((error: unknown) => {
    throw isDiskFull(error) ? diskFullError() : error
  })
}

async function start({ dataDir, settings }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await findPlace(dataDir)
  const binaries = await findBinaries(place.user)
  if (place.isNew) await initialise(place, binaries)
  else await endEarlierServer(place)
  const { postmaster, lock } = await serve(place, binaries, settings)
  try {
    await ensureRoles(lock, place.credentials)
    await ensureDatabase(lock, DATABASE)
    return describe(place, postmaster, lock)
  } catch (error) {
    await postmaster.stop()
    throw error
  }
}

/** Starts the server, again while children of a killed one still hold its memory. */
async function serve(place: Place, binaries: string, settings?: readonly string[]) {
  for (let attempt = 1; ; attempt++) {
    const postmaster = await startPostmaster(place, binaries, settings)
    try {
      return { postmaster, lock: await takeInstanceLock(place, postmaster) }
    } catch (error) {
      await postmaster.stop()
      const message = error instanceof StartError ? error.message : ""
      if (/lock file .* already exists/.test(message)) throw takenError(place)
      if (attempt === START_ATTEMPTS || !/pre-existing shared memory/.test(message)) throw error
    }
    await sleep(START_PAUSE_MS)
  }
}

/** URLs of the server that another process of ours runs on `dataDir` now; `null` when none does. */
export async function findRunning(
  dataDir: string,
): Promise<Pick<EmbeddedDatabase, "appUrl" | "ownerUrl"> | null> {
  if (!existsSync(dataDir)) return null
  const place = await findPlace(dataDir)
  const file = place.isNew ? null : await readPidFile(place.cluster)
  if (file === null || !(await servesCluster(file.pid, place.cluster))) return null
  return urlsOf(place, file.port)
}

function describe(place: Place, postmaster: Postmaster, lock: Client): EmbeddedDatabase {
  const stop = async () => {
    await lock.end().catch(() => undefined)
    await postmaster.stop()
    if (place.socketDirectory !== place.cluster) await rmdir(place.socketDirectory)
  }
  return { ...urlsOf(place, postmaster.port), exited: postmaster.exited, stop }
}

function urlsOf(place: Place, port: number): Pick<EmbeddedDatabase, "appUrl" | "ownerUrl" | "adminUrl"> {
  const { app, owner, superuser } = place.credentials
  return {
    appUrl: urlOf(place, port, APP_ROLE, app, DATABASE),
    ownerUrl: urlOf(place, port, OWNER_ROLE, owner, DATABASE),
    adminUrl: urlOf(place, port, "postgres", superuser, "postgres"),
  }
}

function urlOf(place: Place, port: number, role: string, password: string, database: string): string {
  const base = `postgres://${role}:${encodeURIComponent(password)}@`
  if (process.platform === "win32") return `${base}127.0.0.1:${port}/${database}`
  return `${base}localhost:${port}/${database}?host=${encodeURIComponent(place.socketDirectory)}`
}

/** Leaves no server on the cluster, or throws when a living process runs it. */
async function endEarlierServer(place: Place): Promise<void> {
  const file = await readPidFile(place.cluster)
  if (file !== null && (await servesCluster(file.pid, place.cluster))) await endOrphan(place, file)
  await breakLocks(place.cluster, place.socketDirectory)
}

async function endOrphan(place: Place, { pid, port }: PidFile): Promise<void> {
  const client = await connectWhile(place, port, () => isAlive(pid))
  if (client === null) return
  const holder = await instanceHolder(client)
  await client.end()
  if (holder !== undefined) throw takenError(place, holder)
  await stopOrphan(pid)
}

/** The process that runs the server we are connected to; `undefined` when it is gone. */
async function instanceHolder(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and (l.classid::bigint << 32) + l.objid::bigint = $1::bigint`,
    [INSTANCE_LOCK],
  )
  return rows[0] === undefined ? undefined : Number(rows[0].name.replace(/^\D+/, ""))
}

async function takeInstanceLock(place: Place, postmaster: Postmaster): Promise<Client> {
  let hasExited = false
  void postmaster.exited.then(() => (hasExited = true))
  const client = await connectWhile(place, postmaster.port, () => !hasExited)
  if (client === null) throw await postmaster.complaint()
  await client.query("select pg_advisory_lock($1)", [INSTANCE_LOCK])
  return client
}

/** Connects as the superuser as soon as the server lets us, or resolves with `null` when `isRunning` ends. */
async function connectWhile(place: Place, port: number, isRunning: () => boolean): Promise<Client | null> {
  for (let waited = 0; isRunning(); waited += ASK_EVERY_MS) {
    if (waited > PATIENCE_MS) throw neverReadyError(place)
    const client = new Client({
      connectionString: urlOf(place, port, "postgres", place.credentials.superuser, "postgres"),
      application_name: `hushou instance ${process.pid}`,
    })
    // A connection that breaks later is noticed by `exited` and by the pool.
    client.on("error", () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      if (!isNotReadyYet(error)) throw error
    }
    await sleep(ASK_EVERY_MS)
  }
  return null
}

/** No socket yet, or starting up, shutting down, recovering (57P03). */
function isNotReadyYet(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === "57P03" || error.code === "57P01"
  const code = error instanceof Error && "code" in error ? error.code : undefined
  return ["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(String(code)) || code === undefined
}

function neverReadyError({ home }: Place): StartError {
  return new StartError(
    `資料庫十分鐘內未能就緒，請查看 ${home}/server.log`,
    `the database was not ready within ten minutes; see its server.log`,
  )
}
