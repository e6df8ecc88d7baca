import type { Refusal } from "../kernel/decision.ts"
import type { DutyId } from "./duties.ts"
import { REFUSALS, type RefusalCode } from "./refusals/index.ts"

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
