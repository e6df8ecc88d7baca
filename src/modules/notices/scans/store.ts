import type { FileId, PersonId } from "../../../kernel/ids.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { Db, Tx } from "../../../platform/db/tx.ts"
import type { ScanKind } from "./kinds.ts"

/** A scan of a signed paper notice, whole in the file store. It never changes. */
export interface Scan {
  readonly id: FileId
  readonly kind: ScanKind
  readonly sha256: string
  readonly bytes: number
  readonly keptBy: PersonId
  readonly keptAt: Instant
}

export async function insertScan(tx: Tx, { keptBy, keptAt, ...same }: Scan): Promise<void> {
  await tx
    .insertInto("notice_scan")
    .values({ ...same, kept_by: keptBy, kept_at: keptAt })
    .execute()
}

export async function readScan(db: Db | Tx, id: FileId): Promise<Scan | null> {
  const row = await db
    .selectFrom("notice_scan")
    .select(["id", "kind", "sha256", "bytes", "kept_by as keptBy", "kept_at as keptAt"])
    .where("id", "=", id)
    .executeTakeFirst()
  return (row as Scan | undefined) ?? null
}

export async function listScanIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom("notice_scan").select("id").execute()).map((row) => row.id)
}

/** Whether a notice has this very paper already, whatever id it was kept under; the unique index holds one id to one. */
export async function isScanUsed(tx: Tx, id: FileId): Promise<boolean> {
  const row = await tx
    .selectFrom("notice as n")
    .innerJoin("notice_scan as used", "used.id", "n.paper_scan")
    .innerJoin("notice_scan as offered", "offered.sha256", "used.sha256")
    .select("n.id")
    .where("offered.id", "=", id)
    .executeTakeFirst()
  return row !== undefined
}
