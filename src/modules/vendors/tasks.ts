import type { PersonActor } from "../../kernel/actor.ts"
import type { Instant } from "../../kernel/time.ts"
import { readTx, type Db, type Tx } from "../../platform/db/tx.ts"
import type { Task } from "../../runtime/index.ts"
import { loadAgreements } from "./agreement-store.ts"
import { owesStatement, stateOf, waitingExtension, type Agreement } from "./model.ts"
import { desksIn, seatsOf } from "./seats.ts"
import type { Desk } from "./rules/permissions.ts"

interface Line {
  readonly title: string
  readonly since: Instant
  readonly due?: { readonly id: string; readonly on: Task["due"] }
}

/** What waits for the using unit: its head confirms, its handlers see to checks and statements. */
export async function vendorTasksOf(db: Db, actor: PersonActor, now: Instant): Promise<readonly Task[]> {
  return readTx(db, async (tx) => {
    const seats = await seatsOf(tx, actor, now)
    const units = [...new Set([...seats.handles, ...seats.heads])]
    if (units.length === 0) return []
    const rows = await tx
      .selectFrom("vendor_agreement")
      .select("id")
      .where("unit", "in", units)
      .where("rejection", "is", null)
      .where("statement", "is", null)
      .execute()
    const agreements = await loadAgreements(
      tx,
      rows.map(({ id }) => id),
    )
    const checks = await openChecks(tx)
    return agreements.flatMap((agreement) => {
      const desks = desksIn(seats, agreement.unit)
      const lines = linesOf(agreement, desks, checks.get(agreement.id), now)
      return lines.filter(({ theirs }) => theirs(actor)).map(({ line }) => taskOf(agreement, line))
    })
  })
}

interface Owed {
  readonly line: Line
  readonly theirs: (actor: PersonActor) => boolean
}

function linesOf(
  agreement: Agreement,
  desks: readonly Desk[],
  check: Line["due"],
  now: Instant,
): readonly Owed[] {
  const { recorded, until } = agreement
  const state = stateOf(agreement, now)
  const waiting = waitingExtension(agreement)
  const anyone = () => true
  const owed: Owed[] = []
  if (desks.includes("head") && state === "waiting")
    owed.push({
      line: { title: "確認保密措施", since: recorded.at },
      theirs: ({ person }) => person !== recorded.by,
    })
  if (desks.includes("head") && waiting !== null && state !== "ended")
    owed.push({
      line: { title: "確認保密措施展延", since: waiting.recorded.at },
      theirs: ({ person }) => person !== waiting.recorded.by,
    })
  if (check !== undefined && state === "in-force")
    owed.push({ line: { title: "查核委外廠商", since: agreement.since, due: check }, theirs: anyone })
  if (owesStatement(agreement, now))
    owed.push({ line: { title: "登錄返還或刪除切結", since: until }, theirs: anyone })
  return owed
}

async function openChecks(tx: Tx): Promise<ReadonlyMap<string, NonNullable<Line["due"]>>> {
  const rows = await tx
    .selectFrom("deadlines_v_deadline")
    .select(["id", "about_id", "due"])
    .where("about_type", "=", "vendor-agreement")
    .where("state", "=", "open")
    .execute()
  return new Map(rows.map((row) => [row.about_id ?? "", { id: row.id ?? "", on: row.due }]))
}

function taskOf({ id, paper }: Agreement, { title, since, due }: Line): Task {
  return {
    kind: "vendor-agreement",
    title: `${paper.number}　${title}`,
    link: `/vendors/agreements/${id}`,
    duty: "5-8a",
    since,
    due: due?.on ?? null,
    deadline: due?.id ?? null,
    inboxItem: null,
  }
}
