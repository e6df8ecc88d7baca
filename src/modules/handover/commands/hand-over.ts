import type { DeliveryId, ProjectId } from "../../../kernel/ids.ts"
import type { Actor } from "../../../kernel/actor.ts"
import { runTogether, type Command, type Context, type Run, type Runtime } from "../../../runtime/index.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import { voidDeadline } from "../../deadlines/index.ts"
import { takeOverCustody, takeOverDelivery } from "../../deliveries/index.ts"
import { deadlineOf } from "../after-notice.ts"
import type { Item, PersonnelChange } from "../model.ts"
import { openDeadlinesOf } from "../record-change.ts"
import {
  decideAccept,
  decideClose,
  decideComplete,
  decideRefuse,
  type Around,
  type AroundItem,
  type Particulars,
} from "../rules/hand-over.ts"
import { eventDateOf } from "../rules/record.ts"
import { updateChange } from "../store.ts"
import { loadLocked, type AboutChange } from "./change-command.ts"

interface AroundComplete extends Around {
  readonly eventDate: string
}

interface Completed {
  readonly change: PersonnelChange
  /** Whose terms begin on another day than before. */
  readonly reopened: PersonnelChange["notices"]
}

/** The head of the unit states the order, where posts ended without one, or names another successor. */
export const completeChange: Command<AboutChange & Particulars, AroundComplete, Completed> = {
  name: "complete-personnel-change",
  load: async (tx, input, context) => {
    const around = await loadLocked(tx, input, context)
    return around === null ? null : { ...around, eventDate: eventDateOf(around.change) }
  },
  decide: (around, input, deciding) => {
    const decided = decideComplete(around, input, deciding)
    if (!decided.ok) return decided
    const hasMoved = eventDateOf(decided.next) !== around.eventDate
    const owed = around.change.notices.filter((notice) => around.standing(notice) !== "given")
    return { ...decided, next: { change: decided.next, reopened: hasMoved ? owed : [] } }
  },
  save: (tx, { change }) => updateChange(tx, change),
  follow: async (tx, { change, reopened }, context) => {
    const voided = []
    for (const notice of reopened)
      voided.push(...(await voidDeadline(tx, context, deadlineOf(notice), "派令資料補登，期限重新起算")))
    return [...voided, ...(await openDeadlinesOf(tx, context, change, reopened))]
  },
}

export const closeChange: Command<AboutChange, Around, PersonnelChange> = {
  name: "close-personnel-change",
  load: loadLocked,
  decide: decideClose,
  save: updateChange,
}

interface AboutItem extends AboutChange {
  readonly item: string
}

async function loadItem(tx: Tx, input: AboutItem, context: Context): Promise<AroundItem | null> {
  const around = await loadLocked(tx, input, context)
  const item = around?.change.items.find(({ id }) => id === input.item)
  return around === null || item === undefined ? null : { ...around, item }
}

const acceptLine: Command<AboutItem, AroundItem, PersonnelChange> = {
  name: "accept-holding",
  load: loadItem,
  decide: decideAccept,
  save: updateChange,
}

export const refuseItem: Command<AboutItem & { readonly reason: string }, AroundItem, PersonnelChange> = {
  name: "refuse-holding",
  load: loadItem,
  decide: decideRefuse,
  save: updateChange,
}

type Move = (run: Run, item: Item, change: PersonnelChange, actor: Actor) => Promise<unknown>

/** What really moves when a line is accepted. Other kinds are taken note of; their own module keeps them. */
const MOVES: Readonly<Record<string, Move>> = {
  delivery: (run, { holding }, { person }, actor) =>
    run(takeOverDelivery, { delivery: holding as DeliveryId, from: person }, actor),
  custody: (run, { holding }, { person }, actor) =>
    run(takeOverCustody, { project: holding as ProjectId, from: person }, actor),
}

/** 點收: the line and what it stands for change hands together, or neither does. */
export function acceptItem(runtime: Runtime, input: AboutItem, actor: Actor): Promise<PersonnelChange> {
  return runTogether(runtime, async (run) => {
    const change = await run(acceptLine, input, actor)
    const item = change.items.find(({ id }) => id === input.item)
    if (item !== undefined) await MOVES[item.kind]?.(run, item, change, actor)
    return change
  })
}
