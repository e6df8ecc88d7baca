import {
  lapseDelivery,
  notifyReady,
  printNotice,
  requestDownload,
} from "../../../../modules/deliveries/contract.ts"
import { addressOf } from "../../../api/address.ts"
import { call } from "../../../api/call.ts"
import { useSay } from "../../../text/language.tsx"
import { RocDateTimeField } from "../../../ui/dates/fields.tsx"
import { rightNow } from "../../../ui/dates/typed.ts"
import { LongTextField } from "../../../ui/forms/fields.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { useForm } from "../../../ui/forms/use-form.ts"
import { blankNotice, ChannelFields, useMailIsSent, type NoticeDraft } from "../../notices/channel-fields.tsx"
import { COMMANDS } from "../words.ts"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  send: { zh: "送出通知", en: "Give notice" },
  lapse: { zh: "登錄撤回", en: "Record withdrawal" },
  reason: { zh: "理由", en: "Reason" },
  happened: { zh: "發生時間", en: "When" },
} as const

function channelOf({ kind, number, date, receiver, scan }: NoticeDraft) {
  return kind === "mail"
    ? ({ kind } as const)
    : ({
        kind: "paper",
        number,
        date,
        receiver: receiver === "" ? null : receiver,
        scan: scan === "" ? null : scan,
      } as const)
}

/** 6-1a and 6-1c: written notice, by mail or on paper. */
export function NoticeDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const duty = command === "notify-ready" ? "6-1c" : "6-1a"
  const isMailSent = useMailIsSent()
  const { value, change, form } = useForm({
    draft: `notice.${duty}.${detail.id}`,
    initial: blankNotice(isMailSent),
    send: (value) =>
      call(duty === "6-1c" ? notifyReady : requestDownload, {
        params: { id: detail.id },
        body: { happenedAt: value.at, channel: channelOf(value) },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(COMMANDS[command] ?? TEXT.send)} opened {...form} submit={say(TEXT.send)}>
      <ChannelFields
        value={value}
        onChange={change}
        duty={duty}
        receivers={detail.receivers[duty].map(({ person, unitName, title, name }) => ({
          value: person,
          label: `${unitName} ${title} ${name}`,
        }))}
        form={addressOf(printNotice, { params: { id: detail.id }, query: { duty } })}
      />
    </FormDialog>
  )
}

export function LapseDialog({ detail, onClose }: ActProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `lapse.${detail.id}`,
    initial: { reason: "", happenedAt: rightNow() },
    send: (value) => call(lapseDelivery, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.lapse)} opened {...form} submit={say(TEXT.lapse)}>
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
      <RocDateTimeField
        label={say(TEXT.happened)}
        value={value.happenedAt}
        onChange={(happenedAt) => change({ happenedAt })}
      />
    </FormDialog>
  )
}
