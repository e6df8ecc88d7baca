import { useQuery } from "@tanstack/react-query"
import { completeChange, readMoverOptions, type ChangeDetail } from "../../../modules/handover/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { OrderFields } from "./order-fields.tsx"

const TEXT = {
  title: { zh: "補登派令或另指定接任人員", en: "State the order or another successor" },
  effective: { zh: "生效日", en: "Effective day" },
  save: { zh: "儲存", en: "Save" },
} as const

interface Props {
  readonly detail: ChangeDetail
  readonly onClose: () => void
}

/** The days can be stated only while they are not; the kind and the successor until the change is closed. */
export function CompleteDialog({ detail, onClose }: Props) {
  const say = useSay()
  const options = useQuery({ queryKey: ["mover-options"], queryFn: () => call(readMoverOptions) })
  const { value, change, form } = useForm({
    draft: `complete.${detail.id}`,
    initial: {
      ...{ unit: detail.unit, person: detail.person, kind: detail.kind, effectiveOn: detail.effectiveOn },
      ...{ receivedOn: detail.receivedOn ?? "", successor: detail.successor ?? "" },
    },
    send: ({ kind, effectiveOn, receivedOn, successor }) =>
      call(completeChange, {
        params: { id: detail.id },
        body: {
          ...{ kind, effectiveOn },
          receivedOn: receivedOn === "" ? null : receivedOn,
          successor: successor === "" ? null : successor,
        },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.title)} opened {...form} submit={say(TEXT.save)}>
      {!detail.isComplete && (
        <RocDateField
          label={say(TEXT.effective)}
          duty="5-4a"
          value={value.effectiveOn}
          onChange={(effectiveOn) => change({ effectiveOn })}
        />
      )}
      <OrderFields kinds={options.data?.kinds ?? [detail.kind]} value={value} onChange={change} />
    </FormDialog>
  )
}
