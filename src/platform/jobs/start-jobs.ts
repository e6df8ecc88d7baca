import { PgBoss } from "pg-boss"
import { describeError, type Log } from "../log.ts"
import { JOBS_SCHEMA, type Job, type Wake } from "./definitions.ts"

export interface JobsOptions {
  /** As `DATABASE_URL`: the application's role. */
  readonly appUrl: string
  readonly jobs: readonly (Job | Wake)[]
  readonly log: Log
}

/** Workers of this process. */
export interface RunningJobs {
  /** Takes no more jobs and waits up to half a minute for those that run; the rest run again elsewhere. */
  readonly stop: () => Promise<void>
}

const STOP_WITHIN_MS = 30_000
const MOST_WAKES_AT_ONCE = 1000

/** How often jobs of killed processes are looked for. */
const LOOK_FOR_SILENT_SECONDS = 15

/** How often queues are looked at although no notification came. */
const LOOK_ANYWAY_SECONDS = 30

/** Starts working off the queues, which `installJobs` must have made. */
export async function startJobs({ appUrl, jobs, log }: JobsOptions): Promise<RunningJobs> {
  const boss = new PgBoss({
    connectionString: appUrl,
    schema: JOBS_SCHEMA,
    application_name: "hushou jobs",
    max: 5,
    migrate: false,
    // Rebuilding an index takes its owner; autovacuum suffices for queues of our size.
    reindex: false,
    superviseIntervalSeconds: LOOK_FOR_SILENT_SECONDS,
    useListenNotify: true,
  })
  boss.on("error", (error) => log.error({ err: describeError(error) }, "jobs: database trouble"))
  await boss.start()
  for (const each of jobs) await work(boss, each, log)
  await removeStaleSchedules(boss, jobs)
  return { stop: () => boss.stop({ graceful: true, timeout: STOP_WITHIN_MS }) }
}

async function work(boss: PgBoss, each: Job | Wake, log: Log): Promise<void> {
  const options = { notifyPollingIntervalSeconds: LOOK_ANYWAY_SECONDS }
  if (each.kind === "wake") {
    await boss.schedule(each.name, each.cron, null, { tz: "Asia/Taipei" })
    const many = { ...options, batchSize: MOST_WAKES_AT_ONCE }
    await boss.work(each.name, many, () => runLogged(each.name, () => each.run(), log))
  } else {
    const worker = await boss.work<object>(each.name, options, async (batch) => {
      // What waits behind it is taken at once, not when the queue is looked at anyway.
      boss.notifyWorker(worker)
      for (const { data } of batch) await runLogged(each.name, () => each.run(data), log)
    })
  }
}

/** Only the job's name reaches pg-boss, because it stores errors in a table and messages may quote data. */
async function runLogged(name: string, run: () => Promise<void>, log: Log): Promise<void> {
  const hasFailed = await run().then(
    () => false,
    (error: unknown) => {
      log.error({ job: name, err: describeError(error) }, "job failed, will be tried again")
      return true
    },
  )
  if (hasFailed) throw new Error(`${name} failed`)
}

async function removeStaleSchedules(boss: PgBoss, jobs: readonly (Job | Wake)[]): Promise<void> {
  const wakes = new Set(jobs.filter((each) => each.kind === "wake").map((each) => each.name))
  for (const { name } of await boss.getSchedules()) if (!wakes.has(name)) await boss.unschedule(name)
}
