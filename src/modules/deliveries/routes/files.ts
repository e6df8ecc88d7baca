import { Readable } from "node:stream"
import type { Endpoint } from "../../../contract/endpoint.ts"
import { holds, type PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, FileId } from "../../../kernel/ids.ts"
import { parseNotice } from "../../../platform/mail/index.ts"
import { newId } from "../../../platform/ids.ts"
import { bind, type Asked, type BoundRoute } from "../../../platform/http/bind.ts"
import { readBody } from "../../../platform/http/read-body.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { inTx, readTx } from "../../../platform/db/tx.ts"
import { refuse } from "../../../regulation/rule.ts"
import { runCommand, type Runtime } from "../../../runtime/index.ts"
import { countAgain } from "../commands/intake/keep-file.ts"
import * as contract from "../contract.ts"
import { keepProviderMail } from "../custody/provider-mails.ts"
import { formatOf } from "../model.ts"
import { reasonOf } from "../reads/detail.ts"
import { endsWithin } from "../rules/arrival.ts"
import { mayKeepProviderMail } from "../custody/mail-rules.ts"
import { refusalsOf, type DeliveryCommand } from "../rules/permissions.ts"
import { loadAround } from "../commands/delivery-command.ts"
import { loadDelivery, readDeliveryRow } from "../store.ts"
import { countStored, previewOf } from "../transfers/count.ts"
import { listRemoteFiles, startDownload } from "../transfers/download.ts"
import type { Intake } from "../transfers/intake.ts"
import { openFileRoute } from "./open-file.ts"
import { openMailRoute } from "./open-mail.ts"
import { requireVisible } from "./require-visible.ts"

const PAPER_LIMIT = 25 * 1024 * 1024

export function fileRoutes(runtime: Runtime, intake: Intake): readonly BoundRoute[] {
  return [
    ...arrivalRoutes(runtime, intake),
    ...countingRoutes(runtime),
    ...paperRoutes(runtime),
    openFileRoute(runtime),
    openMailRoute(runtime),
  ]
}

function arrivalRoutes(runtime: Runtime, intake: Intake): readonly BoundRoute[] {
  return [
    bind(contract.listRemoteFiles, async (asked) => {
      const { delivery } = await requireMay(runtime, asked, "fetch")
      return listRemoteFiles(runtime, delivery)
    }),
    bind(contract.startDownload, async (asked) => {
      const id = await requireVisible(runtime, asked)
      await startDownload(intake, runtime, id, asked.body.path, asked.actor as PersonActor)
    }),
    bind(contract.openUpload, async (asked) => {
      const id = await requireVisible(runtime, asked)
      const { bytes, fingerprint, restart } = asked.body
      const way = { kind: "upload", remotePath: null, bytesTotal: bytes, fingerprint, restart } as const
      const { transfer, delivery } = await intake.begin(id, asked.actor as PersonActor, way)
      const { upload } = transfer
      // A kill came between sealing the file and keeping it: all of it is here.
      if (await runtime.files.has(upload)) return { upload, offset: bytes }
      return { upload, offset: (await intake.open(transfer, delivery)).received }
    }),
    bind(contract.appendUpload, async (asked) => {
      await requireMay(runtime, asked, "fetch")
      const { params, query, request } = asked
      const { transfer, delivery } = await intake.uploading(params.id as DeliveryId, query.upload)
      const beyond = endsWithin(transfer.bytesTotal, query.offset + Number(request.headers["content-length"]))
      if (beyond !== null) throw new RefusedError([beyond])
      return { offset: await intake.append(transfer, delivery, query.offset, request.body as Readable) }
    }),
    bind(contract.finishUpload, async (asked) => {
      await requireMay(runtime, asked, "fetch")
      const { params, body, actor } = asked
      const { transfer, delivery } = await intake.uploading(params.id as DeliveryId, body.upload)
      await intake.finish(transfer, delivery, body.name, actor as PersonActor)
    }),
  ]
}

function countingRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.countAgain, async (asked) => {
      const { delivery } = await requireMay(runtime, asked, "count-again")
      const { body, actor } = asked
      if (!("fetched" in delivery)) throw new RefusedError([refuse("NOT_DOWNLOADED")])
      const { file } = delivery.fetched
      const format = body.format ?? formatOf(delivery)
      const count = await countStored(
        runtime.files,
        file,
        format,
        undefined,
        runtime.pack.transfer,
        body.password,
      )
      await runCommand(runtime, countAgain, { delivery: delivery.id, count, format }, actor)
      return { countProblem: count.counted ? null : reasonOf(count.problem) }
    }),
    bind(contract.previewFile, async (asked) => {
      const id = await requireVisible(runtime, asked)
      if (!holds(asked.actor, "it-handler")) throw new RefusedError([refuse("NOT_PERMITTED")])
      const delivery = await readTx(runtime.db, (tx) => readDeliveryRow(tx, id))
      if (!("fetched" in delivery)) throw new RefusedError([refuse("NOT_DOWNLOADED")])
      const { file } = delivery.fetched
      return { lines: await previewOf(runtime.files, file, formatOf(delivery), runtime.pack.transfer) }
    }),
  ]
}

/** The provider's own mail, which proves its notice. */
function paperRoutes(runtime: Runtime): readonly BoundRoute[] {
  return [
    bind(contract.keepProviderMail, async ({ actor, request }) => {
      const refusal = mayKeepProviderMail(actor)
      if (refusal !== null) throw new RefusedError([refusal])
      const eml = await readBody(request.body as Readable, PAPER_LIMIT)
      const parsed = await parseNotice(eml)
      if (!parsed.ok) throw new RefusedError([refuse(parsed.problem)])
      const { from, subject, date, messageId } = parsed.notice
      const stored = await runtime.files.put(newId() as FileId, Readable.from([eml]))
      const { id, sha256 } = await runCommand(runtime, keepProviderMail, { ...stored, messageId }, actor)
      return { file: id, sha256, from: from.address, subject, date, messageId }
    }),
  ]
}

/** Before work that costs: nothing is read, taken in or counted for somebody who may not have it. */
async function requireMay(runtime: Runtime, asked: Asked<Endpoint>, command: DeliveryCommand) {
  const id = await requireVisible(runtime, asked)
  const { actor, now } = asked
  return inTx(runtime.db, async (tx) => {
    const delivery = await loadDelivery(tx, id)
    if (delivery === null) throw new RefusedError([refuse("NOT_FOUND")])
    const around = await loadAround(tx, delivery, { actor, now })
    const [first, ...others] = refusalsOf(command, actor, around)
    if (first !== undefined) throw new RefusedError([first, ...others])
    return around
  })
}
