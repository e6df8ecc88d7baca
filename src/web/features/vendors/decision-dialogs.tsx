import {
  confirmAgreement,
  confirmExtension,
  endAgreement,
  rejectAgreement,
  rejectExtension,
} from "../../../modules/vendors/contract.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { LongTextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import type { AgreementDialogProps, Closable } from "./dialog-props.ts"
import { commandName } from "./words.ts"

const TEXT = {
  reason: { zh: "理由", en: "Reason" },
  confirms: {
    zh: "確認後，列入之人員自起日起得於範圍內使用，至迄日屆滿即時失效。",
    en: "Those on it then work within its scope from its first day, and stop the minute it ends.",
  },
  extends: { zh: "確認後，效期延至新迄日。", en: "It then lasts to its new last day." },
  ends: {
    zh: "送出後，全體列入人員及其下複委託廠商人員之職務即時終止，登入中者立即登出。",
    en: "Everybody on it, sub-contractors' people too, loses their posts at once and is signed out.",
  },
} as const

export function ConfirmDialog({ agreement, onClose }: AgreementDialogProps) {
  const send = () => call(confirmAgreement, { params: { id: agreement.id }, body: {} })
  return <PlainDialog command="confirm-agreement" says={TEXT.confirms} {...{ send, onClose }} />
}

export function ConfirmExtensionDialog({ agreement, onClose }: AgreementDialogProps) {
  const send = () => call(confirmExtension, { params: { id: agreement.id }, body: {} })
  return <PlainDialog command="confirm-extension" says={TEXT.extends} {...{ send, onClose }} />
}

interface PlainProps extends Closable {
  readonly command: string
  readonly says: Text
  readonly send: () => Promise<unknown>
}

function PlainDialog({ command, says, send, onClose }: PlainProps) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(send, onClose)
  return (
    <FormDialog
      title={say(commandName(command))}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(commandName(command))}
    >
      <p>{say(says)}</p>
    </FormDialog>
  )
}

export function RejectDialog({ agreement, onClose }: AgreementDialogProps) {
  const { id } = agreement
  const send = (reason: string) => call(rejectAgreement, { params: { id }, body: { reason } })
  return <ReasonDialog command="reject-agreement" {...{ id, send, onClose }} />
}

export function RejectExtensionDialog({ agreement, onClose }: AgreementDialogProps) {
  const { id } = agreement
  const send = (reason: string) => call(rejectExtension, { params: { id }, body: { reason } })
  return <ReasonDialog command="reject-extension" {...{ id, send, onClose }} />
}

export function EndDialog({ agreement, onClose }: AgreementDialogProps) {
  const { id } = agreement
  const send = (reason: string) => call(endAgreement, { params: { id }, body: { reason } })
  return <ReasonDialog command="end-agreement" says={TEXT.ends} {...{ id, send, onClose }} />
}

interface ReasonProps extends Closable {
  readonly id: string
  readonly command: string
  readonly says?: Text
  readonly send: (reason: string) => Promise<unknown>
}

function ReasonDialog({ id, command, says, send, onClose }: ReasonProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `${command}.${id}`,
    initial: { reason: "" },
    send: ({ reason }) => send(reason),
    onClose,
  })
  return (
    <FormDialog title={say(commandName(command))} opened {...form} submit={say(commandName(command))}>
      {says !== undefined && <p>{say(says)}</p>}
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}
