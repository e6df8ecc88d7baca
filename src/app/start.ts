import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "../kernel/time.ts"
import { firstAdministratorToken } from "../modules/access/index.ts"
import type { Config } from "../platform/config.ts"
import { startJobs, wake, type Job, type Wake } from "../platform/jobs/index.ts"
import type { Log } from "../platform/log.ts"
import { StartError } from "../platform/start-error.ts"
import type { Runtime } from "../runtime/index.ts"
import { openDatabase, type OpenDatabase } from "./database.ts"
import { modulesAt } from "./modules.ts"
import { createRuntime } from "./runtime.ts"
import { demonstrationText, loadDemonstration, requireFitting, startDemonstration } from "./demo/index.ts"
import { startGuard } from "./integrity.ts"
import { startPostman } from "./mail.ts"
import { closeServer, createServer } from "./http/server.ts"
import { wakesAt } from "./wakes.ts"

export interface Started {
  readonly runtime: Runtime
  /** The one-time link that creates the first administrator, when there is no account yet. */
  readonly firstLink: string | null
  /** The demonstration's accounts, for the terminal. */
  readonly demonstration: string | null
  /** Resolves when the program cannot go on, for instance because the database ended. */
  readonly broken: Promise<string>
  readonly stop: () => Promise<void>
}

const REQUESTS_PER_MINUTE = 1200

/** Starts everything on `config`; nothing is left running when it throws. */
export async function start(config: Config, clock: Clock, log: Log): Promise<Started> {
  const isUsed = existsSync(join(config.dataDir, "database"))
  // As root the database runs under another uid, which must be able to pass through; what is inside stays 0700.
  await makeDirectory("HUSHOU_DATA", config.dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
  await makeDirectory("HUSHOU_KEYS", config.keysDir, 0o700)
  const jobNames = modulesAt(config.origin).flatMap((module) => module.jobNames ?? [])
  const queues = [...wakesAt(config.origin, config.keysDir), ...jobNames.map((name) => ({ name }))]
  const database = await openDatabase(config, clock, log, queues)
  try {
    return await startOn(database, { config, clock, log, isUsed })
  } catch (error) {
    await database.close()
    throw error
  }
}

interface Installation {
  readonly config: Config
  readonly clock: Clock
  readonly log: Log
  readonly isUsed: boolean
}

async function startOn(
  database: OpenDatabase,
  { config, clock, log, isUsed }: Installation,
): Promise<Started> {
  const { dataDir, keysDir, origin, demo } = config
  await requireFitting(database.db, demo)
  const runtime = await createRuntime({
    db: database.db,
    appUrl: database.appUrl,
    clock,
    log,
    dataDir,
    keysDir,
    origin,
    demo,
    smtpUrl: config.smtpUrl,
    keysMustExist: isUsed,
  })
  const guard = await startGuard(runtime, keysDir)
  const sim = demo ? await startDemonstration(dataDir) : null
  if (sim !== null) await loadDemonstration(runtime, sim)
  const server = await createServer(runtime, REQUESTS_PER_MINUTE, config.proxies)
  const jobs = await startJobs({ appUrl: database.appUrl, jobs: workOf(runtime, keysDir), log })
  const postman = startPostman(runtime, config, config.smtpUrl ?? sim?.smtpUrl)
  const stop = async () => {
    await closeServer(server)
    await postman.stop()
    await jobs.stop()
    await guard.stop()
    await runtime.files.close()
    await runtime.sequencer.close()
    await sim?.stop()
    await database.close()
  }
  try {
    await server.listen({ host: config.host, port: config.port })
  } catch (error) {
    await stop()
    throw portError(error, config)
  }
  return {
    runtime,
    firstLink: await firstLink(runtime),
    demonstration: sim === null ? null : demonstrationText(origin, sim),
    broken: database.exited.then(() => "資料庫已停止 (the database ended)"),
    stop,
  }
}

async function makeDirectory(variable: string, path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode })
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : ""
    throw new StartError(
      `設定 ${variable} 有誤：無法建立目錄 ${path}（${code}）`,
      `${variable}: the directory cannot be made`,
      { cause: error },
    )
  }
}

async function firstLink(runtime: Runtime): Promise<string | null> {
  const token = await firstAdministratorToken(runtime)
  return token === null ? null : `${runtime.origin}/first-administrator#${token}`
}

function workOf(runtime: Runtime, keysDir: string): (Job | Wake)[] {
  return [
    ...wakesAt(runtime.origin, keysDir).map(({ name, cron, work }) => wake(name, cron, () => work(runtime))),
    ...modulesAt(runtime.origin).flatMap((module) => module.jobs?.(runtime) ?? []),
  ]
}

function portError(error: unknown, { host, port }: Config): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "EADDRINUSE")
    return new StartError(
      `連接埠 ${port} 已由其他程式使用，請改設 HUSHOU_PORT`,
      `port ${port} is in use; set HUSHOU_PORT to another`,
    )
  if (code === "EACCES" || code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new StartError(
      `無法在 ${host}:${port} 提供服務，請檢查 HUSHOU_HOST 與 HUSHOU_PORT`,
      `cannot listen on ${host}:${port}`,
    )
  return error instanceof Error ? error : new Error("listening failed")
}
