import type { AccountId, PersonId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"

export interface Account {
  readonly id: AccountId
  readonly person: PersonId
  readonly loginName: string
  /** argon2id in PHC form; `null` until the person has set one by a one-time link. */
  readonly passwordHash: string | null
  readonly passwordSetAt: Instant | null
  readonly disabledAt: Instant | null
  /** When it was created or last enabled. */
  readonly inUseSince: Instant
  readonly version: number
  readonly createdAt: Instant
}

export const LINK_MS = 24 * 3_600_000
