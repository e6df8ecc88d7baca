import { fromKysely, PgBoss } from "pg-boss"
import type { Instant } from "../../kernel/time.ts"
import type { Tx } from "../db/tx.ts"
import { JOBS_SCHEMA, type Job, type Wake } from "./definitions.ts"

export interface EnqueueOptions {
  /** Not before this time; at once when left out. */
  readonly startAfter?: Instant
}

/**
 * Puts a job on its queue inside `tx`: it runs after the commit, and never when `tx` rolls back.
 * `data` holds ids only, never personal data. Throws when the queue was not installed.
 */
export async function enqueue<Data extends object>(
  tx: Tx,
  job: Pick<Job<Data>, "kind" | "name">,
  data: Data,
  options?: EnqueueOptions,
): Promise<void>
export async function enqueue(
  tx: Tx,
  wake: Pick<Wake, "kind" | "name">,
  data?: undefined,
  options?: EnqueueOptions,
): Promise<void>
export async function enqueue(
  tx: Tx,
  { name }: Pick<Job | Wake, "name">,
  data?: object,
  options: EnqueueOptions = {},
): Promise<void> {
  // Never started: it only writes the row, over the connection of the caller's transaction.
  const sender = new PgBoss({ db: fromKysely(tx), schema: JOBS_SCHEMA, migrate: false })
  await sender.send(name, data ?? null, options)
}
