import type { PersonActor } from "../kernel/actor.ts"
import type { PersonId, UnitId } from "../kernel/ids.ts"
import type { CivilDate, Instant } from "../kernel/time.ts"
import type { Db } from "../platform/db/tx.ts"
import type { AttachedRoute, BoundRoute } from "../platform/http/bind.ts"
import type { PolicyPack } from "../regulation/packs/schema.ts"
import type { Job } from "../platform/jobs/index.ts"
import type { Aggregate, Runtime } from "./runtime.ts"

/** One line of 我的待辦: what waits for this person, and by when. */
export interface Task {
  readonly kind: string
  /** What to do, in the words of the regulation; ids and numbers only, no personal data. */
  readonly title: string
  /** Path of the screen that does it. */
  readonly link: string
  readonly duty: string | null
  readonly since: Instant
  readonly due: CivilDate | null
  /** Set when a row of `deadline` explains the date (為什麼是這一天？). */
  readonly deadline: string | null
  /** Set when nothing but taking note of it ends the task: the inbox item to acknowledge (知悉). */
  readonly inboxItem: string | null
}

/** Something in somebody's hands that must not be left without anybody when they go (5-4: 列冊移交). */
export interface Holding {
  /** Such as `delivery`; who takes holdings over knows what to do with each kind. */
  readonly kind: string
  readonly id: string
  /** Where it is held; `null` when it belongs to no unit. */
  readonly unit: UnitId | null
  /** As the inventory names it: numbers and names of files, no personal data of their subjects. */
  readonly label: string
}

export type HoldingsOf = (db: Db, person: PersonId, now: Instant) => Promise<readonly Holding[]>

/** Wakes at the times of a cron line (Asia/Taipei); what is due is decided from tables and the clock. */
export interface Wake {
  readonly name: string
  readonly cron: string
  readonly work: (runtime: Runtime) => Promise<void>
}

/** What a module gives the composition in `app/`. */
export interface Module {
  readonly name: string
  readonly aggregates: readonly Aggregate[]
  readonly routes: (runtime: Runtime) => readonly BoundRoute[]
  /** For programs with a bearer token, in the shape of another standard. */
  readonly programRoutes?: (runtime: Runtime) => readonly AttachedRoute[]
  readonly wakes?: readonly Wake[]
  /** Names of the queues of `jobs`, known before there is a runtime. */
  readonly jobNames?: readonly string[]
  /** Work enqueued in a command's transaction. */
  readonly jobs?: (runtime: Runtime) => readonly Job[]
  readonly holdingsOf?: HoldingsOf
  readonly tasksOf?: (db: Db, actor: PersonActor, now: Instant, pack: PolicyPack) => Promise<readonly Task[]>
}
