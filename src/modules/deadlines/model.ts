import type { DeadlineId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import type { DutyId } from "../../regulation/duties.ts"
import type { Due, Term } from "../../regulation/period/period.ts"

/** The thing that must be done in time. */
export interface Subject {
  readonly type: string
  readonly id: string
}

/** Who answers for it; with no person named, the head of the unit. */
export interface Owner {
  readonly unit: UnitId
  readonly person: PersonId | null
}

/** A duty with a term. `basis` says where the term comes from, in Chinese: 第六點第（五）款「十日內」. */
export interface DeadlineDraft {
  readonly id: DeadlineId
  readonly duty: DutyId
  readonly about: Subject
  readonly itemNumber: string
  /** Path of the screen where it is done. */
  readonly link: string
  /** The day of the event, which is not counted (行政程序法 §48 II). */
  readonly eventDate: CivilDate
  readonly term: Term
  readonly basis: string
  readonly owner: Owner
}

interface Every extends DeadlineDraft {
  /** Computed on the calendar named in it. */
  readonly due: Due
  readonly openedAt: Instant
  /** When it was found that the last lawful day had passed undone. */
  readonly missedAt: Instant | null
  readonly version: number
}

export type OpenDeadline = Every & { readonly state: "open" }
export type Deadline =
  | OpenDeadline
  | (Every & { readonly state: "met"; readonly metAt: Instant })
  | (Every & { readonly state: "void"; readonly voidedAt: Instant; readonly reason: string })

/**
 * How urgent a deadline is on a morning. `N-days` before the safe day; `last-days` between the safe and the
 * legal day, when the head of the unit hears of it; `missed` after the legal day.
 */
export type Stage = `${number}-days` | "last-days" | "missed"

/** One edition of a year of the office calendar as imported here. */
export interface ImportedYear {
  readonly version: string
  readonly year: number
  readonly revision: number
  readonly csv: Uint8Array
  readonly sha256: string
  readonly importedAt: Instant
  readonly importedBy: PersonId
}
