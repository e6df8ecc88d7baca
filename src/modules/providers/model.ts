import type { Authority } from "../../regulation/authorities.ts"
import type { FileId, OutsideAccountId, PersonId, ProviderId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"

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

/** How the holder proves who they are to the provider's system; only a password is renewed (5-3a). */
export const SIGN_IN_WAYS = ["password", "passkey", "single-sign-on"] as const
export type SignInWay = (typeof SIGN_IN_WAYS)[number]

/** What was typed by hand: the day it happened (事實發生時間), who recorded it and when. */
export interface Happened {
  readonly on: CivilDate
  readonly by: PersonId
  readonly at: Instant
}

/** A change of the password: its evidence if there is any, and when the head of the unit saw it. */
export interface PasswordChange extends Happened {
  readonly scan: { readonly file: FileId; readonly sha256: string } | null
  readonly seen: { readonly by: PersonId; readonly at: Instant } | null
}

/** Why the account goes, and what has been done about it: asked of the provider, then confirmed by it. */
export interface Cancellation {
  readonly reason: string
  readonly since: Instant
  readonly requested: (Happened & { readonly documentNumber: string }) | null
  readonly confirmed: Happened | null
}

/** 外部帳號: an account that one of our people holds in a provider's own system. */
export interface OutsideAccount {
  readonly id: OutsideAccountId
  readonly provider: ProviderId
  readonly system: string
  readonly name: string
  readonly holder: PersonId
  /** The holder's unit, whose head answers for it. */
  readonly unit: UnitId
  readonly class: Authority
  readonly keptBy: SignInWay
  /** What stands for the change of password where there is none; `null` with a password. */
  readonly standsFor: string | null
  /** Changes of the password, the oldest first; the first is its setting. */
  readonly changes: readonly PasswordChange[]
  readonly cancellation: Cancellation | null
  readonly recorded: { readonly by: PersonId; readonly at: Instant }
  readonly version: number
}

export const OUTSIDE_STATES = ["in-use", "to-cancel", "requested", "cancelled"] as const
export type OutsideState = (typeof OUTSIDE_STATES)[number]

export function outsideStateOf({ cancellation }: Pick<OutsideAccount, "cancellation">): OutsideState {
  if (cancellation === null) return "in-use"
  if (cancellation.confirmed !== null) return "cancelled"
  return cancellation.requested === null ? "to-cancel" : "requested"
}
