import { existsSync } from "node:fs"
import { join } from "node:path"
import { sql } from "kysely"
import { machineClock } from "../../platform/clock.ts"
import { readConfig } from "../../platform/config.ts"
import { createDb } from "../../platform/db/pool.ts"
import { createLog } from "../../platform/log.ts"
import { StartError } from "../../platform/start-error.ts"
import type { Runtime } from "../../runtime/index.ts"
import { openDatabase } from "../database.ts"
import { createRuntime } from "../runtime.ts"

/** Works on this installation alone, as the owner of its tables. Throws StartError, having changed nothing, while the program runs on it. */
export async function withInstallation<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const { dataDir, keysDir, origin, demo } = config
  // A wrong directory has no files to wrap anew; destroying the old key would then destroy those elsewhere.
  if (!existsSync(join(dataDir, "files")))
    throw new StartError(`${dataDir} 不是戶守之資料目錄，請檢查 HUSHOU_DATA`, `no installation in ${dataDir}`)
  if (config.database !== null) await refuseBesideProgram(config.database.url)
  const [clock, log] = [machineClock, createLog("silent")]
  const database = await openDatabase(config, clock, log, [])
  try {
    const { appUrl, ownerUrl } = database
    const db = createDb(ownerUrl, { max: 2 })
    const parts = { db, appUrl, clock, log, dataDir, keysDir, origin, demo }
    const runtime = await createRuntime({ ...parts, keysMustExist: true })
    return await work(runtime).finally(async () => {
      await runtime.sequencer.close()
      await runtime.files.close()
      await db.destroy()
    })
  } finally {
    await database.close()
  }
}

/** An embedded database is ours alone once it starts; on a server the program shows by its connections. */
async function refuseBesideProgram(url: string): Promise<void> {
  const db = createDb(url, { max: 1 })
  const { rows } = await sql`select 1 from pg_stat_activity
    where datname = current_database() and application_name in ('hushou', 'hushou jobs')
      and pid <> pg_backend_pid()`
    .execute(db)
    .finally(() => db.destroy())
  if (rows.length > 0)
    throw new StartError(
      "戶守執行中，請先停止再執行本指令",
      "Hushou is running; stop it first, then run this",
    )
}
