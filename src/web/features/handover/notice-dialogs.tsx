import {
  giveNotice,
  printChangeNotice,
  recordLetter,
  type ChangeDetail,
} from "../../../modules/handover/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { isDuty } from "../../text/citation.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { rightNow, today } from "../../ui/dates/typed.ts"
import { TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { blankNotice, ChannelFields, useMailIsSent, type NoticeDraft } from "../notices/channel-fields.tsx"
import { OFFICES } from "./words.ts"

const TEXT = {
  title: { zh: "知會{office}", en: "Tell {office}" },
  number: { zh: "文號", en: "Number" },
  send: { zh: "送出通知", en: "Give notice" },
  sentOn: { zh: "發文日期", en: "Date of the letter" },
  save: { zh: "登錄", en: "Record" },
} as const

interface Props {
  readonly change: string
  readonly notice: ChangeDetail["notices"][number]
  readonly onClose: () => void
}

function channelOf({ kind, number, date, receiver, scan }: NoticeDraft) {
  return kind === "mail"
    ? ({ kind: "mail" } as const)
    : ({ kind: "paper", number, date, receiver, scan } as const)
}

/** 5-4c or 5-4d: one office is told, by mail or on paper. */
export function NoticeDialog({ change: id, notice, onClose }: Props) {
  const say = useSay()
  const { office, duty } = notice
  const isMailSent = useMailIsSent()
  const { value, change, form } = useForm({
    draft: `personnel-notice.${office}.${id}`,
    initial: blankNotice(isMailSent),
    send: (draft) =>
      call(giveNotice, {
        params: { id, office },
        body: { happenedAt: draft.kind === "mail" ? rightNow() : draft.at, channel: channelOf(draft) },
      }),
    onClose,
  })
  return (
    <FormDialog
      title={say(TEXT.title, { office: say(OFFICES[office]) })}
      opened
      {...form}
      submit={say(TEXT.send)}
    >
      <ChannelFields
        value={value}
        onChange={change}
        duty={isDuty(duty) ? duty : undefined}
        receivers={notice.receivers.map(({ person, name }) => ({ value: person, label: name }))}
        form={addressOf(printChangeNotice, { params: { id, office } })}
      />
    </FormDialog>
  )
}

/** A provider is told by a letter of the document system. */
export function LetterDialog({ change: id, notice, onClose }: Props) {
  const say = useSay()
  const { office } = notice
  const { value, change, form } = useForm({
    draft: `personnel-letter.${id}`,
    initial: { number: "", date: today() },
    send: (body) => call(recordLetter, { params: { id, office }, body }),
    onClose,
  })
  return (
    <FormDialog
      title={say(TEXT.title, { office: say(OFFICES[office]) })}
      opened
      {...form}
      submit={say(TEXT.save)}
    >
      <TextField
        label={say(TEXT.number)}
        value={value.number}
        onChange={(number) => change({ number })}
        required
      />
      <RocDateField label={say(TEXT.sentOn)} value={value.date} onChange={(date) => change({ date })} />
    </FormDialog>
  )
}
