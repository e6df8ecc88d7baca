import type { PersonActor } from "../../kernel/actor.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import { readTx, type Db } from "../../platform/db/tx.ts"
import type { PolicyPack } from "../../regulation/packs/schema.ts"
import type { Task } from "../../runtime/index.ts"
import { OFFICE_NAMES } from "./model.ts"
import { loadAround } from "./commands/change-command.ts"
import { owedViews } from "./reads/owed.ts"
import { decideClose, isAnswerable, mayAccept, type Around } from "./rules/hand-over.ts"
import { loadChanges } from "./store.ts"
import { readerOf, visibleChanges } from "./visibility.ts"

const MOST_LOOKED_AT = 200

/** What waits for this person among changes of post: who answers for the unit, and who is to take over. */
export async function handoverTasksOf(
  db: Db,
  actor: PersonActor,
  now: Instant,
  pack: PolicyPack,
): Promise<readonly Task[]> {
  const rows = await visibleChanges(db, await readerOf(db, actor, now))
    .select("personnel_change.id")
    .where("state", "<>", "closed")
    .orderBy("recorded_at")
    .limit(MOST_LOOKED_AT)
    .execute()
  return readTx(db, async (tx) => {
    const tasks: Task[] = []
    const changes = await loadChanges(
      tx,
      rows.map(({ id }) => id),
    )
    for (const change of changes) {
      const around = await loadAround(tx, change, { now, pack })
      tasks.push(...itemTasks(around, actor))
      if (!isAnswerable(actor, around)) continue
      tasks.push(...(await noticeTasks(tx, around)), ...stateTasks(around, actor, { now, pack }))
    }
    return tasks
  })
}

function lineOf({ change }: Around, title: string, more: Partial<Task> = {}): Task {
  return {
    kind: "personnel-change",
    title: `${change.number}　${title}`,
    link: `/personnel-changes/${change.id}`,
    ...{ duty: null, since: change.recordedAt, due: null, deadline: null, inboxItem: null },
    ...more,
  }
}

async function noticeTasks(db: Db, around: Around): Promise<Task[]> {
  const owed = await owedViews(db, around.change)
  return owed
    .filter(({ standing }) => standing === "owed")
    .map(({ office, duty, due, deadline }) =>
      lineOf(around, `知會${OFFICE_NAMES[office]}職務異動`, { duty, due: due as CivilDate | null, deadline }),
    )
}

/** Nothing is orphaned: what is not accepted stands with the successor and with who answers for the unit. */
function itemTasks(around: Around, { person }: PersonActor): Task[] {
  const { state, items } = around.change
  if (state !== "in-force") return []
  const waiting = items.filter((item) => item.state !== "accepted" && mayAccept(person, around, item))
  return waiting.length === 0 ? [] : [lineOf(around, `點收移交事項 ${waiting.length} 項`, { duty: "5-4b" })]
}

function stateTasks(
  around: Around,
  actor: PersonActor,
  at: { readonly now: Instant; readonly pack: PolicyPack },
): Task[] {
  if (around.change.completedAt === null) return [lineOf(around, "補登異動種類及派令資料", { duty: "5-4a" })]
  return decideClose(around, {}, { actor, ...at }).ok
    ? [lineOf(around, "職務異動結案", { duty: "5-4a" })]
    : []
}
