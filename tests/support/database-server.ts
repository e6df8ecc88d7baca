import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import type { TestProject } from "vitest/node"
import { machineClock } from "../../src/platform/clock.ts"
import { startEmbedded } from "../../src/platform/db/embedded.ts"
import { migrate } from "../../src/platform/db/migrate.ts"
import { ensureDatabase, ensureRoles, type RolePasswords } from "../../src/platform/db/roles.ts"
import { installJobs } from "../../src/platform/jobs/index.ts"
import { newSecret } from "../../src/platform/ids.ts"
import { urlFor } from "./database-url.ts"

/** What a test needs to make databases of its own. */
export interface DatabaseServer {
  /** Of a superuser. */
  readonly adminUrl: string
  readonly passwords: RolePasswords
  /** A migrated database that nobody is connected to. */
  readonly template: string
}

declare module "vitest" {
  export interface ProvidedContext {
    databaseServer: DatabaseServer
  }
}

/** Vitest's global setup: one server with one migrated template for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { close, ...server } = await startDatabaseServer()
  project.provide("databaseServer", server)
  return close
}

/**
 * Starts a server that is thrown away afterwards, or uses the one of `HUSHOU_TEST_DATABASE_URL` (a superuser's
 * URL of a server kept for tests: the passwords of its two roles are changed).
 */
export async function startDatabaseServer(): Promise<DatabaseServer & { close: () => Promise<void> }> {
  const given = process.env["HUSHOU_TEST_DATABASE_URL"]
  const { adminUrl, stop } =
    given === undefined ? await startThrowaway() : { adminUrl: given, stop: undefined }
  const server = {
    adminUrl,
    passwords: { owner: newSecret(), app: newSecret() },
    template: `hushou_template_${process.pid}`,
  }
  try {
    await withAdmin(server, (admin) => makeTemplate(admin, server))
  } catch (error) {
    await stop?.()
    throw error
  }
  const dropTemplate = () =>
    withAdmin(server, (admin) => admin.query(`drop database ${server.template}`).then(() => undefined))
  return { ...server, close: stop ?? dropTemplate }
}

/** Runs `work` on a connection of the superuser. */
export async function withAdmin<T>(
  { adminUrl }: DatabaseServer,
  work: (admin: Client) => Promise<T>,
): Promise<T> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

async function makeTemplate(admin: Client, server: DatabaseServer): Promise<void> {
  await ensureRoles(admin, server.passwords)
  await ensureDatabase(admin, server.template)
  const ownerUrl = urlFor(server, "owner", server.template)
  await migrate(ownerUrl, machineClock)
  await installJobs(ownerUrl, [])
}

/** Ordinary tests need no durability; those that do start a server of their own. */
async function startThrowaway(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "hushou-test-"))
  // The server's user must be able to pass when the tests run as root.
  await chmod(directory, 0o711)
  const settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
  const { adminUrl, stop } = await startEmbedded({ dataDir: join(directory, "database"), settings })
  const stopAndRemove = async () => {
    await stop()
    await rm(directory, { recursive: true, force: true })
  }
  return { adminUrl, stop: stopAndRemove }
}
