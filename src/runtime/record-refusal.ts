import { sql } from "kysely"
import type { Actor } from "../kernel/actor.ts"
import type { Fact, Refusal } from "../kernel/decision.ts"
import { epochMs, instantOf, type Instant } from "../kernel/time.ts"
import { inTx, type Tx } from "../platform/db/tx.ts"
import { REFUSALS, type RefusalCode } from "../regulation/refusals/index.ts"
import { recordAlone } from "./record-facts.ts"
import type { Runtime } from "./runtime.ts"

/** Anonymous refusals are counted per window, so that a stranger cannot fill the disk. */
const WINDOW_MS = 10 * 60_000

/** Records that something was refused. Resolves when that is durable, whatever becomes of the caller. */
export async function recordRefusal(
  runtime: Runtime,
  actor: Actor,
  attempt: string,
  refusals: readonly Refusal[],
): Promise<void> {
  const now = runtime.clock.now()
  if (actor.kind === "anonymous") await inTx(runtime.db, (tx) => countAnonymous(tx, attempt, refusals, now))
  else await recordAlone({ runtime, actor, now, pack: runtime.pack }, refusalFact(attempt, refusals))
}

function refusalFact(attempt: string, refusals: readonly Refusal[]): Fact {
  return {
    kind: "attempt-refused",
    duties: dutiesOf(refusals),
    about: { type: "attempt", id: attempt },
    retention: "refusal",
    payload: { attempt, refusals: refusals.map((r) => ({ code: r.code })) },
  }
}

function dutiesOf(refusals: readonly Refusal[]): string[] {
  const duties = refusals.flatMap((r) => {
    const { source } = REFUSALS[r.code as RefusalCode]
    return typeof source === "object" && "duty" in source ? [source.duty] : []
  })
  return [...new Set(duties)]
}

async function countAnonymous(
  tx: Tx,
  attempt: string,
  refusals: readonly Refusal[],
  now: Instant,
): Promise<void> {
  const windowStart = instantOf(Math.floor(epochMs(now) / WINDOW_MS) * WINDOW_MS)
  for (const { code } of refusals)
    await tx
      .insertInto("anonymous_refusal")
      .values({ window_start: windowStart, attempt, code, count: 1 })
      .onConflict((oc) =>
        oc
          .columns(["window_start", "attempt", "code"])
          .doUpdateSet({ count: sql`anonymous_refusal.count + 1` }),
      )
      .execute()
}

/** Takes the counts of closed windows out of the table and returns one fact per window; for a job to record. */
export async function closedAnonymousWindows(tx: Tx, now: Instant): Promise<readonly Fact[]> {
  const open = instantOf(Math.floor(epochMs(now) / WINDOW_MS) * WINDOW_MS)
  const rows = await tx
    .deleteFrom("anonymous_refusal")
    .where("window_start", "<", open)
    .returningAll()
    .execute()
  const windows = Map.groupBy(rows, (row) => row.window_start)
  return [...windows].map(([windowStart, counts]) => ({
    kind: "anonymous-attempts-refused",
    duties: [],
    about: { type: "attempt", id: windowStart },
    retention: "refusal",
    payload: { windowStart, counts: counts.map(({ attempt, code, count }) => ({ attempt, code, count })) },
  }))
}
