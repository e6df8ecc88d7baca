import type { ProviderId } from "../../kernel/ids.ts"
import type { Keyring } from "../../platform/crypto/keyring.ts"
import { inTx } from "../../platform/db/tx.ts"
import type { Runtime } from "../../runtime/index.ts"
import type { SftpConnector } from "./model.ts"
import { readProvider } from "./store.ts"

/** Seals a connector's password for storage, bound to its provider. */
export function sealedSecret(
  keyring: Keyring,
  provider: ProviderId,
  password: string,
): Pick<SftpConnector, "secret" | "secretKek"> {
  const { kek, bytes } = keyring.wrap(Buffer.from(password, "utf8"), secretContext(provider))
  return { secret: bytes, secretKek: kek }
}

export interface OpenedConnector extends Omit<SftpConnector, "secret" | "secretKek"> {
  readonly password: string
}

/** The provider's SFTP server with its password, for the moment of a download; `null` when none is set up. */
export async function openConnector(runtime: Runtime, provider: ProviderId): Promise<OpenedConnector | null> {
  const found = await inTx(runtime.db, (tx) => readProvider(tx, provider))
  if (found?.sftp == null) return null
  const { secret, secretKek, ...rest } = found.sftp
  const password = runtime.keyring.unwrap({ kek: secretKek, bytes: secret }, secretContext(provider))
  return { ...rest, password: Buffer.from(password).toString("utf8") }
}

function secretContext(provider: ProviderId): string {
  return `provider-connector/${provider}`
}
