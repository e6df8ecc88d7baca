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
  /** What the whole file has, as the browser or the provider's server said. */
  readonly bytesTotal: number | null
  /** Of the file that an upload was begun with, as `contract.openUpload` says. */
  readonly fingerprint: string | null
  readonly state: "running" | "failed" | "finished"
  /** A code of the refusal table. */
  readonly failure: string | null
  readonly startedBy: PersonId
}

/** One transfer of a delivery: what is noted of an earlier one, however late, leaves the next alone. */
type Which = Pick<Transfer, "delivery" | "upload">

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
      "fingerprint",
      "state",
      "failure",
      "started_by as startedBy",
    ])
    .where("delivery", "=", delivery)
    .executeTakeFirst()
  return (row as Transfer | undefined) ?? null
}

export type Beginning = Omit<Transfer, "remoteSize" | "remoteModifiedAt" | "bytesDone" | "state" | "failure">

/** Begins a transfer, in the place of the one there may be. */
export async function beginTransfer(tx: Tx, beginning: Beginning, now: Instant): Promise<Transfer> {
  const { delivery, kind, upload, remotePath, bytesTotal, fingerprint, startedBy } = beginning
  const fresh = {
    kind,
    upload,
    fingerprint,
    remote_path: remotePath,
    remote_size: null,
    remote_modified_at: null,
    bytes_done: 0,
    bytes_total: bytesTotal,
    state: "running",
    failure: null,
    started_by: startedBy,
    started_at: now,
    updated_at: now,
  } as const
  await tx
    .insertInto("transfer")
    .values({ delivery, ...fresh })
    .onConflict((oc) => oc.column("delivery").doUpdateSet(fresh))
    .execute()
  const unknown = { remoteSize: null, remoteModifiedAt: null, bytesDone: 0, failure: null }
  return { ...beginning, ...unknown, state: "running" }
}

/** Takes a transfer up where it stands. */
export async function takeUpTransfer(
  tx: Tx,
  transfer: Transfer,
  startedBy: PersonId,
  now: Instant,
): Promise<Transfer> {
  const running = { state: "running", failure: null } as const
  await update(tx, transfer)
    .set({ ...running, started_by: startedBy, updated_at: now })
    .execute()
  return { ...transfer, ...running, startedBy }
}

/** Remembers which version of the remote file is read, before its first byte is kept. */
export async function noteRemoteVersion(
  db: Db,
  which: Which,
  { size, modifiedAt }: { readonly size: number; readonly modifiedAt: number },
): Promise<void> {
  const version = { remote_size: size, remote_modified_at: modifiedAt, bytes_total: size }
  await update(db, which).set(version).execute()
}

/** Gives the transfer a new upload, because what was kept must not be gone on with. */
export async function restartTransfer(db: Db, which: Which, upload: FileId): Promise<void> {
  const nothing = { bytes_done: 0, remote_size: null, remote_modified_at: null }
  await update(db, which)
    .set({ upload, ...nothing })
    .execute()
}

export async function noteProgress(db: Db, which: Which, bytesDone: number, now: Instant): Promise<void> {
  await update(db, which).set({ bytes_done: bytesDone, updated_at: now }).execute()
}

export async function endTransfer(
  db: Db | Tx,
  which: Which,
  end: { readonly state: "failed" | "finished"; readonly failure: string | null },
  now: Instant,
): Promise<void> {
  await update(db, which)
    .set({ ...end, updated_at: now })
    .execute()
}

/** Ends the transfer of a file that was set aside: the next begins under an id of its own. */
export async function dropTransfer(tx: Tx, delivery: DeliveryId): Promise<void> {
  await tx.deleteFrom("transfer").where("delivery", "=", delivery).execute()
}

function update(db: Db | Tx, { delivery, upload }: Which) {
  return db.updateTable("transfer").where("delivery", "=", delivery).where("upload", "=", upload)
}
