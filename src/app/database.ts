import { join } from "node:path"
import type { Clock } from "../kernel/time.ts"
import { assertDurable, assertRole } from "../platform/db/assert-durable.ts"
import type { Config } from "../platform/config.ts"
import { startEmbedded } from "../platform/db/embedded.ts"
import { migrate } from "../platform/db/migrate.ts"
import { createDb } from "../platform/db/pool.ts"
import { reached } from "../platform/db/reached.ts"
import type { Db } from "../platform/db/tx.ts"
import { installJobs, type Job, type Wake } from "../platform/jobs/index.ts"
import type { Log } from "../platform/log.ts"

export interface OpenDatabase {
  readonly db: Db
  /** As the application's role, for connections beside the pool. */
  readonly appUrl: string
  /** As the owner of the tables, for what is done with the program stopped. */
  readonly ownerUrl: string
  /** Resolves when an embedded server ends by itself; never for a server by URL. */
  readonly exited: Promise<void>
  readonly close: () => Promise<void>
}

/** The database of this installation, migrated and fit to keep records: embedded, or the server that `config` names. */
export async function openDatabase(
  { dataDir, database }: Config,
  clock: Clock,
  log: Log,
  queues: readonly Pick<Job | Wake, "name">[],
): Promise<OpenDatabase> {
  const embedded = database === null ? await startEmbedded({ dataDir: join(dataDir, "database") }) : null
  const appUrl = embedded?.appUrl ?? database?.url ?? ""
  const ownerUrl = embedded?.ownerUrl ?? database?.ownerUrl ?? ""
  const db = createDb(appUrl, { onLost: () => log.warn("a database connection was lost") })
  const close = async () => {
    await db.destroy()
    await embedded?.stop()
  }
  try {
    await reached("DATABASE_URL", async () => {
      await assertDurable(db)
      await assertRole(db, "app", "DATABASE_URL")
    })
    await reached("DATABASE_OWNER_URL", async () => {
      await assertOwner(ownerUrl)
      await migrate(ownerUrl, clock)
      await installJobs(ownerUrl, queues)
    })
  } catch (error) {
    await close()
    throw error
  }
  return { db, appUrl, ownerUrl, exited: embedded?.exited ?? new Promise(() => undefined), close }
}

async function assertOwner(url: string): Promise<void> {
  const db = createDb(url, { max: 1 })
  await assertRole(db, "owner", "DATABASE_OWNER_URL").finally(() => db.destroy())
}
