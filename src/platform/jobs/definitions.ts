/** Work with a name: every time it is enqueued it runs at least once, after the enqueuing transaction commits. */
export interface Job<Data extends object = object> {
  readonly kind: "job"
  readonly name: string
  /** May run again after a crash or failure, so its effect MUST bear repetition. */
  run(data: Data): Promise<void>
}

/**
 * A reason to look: runs at the times of its cron line (Asia/Taipei) and whenever it is enqueued. What is due
 * it decides from tables and the clock; several wakes waiting at once are one run.
 */
export interface Wake {
  readonly kind: "wake"
  readonly name: string
  readonly cron: string
  readonly run: () => Promise<void>
}

export function job<Data extends object>(name: string, run: Job<Data>["run"]): Job<Data> {
  return { kind: "job", name, run }
}

export function wake(name: string, cron: string, run: Wake["run"]): Wake {
  return { kind: "wake", name, cron, run }
}

/** Where pg-boss keeps its tables. */
export const JOBS_SCHEMA = "pgboss"
