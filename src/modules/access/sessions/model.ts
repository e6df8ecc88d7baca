import type { PersonActor, SessionStage } from "../../../kernel/actor.ts"
import type { Refusal } from "../../../kernel/decision.ts"
import type { AccountId } from "../../../kernel/ids.ts"
import { rocDateTime } from "../../../kernel/roc-date.ts"
import { plusMs, type Instant } from "../../../kernel/time.ts"
import type { PolicyPack } from "../../../regulation/packs/schema.ts"
import { refuse } from "../../../regulation/rule.ts"

/** Where somebody signs in from, as far as a server can tell. */
export interface Place {
  readonly address: string
  /** The browser's own words, cut short. */
  readonly agent: string
  /** SHA-256 of the token that the browser keeps. */
  readonly device: Buffer
}

/** Why a session is over, for whoever holds it still. */
export const SESSION_ENDS = ["replaced", "password", "owner"] as const
export type SessionEnd = (typeof SESSION_ENDS)[number]

export interface Session extends Place {
  readonly id: string
  readonly account: AccountId
  readonly stage: SessionStage
  readonly createdAt: Instant
  readonly lastSeenAt: Instant
  readonly endedAt: Instant | null
  readonly endedWhy: SessionEnd | null
  readonly endedFrom: string | null
}

type Terms = PolicyPack["session"]

/** The latest moment at which a session that is seen no more is over. */
export function idleSince(now: Instant, { idleMinutes }: Terms): Instant {
  return plusMs(now, -idleMinutes.value * 60_000)
}

export function maxMs({ maxMinutes }: Terms): number {
  return maxMinutes.value * 60_000
}

export function isLive(
  { endedAt, createdAt, lastSeenAt }: Pick<Session, "endedAt" | "createdAt" | "lastSeenAt">,
  now: Instant,
  terms: Terms,
): boolean {
  return endedAt === null && lastSeenAt > idleSince(now, terms) && createdAt > plusMs(now, -maxMs(terms))
}

const ENDED = {
  replaced: "SESSION_REPLACED",
  password: "SESSION_ENDED_BY_PASSWORD",
  owner: "SESSION_ENDED_BY_OWNER",
} as const satisfies Record<SessionEnd, string>

/** What the one who held the session is told about its end; `null` for terms that simply ran out. */
export function toldOf({
  endedAt,
  endedWhy,
  endedFrom,
}: Pick<Session, "endedAt" | "endedWhy" | "endedFrom">): Refusal | null {
  if (endedAt === null || endedWhy === null) return null
  return refuse(ENDED[endedWhy], { at: rocDateTime(endedAt), address: endedFrom ?? "" })
}

/** Who asks, by their session. */
export interface Found {
  readonly actor: PersonActor
  readonly session: Session
}
