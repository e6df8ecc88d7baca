import type { DutyId } from "../duties.ts"

/** What kind of "no" it is; `platform/http` turns each into one HTTP status. */
export type RefusalKind =
  | "invalid" // the input is wrong: 422
  | "unauthenticated" // nobody is signed in: 401
  | "forbidden" // this person may not: 403
  | "missing" // it does not exist, or not for this person: 404
  | "conflict" // not in this state, or not yet: 409
  | "too-large" // 413
  | "too-many" // 429
  | "unavailable" // a peer or the ledger cannot answer: 503

export interface RefusalEntry {
  /** The duty whose text demands it, or `internal` for 機關內部控制 (stricter than the regulation), or a statute. */
  readonly source: { readonly duty: DutyId } | "internal" | { readonly statute: string }
  readonly kind: RefusalKind
  /** Says what happened, what was kept and what to do. `{name}` takes the refusal's detail. */
  readonly zh: string
  readonly en: string
}

export type RefusalTable = Readonly<Record<string, RefusalEntry>>
