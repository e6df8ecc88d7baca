import type { Readable } from "node:stream"
import type { PersonActor } from "../../../kernel/actor.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import type { DeliveryId, FileId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import { inTx, type Tx } from "../../../platform/db/tx.ts"
import { enqueue, job, type Job } from "../../../platform/jobs/index.ts"
import { FileError, type StoredFile, type Upload } from "../../../platform/files/store.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newId } from "../../../platform/ids.ts"
import type { RefusalCode } from "../../../regulation/refusals/index.ts"
import { refuse } from "../../../regulation/rule.ts"
import { recordRefusal, runCommand, type Runtime } from "../../../runtime/index.ts"
import { loadAround } from "../commands/delivery-command.ts"
import { keepFile } from "../commands/intake/keep-file.ts"
import type { Delivery } from "../model.ts"
import { isOfThisTransfer, isTheSameFile, isWhole } from "../rules/arrival.ts"
import { refusalsOf } from "../rules/permissions.ts"
import { loadDelivery } from "../store.ts"
import { countStored, createTap, type CountingTap } from "./count.ts"
import {
  beginTransfer,
  endTransfer,
  noteProgress,
  readTransfer,
  restartTransfer,
  takeUpTransfer,
  type Transfer,
} from "./store.ts"

export const DESTROY_UPLOAD_JOB = "destroy-abandoned-upload"

/** How a file comes, and which. */
interface Way extends Pick<Transfer, "kind" | "remotePath" | "bytesTotal" | "fingerprint"> {
  /** Begin anew even where the same file could be gone on with. */
  readonly restart: boolean
}

/** Files on their way in, whichever way they come: one pass hashes, counts and encrypts; a crash loses no acknowledged byte. */
export class Intake {
  readonly #runtime: Runtime
  readonly #taps = new Map<FileId, CountingTap>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /**
   * 6-1b: takes up the transfer there is, or begins one under a new upload id. Throws RefusedError when this person
   * may not fetch now, or would go on with another file than the one begun.
   */
  async begin(
    id: DeliveryId,
    actor: PersonActor,
    way: Way,
  ): Promise<{ readonly transfer: Transfer; readonly delivery: Delivery }> {
    const { db, clock, pack } = this.#runtime
    const now = clock.now()
    if ((way.bytesTotal ?? 0) > pack.transfer.maxFileBytes.value)
      throw new RefusedError([refuse("BODY_TOO_LARGE")])
    return inTx(db, async (tx) => {
      const delivery = await loadDelivery(tx, id)
      if (delivery === null) throw new RefusedError([refuse("NOT_FOUND")])
      const [first, ...others] = refusalsOf("fetch", actor, await loadAround(tx, delivery, { actor, now }))
      if (first !== undefined) throw new RefusedError([first, ...others])
      return { delivery, transfer: await this.#beginIn(tx, id, actor, way, now) }
    })
  }

  async #beginIn(
    tx: Tx,
    delivery: DeliveryId,
    actor: PersonActor,
    way: Way,
    now: Instant,
  ): Promise<Transfer> {
    const { restart, ...begun } = way
    const known = await readTransfer(tx, delivery)
    if (!restart && known?.kind === way.kind && known.remotePath === way.remotePath) {
      if (way.kind === "upload") requireHeld(isTheSameFile(known, way))
      return takeUpTransfer(tx, known, actor.person, now)
    }
    if (known !== null) await enqueue(tx, { kind: "job", name: DESTROY_UPLOAD_JOB }, { upload: known.upload })
    const upload = newId() as FileId
    return beginTransfer(tx, { ...begun, delivery, upload, startedBy: actor.person }, now)
  }

  /** What came of a transfer that another one replaced is destroyed, also when a kill comes between. */
  destroyJob(): Job {
    return job<{ readonly upload: FileId }>(DESTROY_UPLOAD_JOB, async ({ upload }) => {
      this.#taps.delete(upload)
      await this.#runtime.files.destroy(upload)
    })
  }

