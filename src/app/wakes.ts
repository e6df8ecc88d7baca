import { closedAnonymousWindows, runJob, type Runtime, type Wake } from "../runtime/index.ts"
import { checkIntegrityNightly, checkWitness } from "./integrity.ts"
import { modulesAt } from "./modules.ts"

/** Everything that is looked at without being asked: the modules', and what belongs to none of them. */
export function wakesAt(origin: string, keysDir: string): readonly Wake[] {
  return [
    ...modulesAt(origin).flatMap((module) => module.wakes ?? []),
    { name: "check-integrity", cron: "30 2 * * *", work: checkIntegrityNightly },
    { name: "witness-ledger", cron: "* * * * *", work: (runtime) => checkWitness(runtime, keysDir) },
    { name: "record-anonymous-refusals", cron: "*/10 * * * *", work: recordAnonymousRefusals },
  ]
}

function recordAnonymousRefusals(runtime: Runtime): Promise<void> {
  return runJob(runtime, "record-anonymous-refusals", (tx, { now }) => closedAnonymousWindows(tx, now))
}
