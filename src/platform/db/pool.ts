import { Kysely, PostgresDialect } from "kysely"
import { Pool } from "pg"
import type { Database } from "./schema.ts"
import type { Db } from "./tx.ts"
import { VALUE_TYPES } from "./value-types.ts"

export interface PoolOptions {
  /** Most connections held at once. */
  readonly max?: number
  /** Called once for each connection that breaks, idle or in use; what used it rejects and the pool replaces it. */
  readonly onLost?: (error: Error) => void
}

/** Bounds on waiting, and the settings our values rely on; in force for every connection of the program. */
const SETTINGS = [
  "TimeZone=UTC",
  "DateStyle=ISO",
  "lock_timeout=10s",
  "idle_in_transaction_session_timeout=60s",
]

/** Connects lazily; `destroy()` closes. The server is `url`, as in `DATABASE_URL`. */
export function createDb(url: string, options: PoolOptions = {}): Db {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 20,
    types: VALUE_TYPES,
    options: SETTINGS.map((setting) => `-c ${setting}`).join(" "),
    application_name: "hushou",
    connectionTimeoutMillis: 10_000,
  })
  // The pool listens to idle connections only; an error of one in use that nobody hears ends the process.
  pool.on("connect", (client) => client.once("error", options.onLost ?? unheard).on("error", unheard))
  pool.on("error", unheard)
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

function unheard(): void {
  // The connection's first error is told by `onLost`.
}
