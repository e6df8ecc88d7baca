import type { RegisterRowView } from "../../../modules/deliveries/contract.ts"
import { rocDate, rocDateTime } from "../../../kernel/roc-date.ts"
import type { CivilDate, Instant } from "../../../kernel/time.ts"
import { useSay, type Text } from "../../text/language.tsx"

const TEXT = {
  acting: { zh: "代理 {name}", en: "for {name}" },
  system: { zh: "系統 {at}", en: "system {at}" },
} as const

/** Column 9 holds two seals; which is which stands above each. */
export const SEALS = {
  release: { zh: "提供前核章", en: "Before release" },
  closing: { zh: "結案核章", en: "Closing" },
} as const satisfies Record<string, Text>

interface Props {
  readonly stamp: RegisterRowView["stamps"][number] | undefined
  readonly caption?: Text | undefined
}

/** A 職章 as it is drawn, with the system's time beside the 註記日期; the approval itself is in the ledger. */
export function StampMark({ stamp, caption }: Props) {
  const say = useSay()
  if (stamp === undefined) return null
  return (
    <span className="sealed">
      {caption !== undefined && <span className="seal-note">{say(caption)}</span>}
      <span className="stamp">
        {stamp.unitName}
        <br />
        {stamp.title} <strong>{stamp.name}</strong>
        <br />
        {rocDate(stamp.notedOn as CivilDate)}
        {stamp.onBehalfOf !== null && (
          <>
            <br />
            {say(TEXT.acting, { name: stamp.onBehalfOf })}
          </>
        )}
      </span>
      <span className="seal-note">{say(TEXT.system, { at: rocDateTime(stamp.stampedAt as Instant) })}</span>
    </span>
  )
}
