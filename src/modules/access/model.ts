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
  readonly version: number
  readonly createdAt: Instant
}

/** 附表十: five failures lock for at least fifteen minutes. */
export const LOCK_AFTER_FAILURES = 5
export const LOCK_MS = 15 * 60_000

export const SESSION_IDLE_MS = 30 * 60_000
export const SESSION_MAX_MS = 12 * 3_600_000
export const LINK_MS = 24 * 3_600_000
export const PASSWORD_MIN_LENGTH = 12
