import { Alert } from "@mantine/core"
import {
  confirmCorrection,
  proposeCorrection,
  rejectCorrection,
  withdrawCorrection,
} from "../../../../modules/deliveries/contract.ts"
import { call } from "../../../api/call.ts"
import { useAct } from "../../../api/use-act.ts"
import { useSay } from "../../../text/language.tsx"
import { RocDateTimeField } from "../../../ui/dates/fields.tsx"
import { LongTextField, SelectField } from "../../../ui/forms/fields.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { useForm } from "../../../ui/forms/use-form.ts"
import { CorrectionText } from "../../register/correction-text.tsx"
import { COMMANDS } from "../words.ts"
import type { ActProps } from "./act-props.ts"
import { ColumnFields, proposalFrom } from "./register-dialogs.tsx"

const TEXT = {
  noticedAt: { zh: "提供機關通知時間", en: "Time of the provider's notice" },
  handler: { zh: "業務單位承辦人", en: "Handler" },
  both: {
    zh: "更正須經兩位核章人確認後生效；原核章內容保留並列印於旁。第七欄為職章本身，不得更正。",
    en: "A correction stands when both stampers confirm; what was stamped stays beside. Column 7 is the stamp itself.",
  },
  reason: { zh: "更正理由", en: "Reason" },
  why: { zh: "退回理由", en: "Why it is rejected" },
  propose: { zh: "提出更正", en: "Propose" },
  confirm: { zh: "確認更正", en: "Confirm" },
  reject: { zh: "退回更正", en: "Reject" },
  withdraw: { zh: "撤回更正", en: "Withdraw" },
} as const

export function CorrectionDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `correct.${detail.id}.${detail.entry?.version ?? 0}`,
    initial: {
      ...proposalFrom(detail),
      noticedAt: detail.entry?.columns.noticedAt ?? detail.announcement.happenedAt,
      handler: (detail.entry?.columns.handler ?? detail.handler).person,
      reason: "",
    },
    send: (value) => call(proposeCorrection, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog
      title={say(COMMANDS[command] ?? TEXT.propose)}
      opened
      isWide
      {...form}
      submit={say(TEXT.propose)}
    >
      <Alert color="orange">{say(TEXT.both)}</Alert>
      <ColumnFields
        detail={detail}
        value={value}
        onChange={change}
        noticedAt={
          <RocDateTimeField
            label={say(TEXT.noticedAt)}
            value={value.noticedAt}
            onChange={(noticedAt) => change({ noticedAt })}
          />
        }
        handler={
          <HandlerField detail={detail} value={value.handler} onChange={(handler) => change({ handler })} />
        }
      />
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}

interface HandlerProps extends Pick<ActProps, "detail"> {
  readonly value: string
  readonly onChange: (handler: string) => void
}

/** Column 5: who is named, or another 承辦人 of the unit. */
function HandlerField({ detail, value, onChange }: HandlerProps) {
  const say = useSay()
  const named = detail.entry?.columns.handler ?? detail.handler
  const others = detail.unitHandlers.filter(({ person }) => person !== named.person)
  const options = [named, ...others].map(({ person, title, name }) => ({
    value: person,
    label: `${title} ${name}`,
  }))
  return (
    <SelectField label={say(TEXT.handler)} duty="5-5c" options={options} value={value} onChange={onChange} />
  )
}

export function ConfirmCorrectionDialog(props: ActProps) {
  return <SettleDialog {...props} endpoint={confirmCorrection} submit={TEXT.confirm} />
}

export function WithdrawCorrectionDialog(props: ActProps) {
  return <SettleDialog {...props} endpoint={withdrawCorrection} submit={TEXT.withdraw} />
}

interface SettleProps extends ActProps {
  readonly endpoint: typeof confirmCorrection | typeof withdrawCorrection
  readonly submit: (typeof TEXT)["confirm" | "withdraw"]
}

/** Shows what waits for confirmation, column by column, before it is confirmed or taken back. */
function SettleDialog({ detail, onClose, endpoint, submit }: SettleProps) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(
    () => call(endpoint, { params: { id: detail.id }, body: {} }),
    onClose,
  )
  return (
    <FormDialog
      title={say(submit)}
      opened
      isWide
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(submit)}
    >
      <Pending detail={detail} />
    </FormDialog>
  )
}

export function RejectCorrectionDialog({ detail, onClose }: ActProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `reject.${detail.id}.${detail.entry?.version ?? 0}`,
    initial: { reason: "" },
    send: (value) => call(rejectCorrection, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.reject)} opened isWide {...form} submit={say(TEXT.reject)}>
      <Pending detail={detail} />
      <LongTextField
        label={say(TEXT.why)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}

function Pending({ detail: { entry } }: Pick<ActProps, "detail">) {
  if (entry?.correction == null) return null
  return <CorrectionText correction={entry.correction} before={entry.columns} madeAt={null} />
}
