import type { PersonActor } from "../../kernel/actor.ts"
import type { FileId, NoticeId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import { bind, type BoundRoute } from "../../platform/http/bind.ts"
import { RefusedError } from "../../platform/http/refused-error.ts"
import { newId } from "../../platform/ids.ts"
import { refuse } from "../../regulation/rule.ts"
import { runCommand, type Runtime } from "../../runtime/index.ts"
import { changePosts, type Post } from "../people/index.ts"
import { giveNotice, recordLetter } from "./commands/give-notice.ts"
import { acceptItem, closeChange, completeChange, refuseItem } from "./commands/hand-over.ts"
import * as contract from "./contract.ts"
import type { ChangeId } from "./model.ts"
import { findVisible, readDetail } from "./reads/detail.ts"
import { readChanges, readOptions } from "./reads/lists.ts"
import { printInventory, printNotice } from "./reads/print.ts"
import type { GivenChannel } from "./rules/notices.ts"
import { momentOf, type Order } from "./rules/record.ts"
import { changesRecorded } from "./store.ts"
import { readerOf } from "./visibility.ts"

export function handoverRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [...readRoutes(runtime), ...startRoutes(runtime), ...actRoutes(runtime)]
}

function readRoutes(runtime: Runtime): readonly BoundRoute[] {
  const { db, pack } = runtime
  return [
    bind(contract.readMoverOptions, ({ actor }) => readOptions(db, actor as PersonActor, pack)),
    bind(contract.listChanges, async ({ query, actor, now }) =>
      readChanges(db, await readerOf(db, actor as PersonActor, now), query),
    ),
    bind(contract.readChange, async ({ params, actor, now }) => {
      const reader = await readerOf(db, actor as PersonActor, now)
      return orNotFound(await readDetail(db, reader, params.id, { now, pack }))
    }),
    bind(contract.printChangeNotice, async ({ params, actor, now, reply }) => {
      const reader = await readerOf(db, actor as PersonActor, now)
      const pdf = orNotFound(await printNotice(runtime, reader, params, now))
      return reply.type("application/pdf").send(Buffer.from(pdf))
    }),
    bind(contract.printInventory, async ({ params, actor, now, reply }) => {
      const reader = await readerOf(db, actor as PersonActor, now)
      const pdf = orNotFound(await printInventory(runtime, reader, params.id, now))
      return reply.type("application/pdf").send(Buffer.from(pdf))
    }),
  ]
}

function startRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.startChange, async ({ body, actor, now }) => {
      const person = body.person as PersonId
      const order = orderOf(body)
      const end = body.end === "all" ? body.end : body.end.map(postOf)
      const begin = body.begin.map(postOf)
      const change = { person, at: momentOf(order.effectiveOn, now), end, begin, order }
      await runCommand(runtime, changePosts, change, actor)
      return { changes: await changesRecorded(runtime.db, person) }
    }),
    bind(contract.completeChange, async ({ params, body, actor, now }) => {
      const change = await requireVisible(runtime, params.id, actor as PersonActor, now)
      await runCommand(runtime, completeChange, { change, ...orderOf(body) }, actor)
    }),
  ]
}

function actRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.giveNotice, async ({ params, body, actor, now }) => {
      const change = await requireVisible(runtime, params.id, actor as PersonActor, now)
      const { happenedAt, channel } = body
      const input = {
        ...{ change, office: params.office, id: newId() as NoticeId },
        ...{ channel: channelOf(channel), happenedAt: happenedAt as Instant },
      }
      await runCommand(runtime, giveNotice, input, actor)
    }),
    bind(contract.recordLetter, async ({ params, body, actor, now }) => {
      const change = await requireVisible(runtime, params.id, actor as PersonActor, now)
      const letter = { number: body.number, date: body.date as CivilDate }
      await runCommand(runtime, recordLetter, { change, office: params.office, ...letter }, actor)
    }),
    bind(contract.acceptItem, async ({ params, actor, now }) => {
      const change = await requireVisible(runtime, params.id, actor as PersonActor, now)
      await acceptItem(runtime, { change, item: params.item }, actor)
    }),
    bind(contract.refuseItem, async ({ params, body, actor, now }) => {
      const change = await requireVisible(runtime, params.id, actor as PersonActor, now)
      await runCommand(runtime, refuseItem, { change, item: params.item, ...body }, actor)
    }),
    bind(contract.closeChange, async ({ params, actor, now }) => {
      const change = await requireVisible(runtime, params.id, actor as PersonActor, now)
      await runCommand(runtime, closeChange, { change }, actor)
    }),
  ]
}

/** What is not this person's to see answers 404, as what does not exist. */
async function requireVisible(
  { db }: Runtime,
  id: string,
  actor: PersonActor,
  now: Instant,
): Promise<ChangeId> {
  return orNotFound(await findVisible(db, await readerOf(db, actor, now), id)).id
}

function orderOf({ kind, effectiveOn, receivedOn, successor }: OrderBody): Order {
  return {
    kind,
    effectiveOn: effectiveOn as CivilDate,
    receivedOn: receivedOn as CivilDate | null,
    successor: successor as PersonId | null,
  }
}

interface OrderBody {
  readonly kind: Order["kind"]
  readonly effectiveOn: string
  readonly receivedOn: string | null
  readonly successor: string | null
}

function postOf({ unit, role }: { readonly unit: string; readonly role: Post["role"] }): Post {
  return { unit: unit as UnitId, role }
}

type ChannelBody =
  | { readonly kind: "mail" }
  | {
      readonly kind: "paper"
      readonly number: string
      readonly date: string
      readonly receiver: string
      readonly scan: string
    }

function channelOf(channel: ChannelBody): GivenChannel {
  if (channel.kind === "mail") return channel
  const { date, receiver, scan } = channel
  return {
    ...channel,
    date: date as CivilDate,
    receiver: receiver as PersonId,
    scan: scan as FileId,
  }
}

function orNotFound<T>(found: T | null): T {
  if (found === null) throw new RefusedError([refuse("NOT_FOUND")])
  return found
}
