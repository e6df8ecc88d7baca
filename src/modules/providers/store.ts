import type { ProviderId } from "../../kernel/ids.ts"
import type { Tx } from "../../platform/db/tx.ts"
import type { Provider, ProviderKind, SftpConnector } from "./model.ts"

/** Locked for a change. */
export async function loadProvider(tx: Tx, id: ProviderId): Promise<Provider | null> {
  const row = await providerRow(tx, id).forUpdate().executeTakeFirst()
  return row === undefined ? null : toProvider(row)
}

/** For reading only. */
export async function readProvider(tx: Tx, id: ProviderId): Promise<Provider | null> {
  const row = await providerRow(tx, id).executeTakeFirst()
  return row === undefined ? null : toProvider(row)
}

function providerRow(tx: Tx, id: ProviderId) {
  return tx.selectFrom("provider").selectAll().where("id", "=", id)
}

function toProvider(
  row: NonNullable<Awaited<ReturnType<ReturnType<typeof providerRow>["executeTakeFirst"]>>>,
): Provider {
  const sftp =
    row.sftp_host === null
      ? null
      : ({
          host: row.sftp_host,
          port: row.sftp_port,
          user: row.sftp_user,
          directory: row.sftp_directory,
          hostKey: row.sftp_host_key,
          secret: row.sftp_secret,
          secretKek: row.sftp_secret_kek,
        } as SftpConnector)
  const { code, name, version } = row
  return {
    id: row.id as ProviderId,
    code,
    name,
    kind: row.kind as ProviderKind,
    contactEmail: row.contact_email,
    sftp,
    version,
    createdAt: row.created_at,
  }
}

export async function isProviderCodeTaken(tx: Tx, code: string): Promise<boolean> {
  return (
    (await tx.selectFrom("provider").select("id").where("code", "=", code).executeTakeFirst()) !== undefined
  )
}

export async function saveProvider(tx: Tx, provider: Provider): Promise<void> {
  const { id, code, name, kind, contactEmail, sftp, version, createdAt } = provider
  const columns = {
    code,
    name,
    kind,
    contact_email: contactEmail,
    sftp_host: sftp?.host ?? null,
    sftp_port: sftp?.port ?? null,
    sftp_user: sftp?.user ?? null,
    sftp_directory: sftp?.directory ?? null,
    sftp_host_key: sftp?.hostKey ?? null,
    sftp_secret: sftp === null ? null : Buffer.from(sftp.secret),
    sftp_secret_kek: sftp?.secretKek ?? null,
    version,
    created_at: createdAt,
  }
  await tx
    .insertInto("provider")
    .values({ id, ...columns })
    .onConflict((oc) => oc.column("id").doUpdateSet(columns))
    .execute()
}

type Secret = Pick<SftpConnector, "secret" | "secretKek">

/** The connectors' passwords that another key than `kek` seals. */
export async function lockSecretsNotUnder(
  tx: Tx,
  kek: string,
): Promise<readonly (Secret & { readonly id: ProviderId })[]> {
  const rows = await tx
    .selectFrom("provider")
    .select(["id", "sftp_secret as secret", "sftp_secret_kek as secretKek"])
    .where("sftp_secret_kek", "<>", kek)
    .forUpdate()
    .execute()
  return rows.map(({ id, secret, secretKek }) => ({
    id: id as ProviderId,
    secret: secret ?? Buffer.alloc(0),
    secretKek: secretKek ?? "",
  }))
}

/** The same password under another key, which is no change of the provider: its version stays. */
export async function saveSecret(tx: Tx, id: ProviderId, { secret, secretKek }: Secret): Promise<void> {
  await tx
    .updateTable("provider")
    .set({ sftp_secret: Buffer.from(secret), sftp_secret_kek: secretKek })
    .where("id", "=", id)
    .execute()
}
