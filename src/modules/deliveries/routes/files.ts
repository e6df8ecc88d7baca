import { Readable } from "node:stream"
import { holds, type PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, FileId } from "../../../kernel/ids.ts"
import { parseNotice } from "../../../platform/mail/index.ts"
import { newId } from "../../../platform/ids.ts"
import { bind, type BoundRoute } from "../../../platform/http/bind.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runCommand, type Runtime } from "../../../runtime/index.ts"
import { countAgain } from "../commands/intake/keep-file.ts"
import * as contract from "../contract.ts"
import { keepPaper } from "../custody/papers.ts"
import { mayReadDelivery } from "../reads/detail.ts"
import { readerOf } from "../visibility.ts"
import { endsWithin } from "../rules/arrival.ts"
import { mayKeepPapers, type Paper } from "../rules/papers.ts"
import { refusalsOf, type DeliveryCommand } from "../rules/permissions.ts"
import { loadAround } from "../commands/delivery-command.ts"
import { loadDelivery, readDeliveryRow } from "../store.ts"
import { countStored, previewOf } from "../transfers/count.ts"
import { listRemoteFiles, startDownload } from "../transfers/download.ts"
import type { Intake } from "../transfers/intake.ts"
import { openFileRoute } from "./open-file.ts"

const PAPER_LIMIT = 25 * 1024 * 1024

export function fileRoutes(runtime: Runtime, intake: Intake): readonly BoundRoute[] {
  return [
    ...arrivalRoutes(runtime, intake),
    ...countingRoutes(runtime),
    ...paperRoutes(runtime),
    openFileRoute(runtime),
  ]
}

function arrivalRoutes(runtime: Runtime, intake: Intake): readonly BoundRoute[] {
  return [
    bind(contract.listRemoteFiles, async ({ params, actor }) => {
      const { delivery } = await requireMay(runtime, params.id, actor as PersonActor, "fetch")
      return listRemoteFiles(runtime, delivery)
    }),
    bind(contract.startDownload, async ({ params, body, actor }) => {
      await startDownload(intake, runtime, params.id as DeliveryId, body.path, actor as PersonActor)
    }),
    bind(contract.openUpload, async ({ params, body, actor }) => {
      const { bytes, fingerprint, restart } = body
      const way = { kind: "upload", remotePath: null, bytesTotal: bytes, fingerprint, restart } as const
      const { transfer, delivery } = await intake.begin(params.id as DeliveryId, actor as PersonActor, way)
      const { upload } = transfer
      // A kill came between sealing the file and keeping it: all of it is here.
      if (await runtime.files.has(upload)) return { upload, offset: bytes }
      return { upload, offset: (await intake.open(transfer, delivery)).received }
    }),
    bind(contract.appendUpload, async ({ params, query, actor, request }) => {
      await requireMay(runtime, params.id, actor as PersonActor, "fetch")
      const { transfer, delivery } = await intake.uploading(params.id as DeliveryId, query.upload)
      const beyond = endsWithin(transfer.bytesTotal, query.offset + Number(request.headers["content-length"]))
      if (beyond !== null) throw new RefusedError([beyond])
      return { offset: await intake.append(transfer, delivery, query.offset, request.body as Readable) }
    }),
    bind(contract.finishUpload, async ({ params, body, actor }) => {
      await requireMay(runtime, params.id, actor as PersonActor, "fetch")
      const { transfer, delivery } = await intake.uploading(params.id as DeliveryId, body.upload)
      await intake.finish(transfer, delivery, body.name, actor as PersonActor)
    }),
  ]
}

function countingRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.countAgain, async ({ params, body, actor }) => {
      const { delivery } = await requireMay(runtime, params.id, actor as PersonActor, "count-again")
      if (!("fetched" in delivery)) throw new RefusedError([refuse("NOT_DOWNLOADED")])
      const { file } = delivery.fetched
      const format = body.format ?? delivery.announcement.format
      const count = await countStored(
        runtime.files,
        file,
        format,
        undefined,
        runtime.pack.transfer,
        body.password,
      )
      await runCommand(runtime, countAgain, { delivery: delivery.id, count }, actor)
    }),
    bind(contract.previewFile, async ({ params, actor }) => {
      if (!holds(actor, "it-handler")) throw new RefusedError([refuse("NOT_PERMITTED")])
      const delivery = await requireVisible(runtime, params.id, actor as PersonActor)
      if (!("fetched" in delivery)) throw new RefusedError([refuse("NOT_DOWNLOADED")])
      const { file } = delivery.fetched
      const { format } = delivery.announcement
      return { lines: await previewOf(runtime.files, file, format, runtime.pack.transfer) }
    }),
  ]
}

/** Papers that prove a notice: the provider's own mail, and scans of paper notices. */
function paperRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.keepProviderMail, async ({ actor, request }) => {
      requireMayKeep(actor as PersonActor)
      const eml = await readAll(request.body as Readable)
      const parsed = await parseNotice(eml)
      if (!parsed.ok) throw new RefusedError([refuse(parsed.problem)])
      const { id, sha256 } = await keep(runtime, "provider-mail", eml, actor as PersonActor)
      const { from, subject, date, messageId } = parsed.notice
      return { file: id, sha256, from: from.address, subject, date, messageId }
    }),
    bind(contract.keepScan, async ({ actor, request }) => {
      requireMayKeep(actor as PersonActor)
      const scan = await readAll(request.body as Readable)
      const { id, sha256 } = await keep(runtime, "scan", scan, actor as PersonActor)
      return { file: id, sha256 }
    }),
  ]
}

async function requireVisible(runtime: Runtime, id: string, actor: PersonActor) {
  const reader = await readerOf(runtime.db, actor, runtime.clock.now())
  if (!(await mayReadDelivery(runtime.db, reader, id))) throw new RefusedError([refuse("NOT_FOUND")])
  return inTx(runtime.db, (tx) => readDeliveryRow(tx, id as DeliveryId))
}

/** Before work that costs: nothing is read, taken in or counted for somebody who may not have it. */
async function requireMay(runtime: Runtime, id: string, actor: PersonActor, command: DeliveryCommand) {
  const now = runtime.clock.now()
  return inTx(runtime.db, async (tx) => {
    const delivery = await loadDelivery(tx, id as DeliveryId)
    if (delivery === null) throw new RefusedError([refuse("NOT_FOUND")])
    const around = await loadAround(tx, delivery, { actor, now })
    const [first, ...others] = refusalsOf(command, actor, around)
    if (first !== undefined) throw new RefusedError([first, ...others])
    return around
  })
}

function requireMayKeep(actor: PersonActor): void {
  const refusal = mayKeepPapers(actor)
  if (refusal !== null) throw new RefusedError([refusal])
}

async function keep(runtime: Runtime, kind: Paper["kind"], content: Buffer, actor: PersonActor) {
  const stored = await runtime.files.put(newId() as FileId, Readable.from([content]))
  return runCommand(runtime, keepPaper, { kind, ...stored }, actor)
}

async function readAll(source: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of source as AsyncIterable<Buffer>) {
    size += part.length
    if (size > PAPER_LIMIT) throw new RefusedError([refuse("BODY_TOO_LARGE")])
    parts.push(part)
  }
  return Buffer.concat(parts)
}
