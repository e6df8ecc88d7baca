import { join } from "node:path"
import type { Clock } from "../kernel/time.ts"
import { createSequencer, openLedger } from "../ledger/index.ts"
import { openKeyring } from "../platform/crypto/keyring.ts"
import type { Db } from "../platform/db/tx.ts"
import { openFileStore } from "../platform/files/store.ts"
import type { Log } from "../platform/log.ts"
import { packOf } from "../platform/packs.ts"
import type { Runtime } from "../runtime/index.ts"
import { holdingsOf, modulesAt } from "./modules.ts"
import { reactionsWith } from "./reactions.ts"

interface Parts {
  readonly db: Db
  /** As the application's role, for the sequencer's own connection. */
  readonly appUrl: string
  readonly clock: Clock
  readonly log: Log
  readonly dataDir: string
  readonly keysDir: string
  readonly origin: string
  readonly demo: boolean
  readonly smtpUrl?: string | undefined
  /** Whether keys must already be there, because the data is. */
  readonly keysMustExist: boolean
}

const PACK = "taipei-health"

/** What the three doors need, from the parts of one installation. */
export async function createRuntime({
  db,
  appUrl,
  clock,
  log,
  dataDir,
  keysDir,
  origin,
  demo,
  smtpUrl,
  keysMustExist,
}: Parts): Promise<Runtime> {
  const keyring = await openKeyring(keysDir, keysMustExist)
  const ledger = openLedger(keyring)
  const modules = modulesAt(origin)
  const aggregates = modules.flatMap((module) => module.aggregates)
  return {
    db,
    clock,
    log,
    keyring,
    origin,
    demo,
    // The demonstration brings a mail server of its own.
    mailIsSent: demo || smtpUrl !== undefined,
    reactions: reactionsWith(holdingsOf(modules)),
    ledger,
    sequencer: createSequencer({ url: appUrl, ledger }),
    files: await openFileStore(join(dataDir, "files"), keyring),
    pack: packOf(PACK),
    aggregates: new Map(aggregates.map((aggregate) => [aggregate.type, aggregate])),
  }
}
