import { Writable } from "node:stream"
import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freshDatabase, type TestDatabase } from "../../../tests/support/database.ts"
import { plusMs } from "../../kernel/time.ts"
import { machineClock } from "../clock.ts"
import { inTx } from "../db/tx.ts"
import { createLog } from "../log.ts"
import { enqueue, installJobs, job, startJobs, wake, type Job, type Wake } from "./index.ts"

let database: TestDatabase

beforeAll(async () => (database = await freshDatabase()))
afterAll(() => database.close())

const SILENT = createLog("silent")

/** Runs the workers of `jobs` while `during` lasts. */
async function withWorkers(
  jobs: readonly (Job | Wake)[],
  during: () => Promise<unknown>,
  log = SILENT,
): Promise<void> {
  await installJobs(database.ownerUrl, jobs)
  const running = await startJobs({ appUrl: database.url, jobs, log })
  try {
    await during()
  } finally {
    await running.stop()
  }
}

interface Note {
  readonly note: string
}

test("a job runs after the commit, with its data, as the application's role", async () => {
  const { promise: note, resolve } = Promise.withResolvers<string>()
  const noting = job<Note>("noting", ({ note }) => {
    resolve(note)
    return Promise.resolve()
  })
  await withWorkers([noting], async () => {
    await inTx(database.db, (tx) => enqueue(tx, noting, { note: "第六點" }))
    expect(await note).toBe("第六點")
  })
})

test("a job of a transaction that rolls back never existed", async () => {
  const notes: string[] = []
  const { promise: last, resolve } = Promise.withResolvers<undefined>()
  const rolling = job<Note>("rolling", ({ note }) => {
    notes.push(note)
    if (note === "kept") resolve(undefined)
    return Promise.resolve()
  })
  await withWorkers([rolling], async () => {
    const undone = inTx(database.db, async (tx) => {
      await enqueue(tx, rolling, { note: "undone" })
      throw new Error("after enqueueing")
    })
    await expect(undone).rejects.toThrow("after enqueueing")
    await inTx(database.db, (tx) => enqueue(tx, rolling, { note: "kept" }))
    await last
  })
  expect(notes).toEqual(["kept"])
})

test("wakes that wait together are one run, and the cron line is kept in Taipei time", async () => {
  let runs = 0
  const waking = wake("waking", "0 8 * * 1-5", () => {
    runs++
    return Promise.resolve()
  })
  await installJobs(database.ownerUrl, [waking])
  for (let i = 0; i < 5; i++) await inTx(database.db, (tx) => enqueue(tx, waking))
  await withWorkers([waking], async () => {
    await expect.poll(() => runs).toBe(1)
    const schedules = await sql`select name, cron, timezone from pgboss.schedule`.execute(database.db)
    expect(schedules.rows).toEqual([{ name: "waking", cron: "0 8 * * 1-5", timezone: "Asia/Taipei" }])
  })
  expect(runs).toBe(1)
})

test("a schedule whose wake is gone from the program is removed", async () => {
  await withWorkers([], async () => {
    const { rows } = await sql`select name from pgboss.schedule`.execute(database.db)
    expect(rows).toEqual([])
  })
})

test("a failing job waits to be tried again, and neither table nor log keeps the message", async () => {
  let written = ""
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      written += chunk.toString()
      done()
    },
  })
  const failing = job<Note>("failing", ({ note }) => Promise.reject(new Error(`cannot read ${note}`)))
  const attempt = async () => {
    await inTx(database.db, (tx) => enqueue(tx, failing, { note: "A123456789" }))
    await expect.poll(() => readState("failing")).toBe("retry")
  }
  await withWorkers([failing], attempt, createLog("info", sink))
  const { rows } = await sql<{ output: unknown }>`
    select output from pgboss.job where name = 'failing'`.execute(database.db)
  expect(JSON.stringify(rows)).toContain("failing failed")
  expect(JSON.stringify(rows)).not.toContain("A123456789")
  expect(written).toContain("job failed")
  expect(written).not.toContain("A123456789")
})

test("a job for later is not taken before its time", async () => {
  const later = job<Note>("later", () => Promise.reject(new Error("too early")))
  await installJobs(database.ownerUrl, [later])
  const startAfter = plusMs(machineClock.now(), 3_600_000)
  await inTx(database.db, (tx) => enqueue(tx, later, { note: "" }, { startAfter }))
  const { rows } = await sql<{ wait: boolean }>`
    select start_after > now() + interval '59 minutes' as wait from pgboss.job where name = 'later'`.execute(
    database.db,
  )
  expect(rows).toEqual([{ wait: true }])
})

test("stopping waits for the job that runs", async () => {
  const events: string[] = []
  const { promise: hasStarted, resolve: started } = Promise.withResolvers<undefined>()
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
  const slow = job("slow", async () => {
    started(undefined)
    await mayEnd
    events.push("ended")
  })
  await withWorkers([slow], async () => {
    await inTx(database.db, (tx) => enqueue(tx, slow, {}))
    await hasStarted
    setImmediate(() => end(undefined))
  })
  expect(events).toEqual(["ended"])
})

test("a job nobody installed is refused and the transaction with it", async () => {
  const unknown = inTx(database.db, (tx) =>
    enqueue(
      tx,
      job("nowhere", () => Promise.resolve()),
      {},
    ),
  )
  await expect(unknown).rejects.toThrow(/nowhere does not exist/)
})

async function readState(name: string): Promise<string | undefined> {
  const { rows } = await sql<{ state: string }>`
    select state from pgboss.job where name = ${name}`.execute(database.db)
  return rows[0]?.state
}

test("a job whose process was killed is taken up again, not left until it expires", async () => {
  let runs = 0
  const silent = job("silent", () => {
    runs++
    return Promise.resolve()
  })
  await installJobs(database.ownerUrl, [silent])
  await inTx(database.db, (tx) => enqueue(tx, silent, {}))
  const state = async () =>
    (await sql<{ state: string }>`select state from pgboss.job where name = 'silent'`.execute(database.db))
      .rows
  await sql`update pgboss.job set state = 'active', started_on = now() - interval '1 minute',
    heartbeat_on = now() - interval '1 minute' where name = 'silent'`.execute(database.db)
  await withWorkers([silent], async () => {
    await expect.poll(state, { timeout: 40_000, interval: 500 }).toEqual([{ state: "retry" }])
  })
  expect(runs).toBe(0)
}, 60_000)

test("what waits in a queue is worked off without a pause between one job and the next", async () => {
  const { promise: all, resolve } = Promise.withResolvers<undefined>()
  let runs = 0
  const many = job("many", () => {
    if (++runs === 5) resolve(undefined)
    return Promise.resolve()
  })
  await installJobs(database.ownerUrl, [many])
  for (let i = 0; i < 5; i++) await inTx(database.db, (tx) => enqueue(tx, many, {}))
  await withWorkers([many], () => all)
  expect(runs).toBe(5)
}, 20_000)
