import { runJob, type Wake } from "../../runtime/index.ts"
import { deleteOldAttempts } from "./credentials/attempts.ts"
import { deleteEndedSessions } from "./sessions/store.ts"
import { deleteEndedLinks } from "./store.ts"

/** Deletes attempts, sessions and links past their term, which mean nothing any more, so that nobody can fill the disk. */
export const forgetEnded: Wake = {
  name: "forget-ended-sessions",
  cron: "*/10 * * * *",
  work: (runtime) =>
    runJob(runtime, "forget-ended-sessions", async (tx, { now, pack }) => {
      await deleteOldAttempts(tx, now, pack.lockout)
      await deleteEndedSessions(tx, runtime, now)
      await deleteEndedLinks(tx, now)
      return []
    }),
}