  /** The upload of a transfer with its counter; after a crash what is stored passes the counter again. */
  async open(transfer: Transfer, delivery: Delivery): Promise<Upload> {
    const { upload: id } = transfer
    return this.#runtime.files.openUpload(id, () => {
      const tap = createTap(delivery.announcement.format)
      this.#taps.set(id, tap)
      return tap
    })
  }

  /** Takes bytes from `offset` on; resolves with how many are durable. */
  async append(transfer: Transfer, delivery: Delivery, offset: number, source: Readable): Promise<number> {
    const { db, clock } = this.#runtime
    const upload = await this.open(transfer, delivery)
    try {
      return await upload.append(offset, source)
    } catch (error) {
      throw offsetRefusal(error)
    } finally {
      await noteProgress(db, transfer, upload.received, clock.now())
    }
  }

  /** The file is complete: seals it, counts it and makes it the delivery's. Throws RefusedError when it is not. */
  async finish(transfer: Transfer, delivery: Delivery, name: string, actor: PersonActor): Promise<void> {
    const { files, pack } = this.#runtime
    const { upload: id, kind, delivery: about } = transfer
    const stored = (await files.has(id)) ? await files.reread(id) : await this.#seal(transfer, delivery)
    const tap = this.#taps.get(id)
    // A count can be ended once; whoever tries again counts what is stored.
    this.#taps.delete(id)
    const count = await countStored(files, stored, delivery.announcement.format, tap, pack.transfer)
    const file = { id, name, sha256: stored.sha256, bytes: stored.bytes }
    await runCommand(this.#runtime, keepFile, { delivery: about, fetched: { file, count, via: kind } }, actor)
  }

  async #seal(transfer: Transfer, delivery: Delivery): Promise<StoredFile> {
    const upload = await this.open(transfer, delivery)
    requireHeld(isWhole(transfer.bytesTotal, upload.received))
    return upload.finish()
  }

  /** The running transfer of a delivery, for its continuation. */
  async running(id: DeliveryId): Promise<{ readonly transfer: Transfer; readonly delivery: Delivery }> {
    return inTx(this.#runtime.db, async (tx) => {
      const transfer = await readTransfer(tx, id)
      const delivery = await loadDelivery(tx, id)
      if (transfer === null || delivery === null || transfer.state === "finished")
        throw new RefusedError([refuse("NOT_FOUND")])
      return { transfer, delivery }
    })
  }

  /** The upload that is running under this id, and no other. */
  async uploading(id: DeliveryId, upload: string) {
    const running = await this.running(id)
    requireHeld(isOfThisTransfer(running.transfer.upload, upload as FileId))
    return running
  }

  /** The transfer stops here; what came is kept for another try, unless it must not be gone on with. */
  async fail(transfer: Transfer, actor: PersonActor, code: Parameters<typeof refuse>[0]): Promise<void> {
    const { db, clock, files } = this.#runtime
    const { delivery, upload: before } = transfer
    const isSpoilt = code === "REMOTE_FILE_CHANGED"
    const upload = isSpoilt ? (newId() as FileId) : before
    if (isSpoilt) {
      await files.destroy(before)
      this.#taps.delete(before)
      await restartTransfer(db, transfer, upload)
    }
    await endTransfer(db, { delivery, upload }, { state: "failed", failure: code }, clock.now())
    await recordRefusal(this.#runtime, actor, "fetch", [refuse(code)])
  }
}

function requireHeld(refusal: Refusal<RefusalCode> | null): void {
  if (refusal !== null) throw new RefusedError([refusal])
}

function offsetRefusal(error: unknown): unknown {
  if (!(error instanceof FileError) || error.code !== "OFFSET_MISMATCH") return error
  return new RefusedError([refuse("UPLOAD_OFFSET_WRONG", { received: error.received ?? 0 })])
}
