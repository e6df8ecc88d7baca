import { sql } from "kysely"
import type { PersonActor } from "../../../kernel/actor.ts"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import type { Db } from "../../../platform/db/tx.ts"
import { plusDays } from "../../../regulation/period/civil.ts"
import type { Task } from "../../../runtime/index.ts"
import type { OutsideAccount } from "../model.ts"
import { OUTSIDE_PAGE } from "./password-age.ts"
import { visibleTo } from "./reads.ts"
import { allowedOn, dutyOf } from "./rules.ts"
import { toOutsideAccount } from "./store.ts"

/** A password is said to be due so many days before its last day. */
const SAID_BEFORE_DAYS = 14
const MOST_TASKS = 200

/** Own passwords to change, and cancellations to ask for and to see confirmed. */
export async function outsideTasksOf(db: Db, actor: PersonActor, now: Instant): Promise<readonly Task[]> {
  return [
    ...(await changesDue(db, actor, now)),
    ...(await changesUnseen(db, actor)),
    ...(await cancellationsDue(db, actor)),
  ]
}

async function changesDue(db: Db, actor: PersonActor, now: Instant): Promise<Task[]> {
  const rows = await db
    .selectFrom("outside_account as a")
    .innerJoin("deadlines_v_deadline as d", (join) =>
      join.on("d.about_type", "=", "outside-account").on(sql<boolean>`d.about_id = a.id::text`),
    )
    .select(["a.system", "a.recorded_at as since", "d.id as deadline", "d.due"])
    .where("a.holder", "=", actor.person)
    .where("d.state", "=", "open")
    .where("d.due", "<=", plusDays(taipeiDate(now), SAID_BEFORE_DAYS))
    .orderBy("d.due")
    .limit(MOST_TASKS)
    .execute()
  return rows.map(({ system, since, deadline, due }) => ({
    ...lineOf(`變更外部帳號密碼並登錄：${system}`, since),
    ...{ duty: "5-3a", due, deadline },
  }))
}

async function changesUnseen(db: Db, actor: PersonActor): Promise<Task[]> {
  const rows = await db
    .selectFrom("outside_account")
    .selectAll()
    .where(visibleTo(actor))
    .where("cancelled_at", "is", null)
    .where(sql<boolean>`changes @> '[{"seen": null}]'`)
    .orderBy("id")
    .limit(MOST_TASKS)
    .execute()
  return rows
    .map(toOutsideAccount)
    .filter((account) => allowedOn(account, actor).includes("see"))
    .map(({ system, changes, recorded }) => ({
      ...lineOf(`核閱外部帳號密碼變更紀錄：${system}`, changes.at(-1)?.at ?? recorded.at),
      ...{ duty: "5-3a", due: null },
    }))
}

async function cancellationsDue(db: Db, actor: PersonActor): Promise<Task[]> {
  const rows = await db
    .selectFrom("outside_account")
    .selectAll()
    .where(visibleTo(actor))
    .where("cancellation", "is not", null)
    .where("cancelled_at", "is", null)
    .orderBy("id")
    .limit(MOST_TASKS)
    .execute()
  return rows.map(toOutsideAccount).flatMap((account) => cancellationTask(account, actor) ?? [])
}

function cancellationTask(account: OutsideAccount, actor: PersonActor): Task | null {
  const { cancellation, system } = account
  if (cancellation === null) return null
  const { since, requested } = cancellation
  const acts = allowedOn(account, actor)
  const duty = dutyOf(account)
  if (acts.includes("confirm"))
    return { ...lineOf(`登錄提供機關確認註銷外部帳號：${system}`, requested?.at ?? since), duty, due: null }
  if (!acts.includes("request")) return null
  return { ...lineOf(`向提供機關申請註銷外部帳號：${system}`, since), duty, due: taipeiDate(since) }
}

function lineOf(title: string, since: Instant) {
  return { kind: "outside-account", title, link: OUTSIDE_PAGE, since, deadline: null, inboxItem: null }
}
