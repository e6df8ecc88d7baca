import type { PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, EntryId } from "../../../kernel/ids.ts"
import { readTx } from "../../../platform/db/tx.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import * as contract from "../contract.ts"
import { readDetail, readScanOf } from "../reads/detail.ts"
import { readLateEntries } from "../reads/late.ts"
import { readDeliveries, readProjects } from "../reads/lists.ts"
import { mayReadEntry, readBook, readBooks, readVersions } from "../reads/register.ts"
import { sendScan } from "../../notices/index.ts"
import { readerOf } from "../visibility.ts"
import { printBook, printEntryForm, printNoticeForm } from "../reads/print.ts"

export function readRoutes(runtime: Runtime): readonly BoundRoute[] {
  const { db, pack } = runtime
  return [
    bind(contract.listProjects, async ({ actor, now }) =>
      readProjects(db, await readerOf(db, actor as PersonActor, now)),
    ),
    bind(contract.listDeliveries, async ({ query, actor, now }) =>
      readDeliveries(db, await readerOf(db, actor as PersonActor, now), query),
    ),
    bind(contract.readDelivery, async ({ params, actor, now }) =>
      orNotFound(
        await readDetail(db, await readerOf(db, actor as PersonActor, now), params.id as DeliveryId, {
          now,
          lateAfterDays: pack.lateEntry.afterDays.value,
        }),
      ),
    ),
    bind(contract.readRegisterBooks, async ({ actor, now }) =>
      readBooks(db, await readerOf(db, actor as PersonActor, now)),
    ),
    bind(contract.readRegister, async ({ query, actor, now }) => {
      const book = await readBook(
        db,
        await readerOf(db, actor as PersonActor, now),
        query,
        pack.lateEntry.afterDays.value,
      )
      if (book === null) throw new RefusedError([refuse("NOT_PERMITTED")])
      return book
    }),
    bind(contract.listLateEntries, async ({ query, actor, now }) =>
      readLateEntries(
        db,
        await readerOf(db, actor as PersonActor, now),
        query,
        pack.lateEntry.afterDays.value,
      ),
    ),
    bind(contract.readEntryVersions, async ({ params, actor }) => {
      await requireEntry(runtime, actor as PersonActor, params.id)
      return readTx(db, (tx) => readVersions(tx, params.id as EntryId))
    }),
    ...printRoutes(runtime),
  ]
}

function printRoutes(runtime: Runtime): readonly BoundRoute[] {
  const { db } = runtime
  return [
    bind(contract.printRegister, async ({ query, actor, now, reply }) => {
      const printed = await printBook(runtime, await readerOf(db, actor as PersonActor, now), query, now)
      if (printed === null) throw new RefusedError([refuse("NOT_PERMITTED")])
      return reply
        .type(printed.type)
        .header("content-disposition", attachment(printed.name))
        .send(printed.bytes)
    }),
    bind(contract.printEntry, async ({ params, actor, now, reply }) => {
      await requireEntry(runtime, actor as PersonActor, params.id)
      const pdf = await printEntryForm(runtime, actor as PersonActor, params.id as EntryId, now)
      return reply.type("application/pdf").send(Buffer.from(pdf))
    }),
    bind(contract.openScan, async ({ params, actor, now, reply }) => {
      const reader = await readerOf(db, actor as PersonActor, now)
      const scan = orNotFound(await readScanOf(db, reader, params.id, params.notice))
      return sendScan(runtime, reply, scan)
    }),
    bind(contract.printNotice, async ({ params, query, actor, now, reply }) => {
      const pdf = await printNoticeForm(
        runtime,
        await readerOf(db, actor as PersonActor, now),
        params.id as DeliveryId,
        query.duty,
        now,
      )
      return reply.type("application/pdf").send(Buffer.from(orNotFound(pdf)))
    }),
  ]
}

async function requireEntry({ db, clock }: Runtime, actor: PersonActor, id: string): Promise<void> {
  const reader = await readerOf(db, actor, clock.now())
  if (!(await mayReadEntry(db, reader, id))) throw new RefusedError([refuse("NOT_FOUND")])
}

function orNotFound<T>(found: T | null): T {
  if (found === null) throw new RefusedError([refuse("NOT_FOUND")])
  return found
}

function attachment(name: string): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
}
