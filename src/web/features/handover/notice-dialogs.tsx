import { Radio } from "@mantine/core"
import {
  giveNotice,
  printChangeNotice,
  recordLetter,
  type ChangeDetail,
} from "../../../modules/handover/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { useEnvironment } from "../../api/use-environment.ts"
import { isDuty } from "../../text/citation.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField, RocDateTimeField } from "../../ui/dates/fields.tsx"
import { rightNow, today } from "../../ui/dates/typed.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { LegalLabel } from "../../ui/forms/legal-label.tsx"
import { ScanField } from "../../ui/forms/scan-field.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { OFFICES } from "./words.ts"

const TEXT = {
  title: { zh: "知會{office}", en: "Tell {office}" },
  how: { zh: "通知方式", en: "How" },
  mail: { zh: "電子郵件（伺服器收受後始完成通知）", en: "E-mail (given when a mail server has taken it)" },
  paper: { zh: "書面", en: "On paper" },
  notSent: {
    zh: "本系統未設定郵件伺服器：郵件僅存檔備查，並未寄出，不算完成通知；請以書面通知。",
    en: "No mail server is set: a mail is kept and not sent, and counts as no notice. Give it on paper.",
  },
  form: { zh: "列印職務異動通知供送達簽收", en: "Print the notice to be signed" },
  number: { zh: "文號", en: "Number" },
  date: { zh: "通知單日期", en: "Date of the paper" },
  receiver: { zh: "簽收人（通知單上簽名者）", en: "Who signed for it" },
  choose: { zh: "請選擇", en: "Choose" },
  scan: { zh: "經簽收之通知掃描檔", en: "Scan of the signed notice" },
  at: { zh: "簽收時間", en: "When it was signed for" },
  send: { zh: "送出通知", en: "Give notice" },
  sentOn: { zh: "發文日期", en: "Date of the letter" },
  save: { zh: "登錄", en: "Record" },
} as const

interface Props {
  readonly change: string
  readonly notice: ChangeDetail["notices"][number]
  readonly onClose: () => void
}

function blank(isMailSent: boolean) {
  return {
    ...{ kind: isMailSent ? "mail" : "paper", number: "", receiver: "", scan: "" },
    ...{ date: today(), at: rightNow() },
  }
}
type Draft = ReturnType<typeof blank>

function channelOf({ kind, number, date, receiver, scan }: Draft) {
  return kind === "mail"
    ? ({ kind: "mail" } as const)
    : ({ kind: "paper", number, date, receiver, scan } as const)
}

/** 5-4c or 5-4d: one office is told, by mail or on paper. */
export function NoticeDialog({ change: id, notice, onClose }: Props) {
  const say = useSay()
  const { office, duty } = notice
  const isNotSent = useEnvironment()?.mailIsSent === false
  const { value, change, form } = useForm({
    draft: `personnel-notice.${office}.${id}`,
    initial: blank(!isNotSent),
    send: (draft) =>
      call(giveNotice, {
        params: { id, office },
        body: { happenedAt: draft.kind === "mail" ? rightNow() : draft.at, channel: channelOf(draft) },
      }),
    onClose,
  })
  const how = isDuty(duty) ? <LegalLabel text={say(TEXT.how)} duty={duty} /> : say(TEXT.how)
  return (
    <FormDialog
      title={say(TEXT.title, { office: say(OFFICES[office]) })}
      opened
      {...form}
      submit={say(TEXT.send)}
    >
      <Radio.Group label={how} value={value.kind} onChange={(kind) => change({ kind })}>
        <Radio value="mail" label={say(TEXT.mail)} mt={4} />
        <Radio value="paper" label={say(TEXT.paper)} mt={4} />
      </Radio.Group>
      {isNotSent && <p role="note">{say(TEXT.notSent)}</p>}
      {value.kind === "paper" && (
        <>
          <a href={addressOf(printChangeNotice, { params: { id, office } })} target="_blank" rel="noreferrer">
            {say(TEXT.form)}
          </a>
          <PaperFields value={value} receivers={notice.receivers} onChange={change} />
        </>
      )}
    </FormDialog>
  )
}

interface PaperProps {
  readonly value: Draft
  readonly receivers: Props["notice"]["receivers"]
  readonly onChange: (part: Partial<Draft>) => void
}

function PaperFields({ value, receivers, onChange }: PaperProps) {
  const say = useSay()
  return (
    <>
      <TextField
        label={say(TEXT.number)}
        value={value.number}
        onChange={(number) => onChange({ number })}
        required
      />
      <RocDateField label={say(TEXT.date)} value={value.date} onChange={(date) => onChange({ date })} />
      <SelectField
        label={say(TEXT.receiver)}
        options={[
          { value: "", label: say(TEXT.choose) },
          ...receivers.map(({ person, name }) => ({ value: person, label: name })),
        ]}
        value={value.receiver}
        onChange={(receiver) => onChange({ receiver })}
        required
      />
      <ScanField label={say(TEXT.scan)} isKept={value.scan !== ""} onKept={(scan) => onChange({ scan })} />
      <RocDateTimeField label={say(TEXT.at)} value={value.at} onChange={(at) => onChange({ at })} />
    </>
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
