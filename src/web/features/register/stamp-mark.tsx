import type { RegisterRowView } from "../../../modules/deliveries/contract.ts"
import { rocDate } from "../../../kernel/roc-date.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { useSay } from "../../text/language.tsx"

const TEXT = { acting: { zh: "代理 {name}", en: "for {name}" } } as const

/** A 職章 as it is drawn; the approval itself is in the ledger. */
export function StampMark({ stamp }: { readonly stamp: RegisterRowView["stamps"][number] | undefined }) {
  const say = useSay()
  if (stamp === undefined) return null
  return (
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
  )
}
