import type { ProviderId } from "../../kernel/ids.ts"
import type { Keyring, Rewrap } from "../../platform/crypto/keyring.ts"
import { inTx, type Db } from "../../platform/db/tx.ts"
import type { Runtime } from "../../runtime/index.ts"
import type { SftpConnector } from "./model.ts"
import { lockSecretsNotUnder, readProvider, saveSecret } from "./store.ts"

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

/** Wraps every connector's password anew: a keeper for `rotateKek`. */
export function rewrapConnectors(db: Db): Rewrap {
  return (keyring) =>
    inTx(db, async (tx) => {
      const outdated = await lockSecretsNotUnder(tx, keyring.currentKek())
      for (const { id, secret, secretKek } of outdated) {
        const password = keyring.unwrap({ kek: secretKek, bytes: secret }, secretContext(id))
        const { kek, bytes } = keyring.wrap(password, secretContext(id))
        await saveSecret(tx, id, { secret: bytes, secretKek: kek })
      }
      return outdated.length
    })
}

function secretContext(provider: ProviderId): string {
  return `provider-connector/${provider}`
}
