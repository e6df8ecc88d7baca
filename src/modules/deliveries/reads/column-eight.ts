import { rocDateTime } from "../../../kernel/roc-date.ts"
import type { Delivery } from "../model.ts"
import type { RegisterEntry } from "../register.ts"

/** What became of the comparison, to stand after its signed words in column 8: the doubt raised, the confirmation. */
export function comparisonNotes({ stamps }: RegisterEntry, delivery: Delivery): string[] {
  if (!("comparison" in delivery)) return []
  const raised = "dispute" in delivery ? delivery.dispute : null
  return [
    ...(raised === null
      ? []
      : [`向提供機關提出疑義（發文字號：${raised.letter}，${rocDateTime(raised.happenedAt)}）`]),
    ...(stamps.closing !== undefined && !delivery.comparison.matches ? ["經業務單位主管確認無誤"] : []),
  ]
}
