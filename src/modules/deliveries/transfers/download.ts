import { PassThrough } from "node:stream"
import { once } from "node:events"
import type { AccountId, DeliveryId, PersonId, ProviderId } from "../../../kernel/ids.ts"
import type { PersonActor } from "../../../kernel/actor.ts"
import { inTx, readTx } from "../../../platform/db/tx.ts"
import { enqueue, job, type Job } from "../../../platform/jobs/index.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { refuse } from "../../../regulation/rule.ts"
import type { Runtime } from "../../../runtime/index.ts"
import { findAccountActor } from "../../access/index.ts"
import { downloadResumable, listRemote, openConnector, type SftpTarget } from "../../providers/index.ts"
import { loadAround } from "../commands/delivery-command.ts"
import type { Delivery } from "../model.ts"
import { refusalsOf } from "../rules/permissions.ts"
import { readDeliveryRow, readProjectRow } from "../store.ts"
import type { Intake } from "./intake.ts"
import { noteProgress, noteRemoteVersion, type Transfer } from "./store.ts"

export const DOWNLOAD_JOB = "download-from-provider"

interface DownloadData {
  readonly delivery: DeliveryId
  readonly person: PersonId
  readonly account: AccountId
}

const NOTE_EVERY_BYTES = 8 * 1024 * 1024

/** The plain files on the server of the provider of a delivery. */
export async function listRemoteFiles(runtime: Runtime, delivery: Delivery) {
  const { target, directory } = await connectorOf(runtime, delivery)
  const listed = await listRemote(target, directory)
  if (!listed.ok) throw new RefusedError([refuse(listed.code)])
  return listed.files.map(({ name, size }) => ({
    path: `${directory.replace(/\/$/, "")}/${name}`,
    bytes: size,
  }))
}

/** Begins the download and leaves it to a job, which takes it up again after a restart. */
export async function startDownload(
  intake: Intake,
  runtime: Runtime,
  id: DeliveryId,
  path: string,
  actor: PersonActor,
): Promise<void> {
  const way = { kind: "sftp", remotePath: path, bytesTotal: null, fingerprint: null, restart: false } as const
  const { delivery } = await intake.begin(id, actor, way)
  await connectorOf(runtime, delivery)
  const data: DownloadData = { delivery: id, person: actor.person, account: actor.account }
  await inTx(runtime.db, (tx) => enqueue(tx, { kind: "job", name: DOWNLOAD_JOB }, data))
}

export function downloadJob(intake: Intake, runtime: Runtime): Job {
  return job<DownloadData>(DOWNLOAD_JOB, (data) => download(intake, runtime, data))
}

async function download(
  intake: Intake,
  runtime: Runtime,
  { delivery: id, person, account }: DownloadData,
): Promise<void> {
  const running = await intake.running(id).catch(() => null)
  if (running === null || running.transfer.state !== "running" || running.transfer.remotePath === null) return
  const { transfer, delivery } = running
  const fetcher = () => fetcherNow(runtime, id, account)
  const isAllowed = async () => (await fetcher()) !== null
  const result = (await isAllowed()) ? await receive(intake, runtime, { ...running, isAllowed }) : null
  const actor = await fetcher()
  if (actor === null || result === null) {
    const starter: PersonActor = { kind: "person", person, account, name: "", posts: [] }
    return intake.fail(transfer, starter, "NOT_PERMITTED")
  }
  if (!result.ok) return intake.fail(transfer, actor, result.code)
  const name = transfer.remotePath?.split("/").at(-1) ?? delivery.announcement.fileName
  return intake.finish({ ...transfer, bytesTotal: result.bytes }, delivery, name, actor)
}

interface Receiving {
  readonly transfer: Transfer
  readonly delivery: Delivery
  readonly isAllowed: () => Promise<boolean>
}

type Received =
  | { readonly ok: true; readonly bytes: number | null }
  | { readonly ok: false; readonly code: Parameters<Intake["fail"]>[2] }

/** Streams the remote file into the upload from where it stands, as long as it is allowed. */
async function receive(
  intake: Intake,
  runtime: Runtime,
  { transfer, delivery, isAllowed }: Receiving,
): Promise<Received> {
  // A kill came between sealing the file and keeping it: all of it is here.
  if (await runtime.files.has(transfer.upload)) return { ok: true, bytes: transfer.bytesTotal }
  const { target } = await connectorOf(runtime, delivery)
  const upload = await intake.open(transfer, delivery)
  const fromOffset = upload.received
  const pipe = new PassThrough({ highWaterMark: 1 << 20 })
  const stored = upload.append(fromOffset, pipe)
  stored.catch(() => undefined)
  const stopping = new AbortController()
  let noted = fromOffset
  const result = await downloadResumable(target, transfer.remotePath ?? "", {
    fromOffset,
    ...expectedOf(transfer),
    onVersion: (version) => noteRemoteVersion(runtime.db, transfer, version),
    sink: async (bytes) => {
      if (!pipe.write(bytes)) await Promise.race([once(pipe, "drain"), stored])
    },
    signal: stopping.signal,
    onProgress: async (done) => {
      if (done - noted < NOTE_EVERY_BYTES) return
      noted = done
      await noteProgress(runtime.db, transfer, done, runtime.clock.now())
      if (!(await isAllowed())) stopping.abort()
    },
  })
  pipe.end()
  await stored
  await noteProgress(runtime.db, transfer, upload.received, runtime.clock.now())
  if (!result.ok) return result
  const { size } = result.file
  return upload.received === size ? { ok: true, bytes: size } : { ok: false, code: "REMOTE_FILE_CHANGED" }
}

/** The version that the kept part came from. */
function expectedOf({ remoteSize: size, remoteModifiedAt: modifiedAt }: Transfer) {
  return size === null || modifiedAt === null ? {} : { expected: { size, modifiedAt } }
}

async function connectorOf(
  runtime: Runtime,
  delivery: Delivery,
): Promise<{ readonly target: SftpTarget; readonly directory: string }> {
  const provider = await inTx(runtime.db, async (tx) => {
    const { linkage } = await readProjectRow(tx, delivery.project)
    const row = await tx
      .selectFrom("linkages_v_linkage")
      .select("provider")
      .where("id", "=", linkage)
      .executeTakeFirstOrThrow()
    return row.provider as ProviderId
  })
  const connector = await openConnector(runtime, provider)
  if (connector === null) throw new RefusedError([refuse("CONNECTOR_MISSING")])
  const { hostKey: hostKeyFingerprint, host, port, user, password, directory } = connector
  return { target: { host, port, user, password, hostKeyFingerprint }, directory }
}

/** Who started the download, as long as their account stands and their post lets them fetch; rights end by comparison at use. */
async function fetcherNow(runtime: Runtime, id: DeliveryId, account: AccountId): Promise<PersonActor | null> {
  const now = runtime.clock.now()
  const actor = await findAccountActor(runtime.db, account, now)
  if (actor === null) return null
  return readTx(runtime.db, async (tx) => {
    const around = await loadAround(tx, await readDeliveryRow(tx, id), { actor, now })
    return refusalsOf("fetch", actor, around).length === 0 ? actor : null
  })
}
