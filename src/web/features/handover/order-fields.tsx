import { Checkbox } from "@mantine/core"
import { skipToken, useQuery } from "@tanstack/react-query"
import type { ChangeLine } from "../../../modules/handover/contract.ts"
import { listPeople } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField } from "../../ui/forms/fields.tsx"
import { kindText } from "./words.ts"

const TEXT = {
  kind: { zh: "異動種類", en: "Kind of change" },
  isLate: { zh: "派令於生效日之後始到達", en: "The order arrived after its effective day" },
  received: { zh: "派令到達日（知會期限自此起算）", en: "Day the order arrived (terms run from it)" },
  successor: { zh: "接任人員", en: "Successor" },
  head: { zh: "未指定，由單位主管點收", en: "Nobody; the head of the unit accepts" },
} as const

interface Order {
  readonly unit: string
  readonly person: string
  readonly kind: ChangeLine["kind"]
  readonly receivedOn: string
  readonly successor: string
}

interface Props {
  readonly kinds: readonly ChangeLine["kind"][]
  readonly value: Order
  readonly onChange: (part: Partial<Order>) => void
}

/** What an order says beside its day: the kind, when it arrived if late, and who succeeds. */
export function OrderFields({ kinds, value, onChange }: Props) {
  const say = useSay()
  const people = useQuery({
    queryKey: ["people", "of", value.unit],
    queryFn:
      value.unit === "" ? skipToken : () => call(listPeople, { query: { unit: value.unit, size: 200 } }),
  })
  const others = (people.data?.items ?? []).filter(({ id }) => id !== value.person)
  return (
    <>
      <SelectField
        label={say(TEXT.kind)}
        options={kinds.map((kind) => ({ value: kind, label: say(kindText(kind)) }))}
        value={value.kind}
        onChange={(kind) => onChange({ kind })}
        required
      />
      <Checkbox
        label={say(TEXT.isLate)}
        checked={value.receivedOn !== ""}
        onChange={(event) => onChange({ receivedOn: event.currentTarget.checked ? today() : "" })}
      />
      {value.receivedOn !== "" && (
        <RocDateField
          label={say(TEXT.received)}
          duty="5-4c"
          value={value.receivedOn}
          onChange={(receivedOn) => onChange({ receivedOn })}
        />
      )}
      <SelectField
        label={say(TEXT.successor)}
        options={[
          { value: "", label: say(TEXT.head) },
          ...others.map(({ id, title, name }) => ({ value: id, label: `${title} ${name}` })),
        ]}
        value={value.successor}
        onChange={(successor) => onChange({ successor })}
      />
    </>
  )
}
