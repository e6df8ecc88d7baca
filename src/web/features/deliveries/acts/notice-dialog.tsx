import { Radio } from "@mantine/core"
import {
  lapseDelivery,
  notifyReady,
  printNotice,
  requestDownload,
  type DeliveryDetail,
} from "../../../../modules/deliveries/contract.ts"
import { addressOf } from "../../../api/address.ts"
import { call } from "../../../api/call.ts"
import { useEnvironment } from "../../../api/use-environment.ts"
import { useSay } from "../../../text/language.tsx"
import { RocDateField, RocDateTimeField } from "../../../ui/dates/fields.tsx"
import { rightNow, today } from "../../../ui/dates/typed.ts"
import { LongTextField, SelectField, TextField } from "../../../ui/forms/fields.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { LegalLabel } from "../../../ui/forms/legal-label.tsx"
import { ScanField } from "../../../ui/forms/scan-field.tsx"
import { useForm } from "../../../ui/forms/use-form.ts"
import { COMMANDS } from "../words.ts"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  how: { zh: "通知方式", en: "How" },
  mail: { zh: "電子郵件（伺服器收受後始完成通知）", en: "E-mail (given when a mail server has taken it)" },
  paper: { zh: "書面", en: "On paper" },
  notSent: {
    zh: "本系統未設定郵件伺服器：郵件僅存檔備查，並未寄出，不算完成通知；請以書面通知。",
    en: "No mail server is set: a mail is kept and not sent, and counts as no notice. Give it on paper.",
  },
  number: { zh: "文號", en: "Number" },
  date: { zh: "通知單日期", en: "Date of the paper" },
  receiver: { zh: "簽收人（通知單上簽名者）", en: "Who signed for it" },
  choose: { zh: "請選擇", en: "Choose" },
  scan: { zh: "經簽收之通知單掃描檔", en: "Scan of the signed form" },
  form: { zh: "列印通知單供送達簽收", en: "Print the form to be signed" },
  formHow: {
    zh: "請先列印通知單，填寫文號及日期，送請簽收後掃描，再登錄下列事項。",
    en: "Print the form first, number and date it, have it signed for, scan it, then record it here.",
  },
  at: { zh: "簽收時間", en: "When it was signed for" },
  send: { zh: "送出通知", en: "Give notice" },
  lapse: { zh: "登錄撤回", en: "Record withdrawal" },
  reason: { zh: "理由", en: "Reason" },
  happened: { zh: "發生時間", en: "When" },
} as const

interface NoticeDraft {
  readonly kind: string
  readonly number: string
  readonly date: string
  readonly receiver: string
  readonly scan: string
  readonly at: string
}

const BLANK = { number: "", receiver: "", scan: "" }

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
  const isNotSent = useEnvironment()?.mailIsSent === false
  const { value, change, form } = useForm({
    draft: `notice.${duty}.${detail.id}`,
    initial: { ...BLANK, kind: isNotSent ? "paper" : "mail", date: today(), at: rightNow() },
    send: (value) =>
      call(duty === "6-1c" ? notifyReady : requestDownload, {
        params: { id: detail.id },
        body: { happenedAt: value.at, channel: channelOf(value) },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(COMMANDS[command] ?? TEXT.send)} opened {...form} submit={say(TEXT.send)}>
      <Radio.Group
        label={<LegalLabel text={say(TEXT.how)} duty={duty} />}
        value={value.kind}
        onChange={(kind) => change({ kind })}
      >
        <Radio value="mail" label={say(TEXT.mail)} mt={4} />
        <Radio value="paper" label={say(TEXT.paper)} mt={4} />
      </Radio.Group>
      {isNotSent && <p role="note">{say(TEXT.notSent)}</p>}
      {value.kind === "paper" && (
        <>
          <p>{say(TEXT.formHow)}</p>
          <a
            href={addressOf(printNotice, { params: { id: detail.id }, query: { duty } })}
            target="_blank"
            rel="noreferrer"
          >
            {say(TEXT.form)}
          </a>
          <PaperFields value={value} receivers={detail.receivers[duty]} onChange={change} />
          <RocDateTimeField label={say(TEXT.at)} value={value.at} onChange={(at) => change({ at })} />
        </>
      )}
    </FormDialog>
  )
}

interface PaperProps {
  readonly value: NoticeDraft
  readonly receivers: DeliveryDetail["receivers"]["6-1a"]
  readonly onChange: (part: Partial<NoticeDraft>) => void
}

function PaperFields({ value, receivers, onChange }: PaperProps) {
  const say = useSay()
  const people = receivers.map(({ person, unitName, title, name }) => ({
    value: person,
    label: `${unitName} ${title} ${name}`,
  }))
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
        options={[{ value: "", label: say(TEXT.choose) }, ...people]}
        value={value.receiver}
        onChange={(receiver) => onChange({ receiver })}
      />
      <ScanField label={say(TEXT.scan)} isKept={value.scan !== ""} onKept={(scan) => onChange({ scan })} />
    </>
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
