import type { Readable } from "node:stream"
import type { PersonActor } from "../../../kernel/actor.ts"
import type { DeliveryId, FileId } from "../../../kernel/ids.ts"
import { inTx } from "../../../platform/db/tx.ts"
import { FileError, type StoredFile, type Upload } from "../../../platform/files/store.ts"
import { RefusedError } from "../../../platform/http/refused-error.ts"
import { newId } from "../../../platform/ids.ts"
import { refuse } from "../../../regulation/rule.ts"
import { recordRefusal, runCommand, type Runtime } from "../../../runtime/index.ts"
import { loadAround } from "../commands/delivery-command.ts"
import { keepFile } from "../commands/intake/keep-file.ts"
import type { Delivery } from "../model.ts"
import { refusalsOf } from "../rules/permissions.ts"
import { loadDelivery } from "../store.ts"
import { countStored, createTap, type CountingTap } from "./count.ts"
import {
  beginTransfer,
  endTransfer,
  noteProgress,
  readTransfer,
  restartTransfer,
  type Transfer,
} from "./store.ts"

/** Files on their way in, whichever way they come: one pass hashes, counts and encrypts; a crash loses no acknowledged byte. */
export class Intake {
  readonly #runtime: Runtime
  readonly #taps = new Map<FileId, CountingTap>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** 6-1b: begins a transfer, or takes up the one there is. Throws RefusedError when this person may not fetch now. */
  async begin(
    id: DeliveryId,
    actor: PersonActor,
    way: Pick<Transfer, "kind" | "remotePath" | "bytesTotal">,
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
      const upload = newId() as FileId
      return {
        delivery,
        transfer: await beginTransfer(tx, { ...way, delivery: id, upload, startedBy: actor.person }, now),
      }
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
      await noteProgress(db, transfer.delivery, upload.received, clock.now())
    }
  }

  /** The file is complete: seals it, counts it and makes it the delivery's. */
  async finish(transfer: Transfer, delivery: Delivery, name: string, actor: PersonActor): Promise<void> {
    const { db, clock, files, pack } = this.#runtime
    const { upload: id, kind, delivery: about } = transfer
    const stored = (await files.has(id)) ? await files.reread(id) : await this.#seal(transfer, delivery)
    const tap = this.#taps.get(id)
    // A count can be ended once; whoever tries again counts what is stored.
    this.#taps.delete(id)
    const count = await countStored(files, stored, delivery.announcement.format, tap, pack.transfer)
    const file = { id, name, sha256: stored.sha256, bytes: stored.bytes }
    await runCommand(this.#runtime, keepFile, { delivery: about, fetched: { file, count, via: kind } }, actor)
    await endTransfer(db, about, { state: "finished", failure: null }, clock.now())
  }

  async #seal(transfer: Transfer, delivery: Delivery): Promise<StoredFile> {
    const upload = await this.open(transfer, delivery)
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

  /** The transfer stops here; what came is kept for another try, unless it must not be gone on with. */
  async fail(transfer: Transfer, actor: PersonActor, code: Parameters<typeof refuse>[0]): Promise<void> {
    const { db, clock, files } = this.#runtime
    if (code === "REMOTE_FILE_CHANGED") {
      await files.destroy(transfer.upload)
      this.#taps.delete(transfer.upload)
      await restartTransfer(db, transfer.delivery, newId() as FileId)
    }
    await endTransfer(db, transfer.delivery, { state: "failed", failure: code }, clock.now())
    await recordRefusal(this.#runtime, actor, "fetch", [refuse(code)])
  }
}

function offsetRefusal(error: unknown): unknown {
  if (!(error instanceof FileError) || error.code !== "OFFSET_MISMATCH") return error
  return new RefusedError([refuse("UPLOAD_OFFSET_WRONG", { received: error.received ?? 0 })])
}
