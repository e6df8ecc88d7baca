import { randomBytes } from "node:crypto"
import { inject } from "vitest"
import { createDb } from "../../src/platform/db/pool.ts"
import { APP_ROLE, ensureDatabase, OWNER_ROLE } from "../../src/platform/db/roles.ts"
import type { Db } from "../../src/platform/db/tx.ts"
import { withAdmin } from "./database-server.ts"
import { urlFor } from "./database-url.ts"

/** A database of one test file. */
export interface TestDatabase {
  /** As `DATABASE_URL`: the application's role. */
  readonly url: string
  readonly ownerUrl: string
  /** Connected as the application. */
  readonly db: Db
  /** Disconnects `db` and drops the database. */
  readonly close: () => Promise<void>
}

/** A new database with all migrations applied. Close it in `afterAll`. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject("databaseServer")
  return makeDatabase((admin, name) =>
    admin
      .query(`create database ${name} template ${server.template} owner ${OWNER_ROLE}`)
      .then(() => admin.query(`grant connect on database ${name} to ${APP_ROLE}`)),
  )
}

/** A new database without any table, as a server's administrator would make it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return makeDatabase(ensureDatabase)
}

type Admin = Parameters<Parameters<typeof withAdmin>[1]>[0]

async function makeDatabase(create: (admin: Admin, name: string) => Promise<unknown>): Promise<TestDatabase> {
  const server = inject("databaseServer")
  const name = `test_${randomBytes(6).toString("hex")}`
  await withAdmin(server, (admin) => create(admin, name))
  const url = urlFor(server, "app", name)
  const db = createDb(url, { max: 10 })
  const close = async () => {
    await db.destroy()
    await withAdmin(server, (admin) => admin.query(`drop database ${name} with (force)`))
  }
  return { url, ownerUrl: urlFor(server, "owner", name), db, close }
}
