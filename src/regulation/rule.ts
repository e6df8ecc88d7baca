import type { Refusal } from "../kernel/decision.ts"
import { DUTIES, type DutyId } from "./duties.ts"
import { REFUSALS, type RefusalCode } from "./refusals/index.ts"
import type { RefusalEntry } from "./refusals/kinds.ts"

/** A pure check that carries the duty it enforces. Returns the refusal, or `null` when the duty is kept. */
export interface Rule<Args extends readonly unknown[]> {
  (...args: Args): Refusal<RefusalCode> | null
  readonly duty: DutyId | "internal"
}

/** Names a rule after one duty; the duty trace (`tests/architecture`) reads `.duty` and the source text. */
export function rule<Args extends readonly unknown[]>(
  duty: DutyId | "internal",
  check: (...args: Args) => Refusal<RefusalCode> | null,
): Rule<Args> {
  return Object.assign((...args: Args) => check(...args), { duty })
}

export function refuse(code: RefusalCode, detail?: Refusal["detail"]): Refusal<RefusalCode> {
  return detail === undefined ? { code } : { code, detail }
}

/** The refusal's sentence with its `{placeholders}` filled, in the language asked. */
export function sentence(refusal: Refusal, language: "zh" | "en"): string {
  const known = REFUSALS[refusal.code as RefusalCode]
  return known[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(refusal.detail?.[name] ?? ""))
}

/** What demands the refusal: 第六點第（二）款 for the regulation itself, 機關內部控制, or the statute's name. */
export function sourceLabel(code: RefusalCode): string {
  return labelOf(REFUSALS[code].source)
}

function labelOf(source: RefusalEntry["source"]): string {
  if (source === "internal") return "機關內部控制"
  return "duty" in source ? DUTIES[source.duty].point : source.statute
}
