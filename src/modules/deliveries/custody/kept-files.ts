import type { DeliveryId, FileId } from "../../../kernel/ids.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Delivery } from "../model.ts"
import type { Paper } from "../rules/papers.ts"
import { listDeliveries } from "../store.ts"
import { listPapers } from "./papers.ts"

/** A file that a delivery refers to, as it was when it was kept; `null` for what was not recorded then. */
export interface KeptFile {
  readonly id: FileId
  readonly what: "資料檔案" | "不予採用之資料檔案" | "提供機關通知郵件" | "書面通知掃描檔"
  readonly sha256: string | null
  readonly bytes: number | null
  readonly delivery: { readonly id: DeliveryId; readonly number: string }
}

/** Every file that must be in the store, with the delivery it belongs to. */
export async function listKeptFiles(tx: Tx): Promise<readonly KeptFile[]> {
  const deliveries = await listDeliveries(tx)
  const papers = new Map((await listPapers(tx)).map((paper) => [paper.id, paper]))
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  const scans = await tx
    .selectFrom("notices_v_scan")
    .select(["file", "about_id"])
    .where("about_type", "=", "delivery")
    .execute()
  return [
    ...deliveries.flatMap((delivery) => filesOf(delivery, papers)),
    ...scans.flatMap(({ file, about_id }) => {
      const delivery = byId.get(about_id as DeliveryId)
      return delivery === undefined ? [] : [scanOf(file as FileId, delivery, papers)]
    }),
  ]
}

type Papers = ReadonlyMap<FileId, Paper>

function filesOf({ id, number, announcement, ...rest }: Delivery, papers: Papers): KeptFile[] {
  const delivery = { id, number }
  const kept: KeptFile[] = []
  if ("fetched" in rest) kept.push({ ...rest.fetched.file, what: "資料檔案", delivery })
  for (const { fetched } of rest.setAside ?? [])
    kept.push({ ...fetched.file, what: "不予採用之資料檔案", delivery })
  const { mail } = announcement
  if (mail !== null) {
    const bytes = papers.get(mail.file)?.bytes ?? null
    kept.push({ id: mail.file, sha256: mail.sha256, bytes, what: "提供機關通知郵件", delivery })
  }
  return kept
}

function scanOf(id: FileId, { id: delivery, number }: Delivery, papers: Papers): KeptFile {
  const { sha256 = null, bytes = null } = papers.get(id) ?? {}
  return { id, sha256, bytes, what: "書面通知掃描檔", delivery: { id: delivery, number } }
}
