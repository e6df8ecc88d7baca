import type { Fact } from "../../kernel/decision.ts"
import type { DeadlineId, PersonId } from "../../kernel/ids.ts"
import { rocYear } from "../../kernel/roc-date.ts"
import { taipeiDate } from "../../kernel/time.ts"
import type { Tx } from "../../platform/db/tx.ts"
import { newId } from "../../platform/ids.ts"
import { DUTIES } from "../../regulation/duties.ts"
import {
  runJob,
  when,
  type Context,
  type Holding,
  type HoldingsOf,
  type Reaction,
  type Runtime,
  type Wake,
} from "../../runtime/index.ts"
import { openDeadline } from "../deadlines/index.ts"
import { AUTHORITY_OF_ROLE, endDeputiesLeftBehind } from "../people/index.ts"
import type { ChangeId, Item, OwedNotice, PersonnelChange, Post } from "./model.ts"
import { unitsServed } from "./office-store.ts"
import { goesWith } from "./rules/hand-over.ts"
import {
  basisOf,
  changeFact,
  classOf,
  endedRights,
  eventDateOf,
  recordedChange,
  termOf,
  unitsLeft,
  type PostsChanged,
} from "./rules/record.ts"
import { changesToBegin, insertChange, lockChange, takeNumber, takenByOthers, updateChange } from "./store.ts"

/**
 * 5-4, by whichever way posts end: on a screen, from the personnel system, by an import. The change is recorded, its
 * notices are owed from then on, and once its moment has come what the person held is listed.
 */
export function personnelChangeRecorded(holdingsOf: HoldingsOf): Reaction {
  return when("posts-changed", async (tx, fact, context) => {
    const person = fact.about.id as PersonId
    const posts = fact.payload as unknown as PostsChanged
    const ended = endedRights(posts, await classesOf(tx, context, { person, holdingsOf }))
    const facts: Fact[] = []
    for (const unit of unitsLeft(ended)) {
      const change = await record(tx, context, { posts, of: { person, unit, ended } })
      facts.push(...change.facts)
    }
    if (posts.at > context.now) return facts
    return [...facts, ...(await beginDue(tx, context, person, holdingsOf))]
  })
}

interface Changed {
  readonly person: PersonId
  readonly holdingsOf: HoldingsOf
}

/** Which of the two classes of 5-4 each ended post belongs to. */
async function classesOf(tx: Tx, { now }: Context, { person, holdingsOf }: Changed) {
  const hasOutsideAccount = (await holdingsOf(tx, person, now)).some(({ kind }) => kind === "outside-account")
  return ({ role }: Post) => classOf(AUTHORITY_OF_ROLE[role], hasOutsideAccount)
}

interface Left {
  readonly posts: PostsChanged
  readonly of: Parameters<typeof recordedChange>[1]
}

async function record(tx: Tx, context: Context, { posts, of }: Left) {
  const { now, pack, actor } = context
  const ids = {
    id: newId() as ChangeId,
    number: await takeNumber(tx, rocYear(taipeiDate(now))),
    notices: pack.movers.notices.map(() => newId()),
  }
  const by = actor.kind === "person" ? actor.person : null
  const change = recordedChange(posts, of, ids, { now, pack, by })
  await insertChange(tx, change)
  const { kind, effectiveOn, receivedOn, at, retroactive, ended } = change
  const classes = ended.map((post) => post.class)
  const payload = { kind, effectiveOn, receivedOn, at, retroactive, classes, hasOrder: posts.order !== null }
  return {
    change,
    facts: [
      changeFact("personnel-change-recorded", change, ["5-4a", "5-4b"], payload),
      ...(await openDeadlinesOf(tx, context, change, change.notices)),
    ],
  }
}

/** Each office's term runs from the same day and ends by its own. */
export async function openDeadlinesOf(
  tx: Tx,
  context: Context,
  change: PersonnelChange,
  notices: readonly OwedNotice[],
): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for (const { id, office, duty } of notices) {
    const term = context.pack.movers.notices.find(({ to }) => to === office)
    if (term === undefined) continue
    const draft = {
      id: newId() as DeadlineId,
      duty,
      about: { type: "personnel-notice", id },
      itemNumber: change.number,
      link: `/personnel-changes/${change.id}`,
      eventDate: eventDateOf(change),
      term: termOf(term),
      basis: basisOf(term, DUTIES[duty].point),
      owner: { unit: change.unit, person: null },
    }
    facts.push(...(await openDeadline(tx, context, draft)))
  }
  return facts
}

/** Changes of this person whose moment has come take effect, one after the other. */
async function beginDue(
  tx: Tx,
  context: Context,
  person: PersonId,
  holdingsOf: HoldingsOf,
): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  for (const id of await changesToBegin(tx, context.now)) {
    const change = await lockChange(tx, id)
    if (change?.person !== person || change.state !== "ordered") continue
    facts.push(...(await begin(tx, context, change, holdingsOf)))
  }
  return facts.length === 0 ? facts : [...facts, ...(await endDeputiesLeftBehind(tx, context, person))]
}

/** The 移交清冊 is frozen: what the person holds at this moment, item by item. */
async function begin(
  tx: Tx,
  context: Context,
  change: PersonnelChange,
  holdingsOf: HoldingsOf,
): Promise<readonly Fact[]> {
  const { now } = context
  const { left, items: taken } = await takenByOthers(tx, change)
  const servesIn = await unitsServed(tx, change.person, now)
  const isTaken = ({ kind, id }: Holding) => taken.some((item) => item.kind === kind && item.holding === id)
  const held = (await holdingsOf(tx, change.person, now)).filter(
    (holding) => goesWith(change, holding.unit, { servesIn, left }) && !isTaken(holding),
  )
  const items = held.map(itemOf)
  const next: PersonnelChange = { ...change, state: "in-force", items, version: change.version + 1 }
  await updateChange(tx, next)
  const listed = items.map(({ serial, kind, holding }) => ({ serial, kind, holding }))
  return [changeFact("holdings-listed", next, ["5-4a", "5-4b"], { items: listed })]
}

function itemOf({ kind, id, label }: Holding, index: number): Item {
  const undecided = { state: "open", reason: null, decidedBy: null, decidedAt: null } as const
  return { ...undecided, id: newId(), serial: index + 1, kind, holding: id, label }
}

/** Every minute: what was ordered for a day that has begun takes effect. */
export function beginChangesWake(holdingsOf: HoldingsOf): Wake {
  return {
    name: "personnel-changes-begin",
    cron: "* * * * *",
    work: (runtime) => beginAll(runtime, holdingsOf),
  }
}

async function beginAll(runtime: Runtime, holdingsOf: HoldingsOf): Promise<void> {
  for (const person of await peopleToBegin(runtime))
    await runJob(runtime, "personnel-changes-begin", (tx, context) =>
      beginDue(tx, context, person, holdingsOf),
    )
}

async function peopleToBegin({ db, clock }: Runtime): Promise<ReadonlySet<PersonId>> {
  const rows = await db
    .selectFrom("personnel_change")
    .select("person")
    .where("state", "=", "ordered")
    .where("at", "<=", clock.now())
    .execute()
  return new Set(rows.map(({ person }) => person as PersonId))
}
