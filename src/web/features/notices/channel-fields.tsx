import { Radio } from "@mantine/core"
import type { DutyId } from "../../../regulation/duties.ts"
import { useEnvironment } from "../../api/use-environment.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField, RocDateTimeField } from "../../ui/dates/fields.tsx"
import { rightNow, today } from "../../ui/dates/typed.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { LegalLabel } from "../../ui/forms/legal-label.tsx"
import { ScanField } from "../../ui/forms/scan-field.tsx"

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
} as const

/** A written notice as a form keeps it: by mail, or on paper that was signed for. */
export interface NoticeDraft {
  readonly kind: string
  readonly number: string
  readonly date: string
  readonly receiver: string
  readonly scan: string
  readonly at: string
}

export function blankNotice(isMailSent: boolean): NoticeDraft {
  return {
    ...{ kind: isMailSent ? "mail" : "paper", number: "", receiver: "", scan: "" },
    ...{ date: today(), at: rightNow() },
  }
}

/** Whether mails leave this installation at all. */
export function useMailIsSent(): boolean {
  return useEnvironment()?.mailIsSent !== false
}

interface Props {
  readonly value: NoticeDraft
  readonly onChange: (part: Partial<NoticeDraft>) => void
  readonly duty: DutyId | undefined
  /** Who may have signed for the paper. */
  readonly receivers: readonly { readonly value: string; readonly label: string }[]
  /** Address of the printed form. */
  readonly form: string
}

/** How a legal notice is given (6-1a, 6-1c, 5-4c, 5-4d). */
export function ChannelFields({ value, onChange, duty, receivers, form }: Props) {
  const say = useSay()
  return (
    <>
      <Radio.Group
        label={<LegalLabel text={say(TEXT.how)} {...(duty === undefined ? {} : { duty })} />}
        value={value.kind}
        onChange={(kind) => onChange({ kind })}
      >
        <Radio value="mail" label={say(TEXT.mail)} mt={4} />
        <Radio value="paper" label={say(TEXT.paper)} mt={4} />
      </Radio.Group>
      {!useMailIsSent() && <p role="note">{say(TEXT.notSent)}</p>}
      {value.kind === "paper" && (
        <>
          <p>{say(TEXT.formHow)}</p>
          <a href={form} target="_blank" rel="noreferrer">
            {say(TEXT.form)}
          </a>
          <PaperFields value={value} receivers={receivers} onChange={onChange} />
        </>
      )}
    </>
  )
}

function PaperFields({ value, receivers, onChange }: Pick<Props, "value" | "receivers" | "onChange">) {
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
        options={[{ value: "", label: say(TEXT.choose) }, ...receivers]}
        value={value.receiver}
        onChange={(receiver) => onChange({ receiver })}
        required
      />
      <ScanField label={say(TEXT.scan)} isKept={value.scan !== ""} onKept={(scan) => onChange({ scan })} />
      <RocDateTimeField label={say(TEXT.at)} value={value.at} onChange={(at) => onChange({ at })} />
    </>
  )
}
