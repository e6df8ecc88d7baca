import type { DeliveryId, FileId } from "../../../kernel/ids.ts"
import type { Tx } from "../../../platform/db/tx.ts"
import type { Delivery } from "../model.ts"
import type { ProviderMail } from "./mail-rules.ts"
import { listDeliveries } from "../store.ts"
import { listProviderMails } from "./provider-mails.ts"

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
  const mails = new Map((await listProviderMails(tx)).map((mail) => [mail.id, mail]))
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]))
  const scans = await tx
    .selectFrom("notices_v_scan")
    .select(["file", "sha256", "bytes", "about_id"])
    .where("about_type", "=", "delivery")
    .execute()
  return [
    ...deliveries.flatMap((delivery) => filesOf(delivery, mails)),
    ...scans.flatMap(({ file, sha256, bytes, about_id }): KeptFile[] => {
      const delivery = byId.get(about_id as DeliveryId)
      if (delivery === undefined) return []
      const { id, number } = delivery
      return [{ id: file as FileId, sha256, bytes, what: "書面通知掃描檔", delivery: { id, number } }]
    }),
  ]
}

type Mails = ReadonlyMap<FileId, ProviderMail>

function filesOf({ id, number, announcement, ...rest }: Delivery, mails: Mails): KeptFile[] {
  const delivery = { id, number }
  const kept: KeptFile[] = []
  if ("fetched" in rest) kept.push({ ...rest.fetched.file, what: "資料檔案", delivery })
  for (const { fetched } of rest.setAside ?? [])
    kept.push({ ...fetched.file, what: "不予採用之資料檔案", delivery })
  const { mail } = announcement
  if (mail !== null) {
    const bytes = mails.get(mail.file)?.bytes ?? null
    kept.push({ id: mail.file, sha256: mail.sha256, bytes, what: "提供機關通知郵件", delivery })
  }
  return kept
}
