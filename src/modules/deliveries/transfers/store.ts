import type { DeliveryId, FileId, PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"

/** A file on its way in. `upload` is its id in the file store; the bytes done are durable there. */
export interface Transfer {
  readonly delivery: DeliveryId
  readonly kind: "sftp" | "upload"
  readonly remotePath: string | null
  /** Size and time (seconds) of the remote file that the kept part came from. */
  readonly remoteSize: number | null
  readonly remoteModifiedAt: number | null
  readonly upload: FileId
  readonly bytesDone: number
  readonly bytesTotal: number | null
  readonly state: "running" | "failed" | "finished"
  /** A code of the refusal table. */
  readonly failure: string | null
  readonly startedBy: PersonId
}

export async function readTransfer(tx: Tx | Db, delivery: DeliveryId): Promise<Transfer | null> {
  const row = await tx
    .selectFrom("transfer")
    .select([
      "delivery",
      "kind",
      "remote_path as remotePath",
      "remote_size as remoteSize",
      "remote_modified_at as remoteModifiedAt",
      "upload",
      "bytes_done as bytesDone",
      "bytes_total as bytesTotal",
      "state",
      "failure",
      "started_by as startedBy",
    ])
    .where("delivery", "=", delivery)
    .executeTakeFirst()
  return (row as Transfer | undefined) ?? null
}

/**
 * Begins a transfer, or takes up the one there is under its upload id: what came already is kept. A transfer that
 * comes another way, or of another remote file, begins anew under the new id.
 */
export async function beginTransfer(
  tx: Tx,
  transfer: Pick<Transfer, "delivery" | "kind" | "remotePath" | "upload" | "bytesTotal" | "startedBy">,
  now: Instant,
): Promise<Transfer> {
  const { delivery, kind, remotePath, bytesTotal, startedBy } = transfer
  const known = await readTransfer(tx, delivery)
  const isSame = known !== null && known.kind === kind && known.remotePath === remotePath
  const upload = isSame ? known.upload : transfer.upload
  const kept = isSame ? {} : { bytes_done: 0, remote_size: null, remote_modified_at: null }
  const fresh = {
    kind,
    upload,
    remote_path: remotePath,
    bytes_total: bytesTotal,
    state: "running",
    failure: null,
    started_by: startedBy,
    updated_at: now,
  }
  await tx
    .insertInto("transfer")
    .values({ delivery, bytes_done: 0, started_at: now, ...fresh })
    .onConflict((oc) => oc.column("delivery").doUpdateSet({ ...fresh, ...kept }))
    .execute()
  const begun = await readTransfer(tx, delivery)
  if (begun === null) throw new Error("a transfer just written is there")
  return begun
}

/** Remembers which version of the remote file is read, before its first byte is kept. */
export async function noteRemoteVersion(
  db: Db,
  delivery: DeliveryId,
  { size, modifiedAt }: { readonly size: number; readonly modifiedAt: number },
): Promise<void> {
  await db
    .updateTable("transfer")
    .set({ remote_size: size, remote_modified_at: modifiedAt, bytes_total: size })
    .where("delivery", "=", delivery)
    .execute()
}

/** Gives the transfer a new upload, because what was kept must not be gone on with. */
export async function restartTransfer(db: Db, delivery: DeliveryId, upload: FileId): Promise<void> {
  await db
    .updateTable("transfer")
    .set({ upload, bytes_done: 0, remote_size: null, remote_modified_at: null })
    .where("delivery", "=", delivery)
    .execute()
}

export async function noteProgress(
  db: Db | Tx,
  delivery: DeliveryId,
  bytesDone: number,
  now: Instant,
): Promise<void> {
  await db
    .updateTable("transfer")
    .set({ bytes_done: bytesDone, updated_at: now })
    .where("delivery", "=", delivery)
    .execute()
}

export async function endTransfer(
  db: Db | Tx,
  delivery: DeliveryId,
  end: { readonly state: "failed" | "finished"; readonly failure: string | null },
  now: Instant,
): Promise<void> {
  await db
    .updateTable("transfer")
    .set({ ...end, updated_at: now })
    .where("delivery", "=", delivery)
    .execute()
}
