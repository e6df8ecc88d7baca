import type { Actor } from "../kernel/actor.ts"
import type { Fact, Json } from "../kernel/decision.ts"
import type { Clock, Instant } from "../kernel/time.ts"
import type { Ledger, Sequencer } from "../ledger/index.ts"
import type { Keyring } from "../platform/crypto/keyring.ts"
import type { Db, Tx } from "../platform/db/tx.ts"
import type { FileStore } from "../platform/files/store.ts"
import type { Log } from "../platform/log.ts"
import type { PolicyPack } from "../regulation/packs/schema.ts"

/** What rules may know beside state and command: who acts, when, and under which policy. */
export interface Deciding {
  readonly actor: Actor
  readonly now: Instant
  readonly pack: PolicyPack
}

/** What a command or reaction is given while its transaction is open. */
export interface Context extends Deciding {
  readonly runtime: Runtime
}

/** The canonical state of one aggregate; its digest stands in every fact about it (used by nothing else). */
export interface Aggregate {
  readonly type: string
  /** Version and whole state after the change, or `null` when there is no such aggregate. */
  readonly stateOf: (tx: Tx, id: string) => Promise<{ readonly version: number; readonly state: Json } | null>
  readonly listIds: (tx: Tx) => Promise<readonly string[]>
}

/** What follows from a fact in another module, inside the same transaction. */
export interface Reaction {
  readonly on: string
  readonly react: (tx: Tx, fact: Fact, context: Context) => Promise<readonly Fact[]>
}

export function when(on: string, react: Reaction["react"]): Reaction {
  return { on, react }
}

/** Everything the three doors need; built once in `app/`. */
export interface Runtime {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly ledger: Ledger
  readonly sequencer: Sequencer
  readonly keyring: Keyring
  readonly files: FileStore
  /** Where the program is reached: the only source of links. */
  readonly origin: string
  /** 示範環境: marked on every page and paper. */
  readonly demo: boolean
  /** Whether there is a mail server; without one mails are kept as `.eml`. */
  readonly mailIsSent: boolean
  readonly pack: PolicyPack
  readonly aggregates: ReadonlyMap<string, Aggregate>
  readonly reactions: readonly Reaction[]
}
