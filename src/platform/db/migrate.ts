import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { Client } from "pg"
import type { Clock } from "../../kernel/time.ts"

/** Where the program's own migrations stand. */
export const MIGRATIONS_DIRECTORY = join(import.meta.dirname, "../../../migrations")

/** One file `NNNN_<module>.sql`. */
interface Migration {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** The tables of this database and the files of this program do not belong together; nothing was changed. */
export class MigrationError extends Error {
  override readonly name = "MigrationError"
}

/** Held while migrating, so that several instances starting at once take turns. The bytes of "hushou". */
const MIGRATION_LOCK = "114853656686453"

/**
 * Brings the tables up to date as the owner: every new file in order, each in a transaction of its own.
 * Resolves with the names applied now. Forward only: throws MigrationError, before anything is applied,
 * when an applied file was changed or is missing, or when a new file would come before an applied one.
 */
export async function migrate(
  ownerUrl: string,
  clock: Clock,
  directory = MIGRATIONS_DIRECTORY,
): Promise<string[]> {
  const files = await readMigrations(directory)
  const client = new Client({ connectionString: ownerUrl, application_name: "hushou migrate" })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK])
    const pending = pendingOf(files, await readApplied(client))
    for (const file of pending) await apply(client, file, clock)
    return pending.map((file) => file.name)
  } finally {
    await client.end()
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort()
  const strange = names.find((name) => !/^\d{4}_[a-z0-9-]+\.sql$/.test(name))
  if (strange !== undefined) throw new MigrationError(`migration is not named NNNN_<module>.sql: ${strange}`)
  const twice = names.find((name, i) => i > 0 && name.slice(0, 4) === names[i - 1]?.slice(0, 4))
  if (twice !== undefined) throw new MigrationError(`two migrations share the number of ${twice}`)
  return Promise.all(names.map((name) => readMigration(directory, name)))
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  // A checkout that writes CRLF must have the same digest.
  const sql = (await readFile(join(directory, name), "utf8")).replaceAll("\r\n", "\n")
  return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") }
}

async function readApplied(client: Client): Promise<ReadonlyMap<string, string>> {
  await client.query(
    `create table if not exists schema_migration (
      name text primary key, sha256 text not null, applied_at timestamptz(3) not null)`,
  )
  const { rows } = await client.query<{ name: string; sha256: string }>(
    "select name, sha256 from schema_migration",
  )
  return new Map(rows.map((row) => [row.name, row.sha256]))
}

function pendingOf(files: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  for (const [name, sha256] of applied) {
    const file = files.find((candidate) => candidate.name === name)
    if (file === undefined)
      throw new MigrationError(`this database is newer than this program: ${name} was applied to it`)
    if (file.sha256 !== sha256)
      throw new MigrationError(`migration ${name} was changed after it was applied; write a new one instead`)
  }
  const last = [...applied.keys()].sort().at(-1) ?? ""
  const late = files.find((file) => file.name < last && !applied.has(file.name))
  if (late !== undefined)
    throw new MigrationError(`migration ${late.name} comes before ${last}, which is applied; renumber it`)
  return files.filter((file) => !applied.has(file.name))
}

async function apply(client: Client, { name, sql, sha256 }: Migration, clock: Clock): Promise<void> {
  await client.query("begin")
  try {
    await client.query(sql)
    await client.query("insert into schema_migration values ($1, $2, $3)", [name, sha256, clock.now()])
    await client.query("commit")
  } catch (error) {
    await client.query("rollback")
    const reason = error instanceof Error ? error.message : "unknown"
    throw new MigrationError(`migration ${name} failed and was undone: ${reason}`, { cause: error })
  }
}
