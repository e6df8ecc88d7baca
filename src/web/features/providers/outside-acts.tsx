import {
  confirmOutsideCancellation,
  recordOutsideChange,
  requestOutsideCancellation,
  type OutsideAccountView,
} from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { ACTS } from "./outside-words.ts"

const TEXT = {
  changedOn: { zh: "密碼變更日期", en: "Changed on" },
  requestedOn: { zh: "申請註銷日期", en: "Requested on" },
  confirmedOn: { zh: "提供機關確認註銷日期", en: "Confirmed by the provider on" },
  documentNumber: { zh: "申請註銷文號", en: "Document number" },
  reason: { zh: "註銷事由", en: "Reason" },
  save: { zh: "登錄", en: "Record" },
} as const

interface Props {
  readonly account: OutsideAccountView
  readonly onClose: () => void
}

/** 5-4a and 5-4b say the same of the two classes. */
function leavingDuty({ class: of }: OutsideAccountView) {
  return of === "operation" ? "5-4a" : "5-4b"
}

export function ChangeDialog({ account: { id, system, name }, onClose }: Props) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `outside-change.${id}`,
    initial: { on: today() },
    send: (body) => call(recordOutsideChange, { params: { id }, body }),
    onClose,
  })
  return (
    <FormDialog title={`${say(ACTS.change)}：${system} ${name}`} opened {...form} submit={say(TEXT.save)}>
      <RocDateField
        label={say(TEXT.changedOn)}
        duty="5-3a"
        value={value.on}
        onChange={(on) => change({ on })}
      />
    </FormDialog>
  )
}

export function RequestDialog({ account, onClose }: Props) {
  const say = useSay()
  const { id, system, name, cancellation } = account
  const { value, change, form } = useForm({
    draft: `outside-request.${id}`,
    initial: { on: today(), documentNumber: "", reason: cancellation?.reason ?? "" },
    send: (body) => call(requestOutsideCancellation, { params: { id }, body }),
    onClose,
  })
  return (
    <FormDialog title={`${say(ACTS.request)}：${system} ${name}`} opened {...form} submit={say(TEXT.save)}>
      <RocDateField
        label={say(TEXT.requestedOn)}
        duty={leavingDuty(account)}
        value={value.on}
        onChange={(on) => change({ on })}
      />
      <TextField
        label={say(TEXT.documentNumber)}
        value={value.documentNumber}
        onChange={(documentNumber) => change({ documentNumber })}
        required
      />
      {cancellation === null && (
        <TextField
          label={say(TEXT.reason)}
          value={value.reason}
          onChange={(reason) => change({ reason })}
          required
        />
      )}
    </FormDialog>
  )
}

export function ConfirmDialog({ account, onClose }: Props) {
  const say = useSay()
  const { id, system, name } = account
  const { value, change, form } = useForm({
    draft: `outside-confirm.${id}`,
    initial: { on: today() },
    send: (body) => call(confirmOutsideCancellation, { params: { id }, body }),
    onClose,
  })
  return (
    <FormDialog title={`${say(ACTS.confirm)}：${system} ${name}`} opened {...form} submit={say(TEXT.save)}>
      <RocDateField
        label={say(TEXT.confirmedOn)}
        duty={leavingDuty(account)}
        value={value.on}
        onChange={(on) => change({ on })}
      />
    </FormDialog>
  )
}
