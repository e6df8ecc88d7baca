import { DUTY_OF_AUTHORITY } from "../../../regulation/authorities.ts"
import {
  confirmOutsideCancellation,
  openOutsideEvidence,
  recordOutsideChange,
  requestOutsideCancellation,
  seeOutsideChange,
  type OutsideAccountView,
} from "../../../modules/providers/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { today } from "../../ui/dates/typed.ts"
import { TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { ScanField } from "../../ui/forms/scan-field.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { ACTS } from "./outside-words.ts"

const TEXT = {
  changedOn: { zh: "密碼變更日期", en: "Changed on" },
  requestedOn: { zh: "申請註銷日期", en: "Requested on" },
  confirmedOn: { zh: "提供機關確認註銷日期", en: "Confirmed by the provider on" },
  documentNumber: { zh: "申請註銷文號", en: "Document number" },
  reason: { zh: "註銷事由", en: "Reason" },
  evidence: { zh: "佐證（掃描檔）", en: "Evidence (scan)" },
  sees: {
    zh: "下列密碼變更經持有人登錄，請核閱。",
    en: "The holder recorded these changes of the password.",
  },
  save: { zh: "登錄", en: "Record" },
} as const

interface Props {
  readonly account: OutsideAccountView
  readonly onClose: () => void
}

export function ChangeDialog({ account: { id, system, name }, onClose }: Props) {
  const say = useSay()
  const mayScan = useHolds("handler", "center-handler", "it-handler")
  const { value, change, form } = useForm({
    draft: `outside-change.${id}`,
    initial: { on: today(), scan: "" },
    send: ({ on, scan }) =>
      call(recordOutsideChange, { params: { id }, body: { on, scan: scan === "" ? null : scan } }),
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
      {mayScan && (
        <ScanField
          label={say(TEXT.evidence)}
          isOptional
          isKept={value.scan !== ""}
          onKept={(scan) => change({ scan })}
        />
      )}
    </FormDialog>
  )
}

export function SeeDialog({ account: { id, system, name, changes }, onClose }: Props) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(
    () => call(seeOutsideChange, { params: { id }, body: {} }),
    onClose,
  )
  return (
    <FormDialog
      title={`${say(ACTS.see)}：${system} ${name}`}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(ACTS.see)}
    >
      <p>{say(TEXT.sees)}</p>
      <ul>
        {changes
          .filter(({ seenAt }) => seenAt === null)
          .map(({ on, at, scan }) => (
            <li key={at}>
              <RocDate date={on} />{" "}
              {scan !== null && (
                <a
                  href={addressOf(openOutsideEvidence, { params: { id, scan } })}
                  target="_blank"
                  rel="noreferrer"
                >
                  {say(TEXT.evidence)}
                </a>
              )}
            </li>
          ))}
      </ul>
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
        duty={DUTY_OF_AUTHORITY[account.class]}
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
        duty={DUTY_OF_AUTHORITY[account.class]}
        value={value.on}
        onChange={(on) => change({ on })}
      />
    </FormDialog>
  )
}
