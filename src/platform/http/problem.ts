import type { Problem } from "../../contract/problem.ts"
import type { Refusal } from "../../kernel/decision.ts"
import type { RefusalKind } from "../../regulation/refusals/kinds.ts"
import { REFUSALS, type RefusalCode } from "../../regulation/refusals/index.ts"
import { sentence, sourceLabel } from "../../regulation/rule.ts"

/** The one place where a kind of refusal becomes an HTTP status. */
const STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  "too-large": 413,
  "too-many": 429,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8"

/** RFC 9457 problem details for refusals; the first decides the status. */
export function problemOf(refusals: readonly [Refusal, ...Refusal[]]): Problem {
  const first = refusals[0]
  return {
    type: `urn:hushou:refusal:${first.code}`,
    title: sentence(first, "zh"),
    status: STATUS[REFUSALS[first.code as RefusalCode].kind],
    refusals: refusals.map((r) => ({
      code: r.code,
      source: sourceLabel(r.code as RefusalCode),
      zh: sentence(r, "zh"),
      en: sentence(r, "en"),
    })),
  }
}
