import type { ProviderId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"

/** 內政部 and the civil-affairs bureaus (民政局、處) of municipalities and counties (4-1). */
export const PROVIDER_KINDS = ["ministry", "municipality", "county"] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

/** Where the provider's files lie. The password is sealed under a key of the keyring. */
export interface SftpConnector {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly directory: string
  /** `SHA256:…` fingerprint; another key at that address is refused. */
  readonly hostKey: string
  readonly secret: Uint8Array
  readonly secretKek: string
}

export interface Provider {
  readonly id: ProviderId
  readonly code: string
  readonly name: string
  readonly kind: ProviderKind
  readonly contactEmail: string
  readonly sftp: SftpConnector | null
  readonly version: number
  readonly createdAt: Instant
}
