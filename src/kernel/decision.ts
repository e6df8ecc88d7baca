/** Values that RFC 8785 can canonicalise. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Why a command did not happen. `code` is a key of the one refusal table in `regulation/refusals`. */
export interface Refusal<Code extends string = string> {
  readonly code: Code
  /** Values the message names, such as `{ column: "使用目的" }`. Never personal data. */
  readonly detail?: Readonly<Record<string, string | number>>
}

/** Something that happened, in the past tense, before the ledger gives it an index. */
export interface Fact {
  readonly kind: string
  /** Duty ids this fact is evidence for. */
  readonly duties: readonly string[]
  /** The thing that changed. */
  readonly about: { readonly type: string; readonly id: string }
  /** Other things it mentions: type → id. Ids only, never personal data. */
  readonly refs?: Readonly<Record<string, string>>
  /** Raw identifiers of the data subjects concerned; the ledger keeps keyed pseudonyms of them only. */
  readonly subjects?: readonly string[]
  /** How long its payload is kept; a record type of the policy pack. */
  readonly retention: string
  /** Sealed beside the ledger under the retention class and month; must hold no secrets. */
  readonly payload: { readonly [key: string]: Json | undefined }
}

export type Decision<Next> =
  | { readonly ok: true; readonly next: Next; readonly facts: readonly Fact[] }
  | { readonly ok: false; readonly refusals: readonly [Refusal, ...Refusal[]] }

export function accepted<Next>(next: Next, ...facts: readonly Fact[]): Decision<Next> {
  return { ok: true, next, facts }
}

/** Refuses with every reason found, so that the user learns all of them at once. */
export function refused(
  first: Refusal,
  ...others: readonly Refusal[]
): { readonly ok: false; readonly refusals: readonly [Refusal, ...Refusal[]] } {
  return { ok: false, refusals: [first, ...others] }
}

/** The refusals among the outcomes of rules; `null` means that the rule is kept. */
export function gather<R extends Refusal>(...outcomes: readonly (R | null)[]): R[] {
  return outcomes.filter((o) => o !== null)
}

/** Refuses if any rule is broken, otherwise decides. */
export function decideUnless<Next>(broken: readonly Refusal[], decide: () => Decision<Next>): Decision<Next> {
  const [first, ...others] = broken
  return first === undefined ? decide() : refused(first, ...others)
}
