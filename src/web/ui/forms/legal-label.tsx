import type { DutyId } from "../../../regulation/duties.ts"
import { citeDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"

/** A field's label with the point and item beside it. */
export function LegalLabel({ text, duty }: { readonly text: string; readonly duty?: DutyId }) {
  const { language } = useLanguage()
  return (
    <span data-duty={duty}>
      {text}
      {duty !== undefined && <span className="cite">{citeDuty(duty, language)}</span>}
    </span>
  )
}
