import { setTimeout as sleep } from "node:timers/promises"
import { PgBoss } from "pg-boss"
import { APP_ROLE } from "../db/roles.ts"
import { JOBS_SCHEMA, type Job, type Wake } from "./definitions.ts"

/** Ten tries over about half a day, so that a mail server's bad night does not lose a message. */
const RETRIES = {
  retryLimit: 10,
  retryDelay: 30,
  retryBackoff: true,
  retryDelayMax: 4 * 3600,
  retentionSeconds: 30 * 86_400,
  // A job of a process that was killed is seen by its silence; one that lives may take half a day.
  heartbeatSeconds: 30,
  expireInSeconds: 12 * 3600,
  notify: true,
}

/** Makes or migrates the job tables as the owner, gives the application its rights, and makes the queues. */
export async function installJobs(
  ownerUrl: string,
  jobs: readonly Pick<Job | Wake, "name">[],
): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOBS_SCHEMA,
    application_name: "hushou jobs install",
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  let failure: unknown
  boss.on("error", (error) => (failure ??= error))
  await boss.start()
  try {
    await finishMigrations(boss)
    await grantToApplication(boss)
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name))
    for (const { name } of jobs)
      await (existing.has(name) ? boss.updateQueue(name, RETRIES) : boss.createQueue(name, RETRIES))
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failure !== undefined) throw new Error("the job tables could not be prepared", { cause: failure })
}

/** Index builds that a newer pg-boss leaves to run in the background need the owner, so wait for them. */
async function finishMigrations(boss: PgBoss): Promise<void> {
  for (;;) {
    const left = (await boss.getBamStatus()).filter((each) => each.status !== "completed" && each.count > 0)
    if (left.length === 0) return
    if (left.some((each) => each.status === "failed"))
      throw new Error("an index of the job tables failed to build")
    await sleep(200)
  }
}

async function grantToApplication(boss: PgBoss): Promise<void> {
  const grants = [
    `grant usage on schema ${JOBS_SCHEMA} to ${APP_ROLE}`,
    `grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to ${APP_ROLE}`,
    `grant usage, select on all sequences in schema ${JOBS_SCHEMA} to ${APP_ROLE}`,
  ]
  for (const grant of grants) await boss.getDb().executeSql(grant)
}
