import { taipeiDate } from "../../../kernel/time.ts"
import type { Db } from "../../../platform/db/tx.ts"
import type { OwedView } from "../views.ts"
import type { OwedNotice, PersonnelChange } from "../model.ts"
import { standingsOf } from "../office-store.ts"
import { namesOf } from "./names.ts"

/** How each office was told about a change, and by when it had to be; lateness is that of the deadline. */
export async function owedViews(db: Db, change: PersonnelChange): Promise<OwedView[]> {
  const ids = change.notices.map(({ id }) => id)
  const deadlines = await deadlinesOf(db, ids)
  const read = await acknowledgements(db, ids)
  const names = await namesOf(
    db,
    [...read.values()].map(({ by }) => by),
  )
  const standing = await standingsOf(db, change)
  return change.notices.map((notice) => {
    const deadline = deadlines.get(notice.id)
    const item = read.get(notice.id)
    return {
      ...{ office: notice.office, duty: notice.duty, standing: standing(notice) },
      ...timesOf(deadline),
      acknowledgedAt: item?.at ?? null,
      acknowledgedBy: item?.by == null ? null : names(item.by).name,
    }
  })
}

type DeadlineRow = Awaited<ReturnType<typeof selectDeadlines>>[number]

function timesOf(deadline: DeadlineRow | undefined): Pick<OwedView, "deadline" | "due" | "metAt" | "late"> {
  if (deadline === undefined) return { deadline: null, due: null, metAt: null, late: false }
  const { id, due, met_at: metAt, missed_at: missedAt } = deadline
  const late = metAt === null ? missedAt !== null : due !== null && taipeiDate(metAt) > due
  return { deadline: id, due, metAt, late }
}

async function deadlinesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, DeadlineRow>> {
  const rows = ids.length === 0 ? [] : await selectDeadlines(db, ids)
  return new Map(rows.map((row) => [row.about_id ?? "", row]))
}

/** The one that counts for each: what was reckoned anew is void. */
function selectDeadlines(db: Db, ids: readonly string[]) {
  return db
    .selectFrom("deadlines_v_deadline")
    .select(["id", "about_id", "due", "met_at", "missed_at"])
    .where("about_type", "=", "personnel-notice")
    .where("about_id", "in", [...ids])
    .where("state", "<>", "void")
    .execute()
}

async function acknowledgements(db: Db, ids: readonly OwedNotice["id"][]) {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom("notices_v_item")
          .select(["about_id", "done_at", "done_by"])
          .where("about_type", "=", "personnel-notice")
          .where("about_id", "in", [...ids])
          .where("done_at", "is not", null)
          .execute()
  return new Map(rows.map((row) => [row.about_id ?? "", { at: row.done_at, by: row.done_by }]))
}
