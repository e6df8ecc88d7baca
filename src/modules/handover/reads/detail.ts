import type { PersonActor } from "../../../kernel/actor.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import type { Instant } from "../../../kernel/time.ts"
import { browseEntries } from "../../../ledger/index.ts"
import { readTx, type Db, type Tx } from "../../../platform/db/tx.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { sentence, sourceLabel } from "../../../regulation/rule.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { noticesAbout } from "../../notices/index.ts"
import { loadAround } from "../commands/change-command.ts"
import type { ChangeDetail } from "../contract.ts"
import { draftOf, type Told } from "../documents/words.ts"
import type { Item, PersonnelChange } from "../model.ts"
import { receiversIn } from "../office-store.ts"
import {
  changeIsOpen,
  decideClose,
  headOrAdministratorStates,
  isAnswerable,
  mayAccept,
  unitHeadAnswers,
  type Around,
} from "../rules/hand-over.ts"
import { loadChanges } from "../store.ts"
import { visibleChanges, type Reader } from "../visibility.ts"
import { lineOf } from "./lists.ts"
import { namesOf, unitNames, type Named } from "./names.ts"
import { owedViews } from "./owed.ts"

const TIMELINE_LIMIT = 200
const SCREENS: Readonly<Record<string, (holding: string) => string>> = {
  delivery: (id) => `/deliveries/${id}`,
  custody: () => "/deliveries/projects",
  "register-book": () => "/register",
  deputyship: () => "/people",
}

/** The change if this person sees it. */
export async function findVisible(db: Db, reader: Reader, id: string): Promise<PersonnelChange | null> {
  const row = await visibleChanges(db, reader)
    .select("personnel_change.id")
    .where("personnel_change.id", "=", id)
    .executeTakeFirst()
  return row === undefined ? null : ((await loadChanges(db, [row.id]))[0] ?? null)
}

interface At {
  readonly now: Instant
  readonly pack: PolicyPack
}

/** Everything about one change, and what the reader may do; `null` when it is not theirs to see. */
export async function readDetail(db: Db, reader: Reader, id: string, at: At): Promise<ChangeDetail | null> {
  const change = await findVisible(db, reader, id)
  if (change === null) return null
  return readTx(db, async (tx) => {
    const around = await loadAround(tx, change, at)
    const people = [change.person, change.successor, ...around.answerable]
    const names = await namesOf(tx, [...people, ...change.items.map(({ decidedBy }) => decidedBy)])
    const units = await unitNames(tx)
    const told = await toldOf(tx, change)
    return {
      ...lineOf(change, names(change.person).name, units(change.unit)),
      successorName: change.successor === null ? null : names(change.successor).name,
      ...{ person: change.person, personTitle: names(change.person).title, unit: change.unit },
      ...{ successor: change.successor, receivedOn: change.receivedOn, at: change.at, leaves: change.leaves },
      ...{ recordedAt: change.recordedAt, closedAt: change.closedAt },
      ended: told.ended.map((post) => ({ ...post })),
      begun: told.begun.map((post) => ({ ...post })),
      answerable: around.answerable.map((person) => names(person).name),
      notices: await noticesOf(tx, change, reader.actor, { told, at }),
      items: change.items.map((item) => itemView(item, around, reader.actor, names)),
      timeline: await timelineOf(tx, change),
      allowed: allowedOf(around, reader.actor, at),
    }
  })
}

/** What notices and inventories say of a change: names instead of ids. */
export async function toldOf(tx: Tx, change: PersonnelChange): Promise<Told> {
  const units = await unitNames(tx)
  const names = await namesOf(tx, [change.person, change.successor])
  return {
    change,
    person: names(change.person),
    unitName: units(change.unit),
    successor: change.successor === null ? null : names(change.successor).name,
    ended: change.ended.map(({ unit, ...post }) => ({ ...post, unitName: units(unit) })),
    begun: change.begun.map(({ unit, role }) => ({ role, unitName: units(unit) })),
  }
}

async function noticesOf(
  tx: Tx,
  change: PersonnelChange,
  actor: PersonActor,
  { told, at }: { readonly told: Told; readonly at: At },
): Promise<ChangeDetail["notices"]> {
  const given = await noticesAbout(tx, { type: "personnel-change", id: change.id })
  const owed = await owedViews(tx, change)
  const views: ChangeDetail["notices"] = []
  for (const [index, view] of owed.entries()) {
    const receivers = await receiversIn(tx, view.office, change.person, at.now)
    views.push({
      ...view,
      draft: [...draftOf(told, view.office)],
      receivers: receivers
        .filter(({ person }) => person !== actor.person)
        .map(({ person, name, title, unitName }) => ({ person, name: `${unitName}${title} ${name}` })),
      letter: change.notices[index]?.letter ?? null,
      given: view.office === "provider" ? [] : given.filter(({ duty }) => duty === view.duty),
    })
  }
  return views
}

function itemView(item: Item, around: Around, { person }: PersonActor, names: (id: string) => Named) {
  const { id, serial, kind, label, state, reason, decidedBy, decidedAt } = item
  const waits = around.change.state === "in-force" && state !== "accepted"
  return {
    ...{ id, serial, kind, label, state, reason, decidedAt },
    link: SCREENS[kind]?.(item.holding) ?? null,
    decidedBy: decidedBy === null ? null : names(decidedBy).name,
    mayAccept: waits && mayAccept(person, around, item),
    mayRefuse: waits && state === "open" && around.change.successor === person,
  }
}

async function timelineOf(tx: Tx, { id, notices }: PersonnelChange): Promise<ChangeDetail["timeline"]> {
  const abouts = [
    { aboutType: "personnel-change", aboutId: id },
    ...(await noticesAbout(tx, { type: "personnel-change", id })).map((notice) => ({
      aboutType: "notice",
      aboutId: notice.id,
    })),
  ]
  const items = []
  for (const about of abouts) items.push(...(await browseEntries(tx, about, 1, TIMELINE_LIMIT)).items)
  const people = items.map(({ actor }) => actor).filter((actor) => !actor.includes(":"))
  const names = await namesOf(tx, people)
  return items
    .toSorted((a, b) => b.index - a.index)
    .slice(0, TIMELINE_LIMIT + notices.length)
    .map(({ index, time, kind, actor }) => ({ index, time, kind, actor: names(actor).name || "系統" }))
}

function allowedOf(around: Around, actor: PersonActor, at: At): ChangeDetail["allowed"] {
  const closing = decideClose(around, {}, { actor, ...at })
  const open = changeIsOpen(around.change)
  const first = (...refusals: readonly (Refusal | null)[]) =>
    reasonOf(refusals.find((refusal) => refusal !== null) ?? null)
  const complete = {
    act: "complete",
    refusal: first(headOrAdministratorStates(actor, around), open),
  } as const
  const tell = { act: "give-notice", refusal: first(unitHeadAnswers(actor, around), open) } as const
  const close = { act: "close", refusal: first(closing.ok ? null : closing.refusals[0]) } as const
  if (isAnswerable(actor, around)) return [tell, close, complete]
  return complete.refusal === null ? [complete] : []
}

function reasonOf(refusal: Refusal | null) {
  if (refusal === null) return null
  const code = refusal.code as RefusalCode
  return { code, source: sourceLabel(code), zh: sentence(refusal, "zh"), en: sentence(refusal, "en") }
}
