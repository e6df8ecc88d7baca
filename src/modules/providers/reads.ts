import type { Db } from "../../platform/db/tx.ts"
import type { ProviderView } from "./contract.ts"

export async function readProviders(db: Db): Promise<ProviderView[]> {
  const rows = await db.selectFrom("provider").selectAll().orderBy("code").execute()
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind as ProviderView["kind"],
    contactEmail: row.contact_email,
    sftp:
      row.sftp_host === null
        ? null
        : {
            host: row.sftp_host,
            port: row.sftp_port ?? 22,
            user: row.sftp_user ?? "",
            directory: row.sftp_directory ?? "/",
            hostKey: row.sftp_host_key ?? "",
          },
  }))
}
