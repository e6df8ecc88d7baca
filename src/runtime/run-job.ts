import type { Fact } from "../kernel/decision.ts"
import { inTx, type Tx } from "../platform/db/tx.ts"
import { recordFacts } from "./record-facts.ts"
import type { Context, Runtime } from "./runtime.ts"

/** The door for work that nobody asked for just now: one transaction, facts appended last, actor `system:<job>`. */
export async function runJob(
  runtime: Runtime,
  job: string,
  work: (tx: Tx, context: Context) => Promise<readonly Fact[]>,
): Promise<void> {
  const context: Context = {
    runtime,
    actor: { kind: "system", job },
    now: runtime.clock.now(),
    pack: runtime.pack,
  }
  await inTx(runtime.db, async (tx) => {
    await recordFacts(tx, runtime, [{ context, facts: await work(tx, context) }])
  })
}
