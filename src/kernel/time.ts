import type { Brand } from "./ids.ts"

/** A point in time: RFC 3339 in UTC with milliseconds, `2026-11-23T01:02:03.004Z`; sorts as text. */
export type Instant = Brand<string, "Instant">

/** A civil date in Asia/Taipei: `2026-11-23`; sorts as text. */
export type CivilDate = Brand<string, "CivilDate">

/** The only source of time. Tests drive it; production reads the machine. */
export interface Clock {
  now(): Instant
}

const TAIPEI_OFFSET_MS = 8 * 3_600_000

/** Milliseconds since the epoch as an Instant. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant
}

export function epochMs(instant: Instant): number {
  return Date.parse(instant)
}

/** The civil date in Taipei (UTC+8, no daylight saving since 1979) at `instant`. */
export function taipeiDate(instant: Instant): CivilDate {
  return new Date(epochMs(instant) + TAIPEI_OFFSET_MS).toISOString().slice(0, 10) as CivilDate
}

/** The first instant of `date` in Taipei. */
export function startOfTaipeiDay(date: CivilDate): Instant {
  return instantOf(Date.parse(`${date}T00:00:00.000Z`) - TAIPEI_OFFSET_MS)
}

/** `instant` moved by `ms` milliseconds. */
export function plusMs(instant: Instant, ms: number): Instant {
  return instantOf(epochMs(instant) + ms)
}
