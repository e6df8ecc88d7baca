import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { noticeMailHandlers } from "../modules/notices/index.ts"
import type { Config } from "../platform/config.ts"
import { describeError } from "../platform/log.ts"
import { deliverOutbox, keepingTransport, smtpTransport, type Delivering } from "../platform/mail/index.ts"
import type { Runtime } from "../runtime/index.ts"

const LOOK_EVERY_MS = 2_000

/** Delivers the outbox until stopped; any number of instances may run at once. */
export function startPostman(
  runtime: Runtime,
  { dataDir, origin, mailFrom }: Config,
  smtpUrl: string | undefined,
): { readonly stop: () => Promise<void> } {
  const domain = new URL(origin).hostname
  const letterhead = { from: `戶守 <${mailFrom}>`, origin }
  const delivering: Delivering = {
    db: runtime.db,
    clock: runtime.clock,
    log: runtime.log,
    transport:
      smtpUrl === undefined
        ? keepingTransport(join(dataDir, "mail"), letterhead)
        : smtpTransport(smtpUrl, letterhead),
    handlers: noticeMailHandlers(runtime),
    domain,
  }
  const stopping = new AbortController()
  const round = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await deliverOutbox(delivering).catch((error: unknown) =>
        runtime.log.error({ err: describeError(error) }, "mail round failed"),
      )
      await sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = round()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
