/**
 * A program for tests of what only another process can show: `run-embedded.ts <data directory>` starts the
 * database, writes one row, prints its URL and waits for SIGINT, or to be killed.
 */
import { Client } from "pg"
import { startEmbedded } from "../../src/platform/db/embedded.ts"

const [, , dataDir = ""] = process.argv

try {
  const database = await startEmbedded({ dataDir })
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query("create table if not exists kept (at timestamptz)")
  await owner.query("insert into kept values (now())")
  await owner.end()
  process.once("SIGINT", () => void database.stop())
  process.stdout.write(`${database.ownerUrl}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : "unknown"}\n`)
  process.exitCode = 1
}
