import { parseDate } from "@internationalized/date"
import { useId, type ClipboardEvent, type ReactNode } from "react"
import { DateField, DateInput, DateSegment, I18nProvider, Label, Text } from "react-aria-components"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import type { DutyId } from "../../../regulation/duties.ts"
import { citeDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { inTaipei, inTheCalendarMeant, pastedDate, withPastedDate } from "./typed.ts"

const ROC_LOCALE = "zh-TW-u-ca-roc"
const TEXT = {
  ad: { zh: "西元 {date}；亦可直接輸入西元年", en: "AD {date}; a year of four digits is read as AD" },
} as const

interface FieldProps {
  readonly label: string
  readonly duty?: DutyId
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A civil date, typed or pasted in either calendar, shown in the ROC one. */
export function RocDateField({ label, duty, value, onChange }: FieldProps) {
  return (
    <Field onPaste={(pasted) => pastedDate(pasted)} onChange={onChange}>
      <DateField
        className="date-field"
        value={parseDate(value)}
        onChange={(date) => date !== null && onChange(inTheCalendarMeant(date).toString())}
        data-duty={duty}
      >
        <Parts label={label} duty={duty} ad={value} />
      </DateField>
    </Field>
  )
}

/** A moment in Taipei, typed or pasted in either calendar; the value is an instant in UTC. */
export function RocDateTimeField({ label, duty, value, onChange }: FieldProps) {
  return (
    <Field onPaste={(pasted) => withPastedDate(value, pasted)} onChange={onChange}>
      <DateField
        className="date-field"
        granularity="minute"
        hourCycle={24}
        hideTimeZone
        value={inTaipei(value)}
        onChange={(date) => date !== null && onChange(inTheCalendarMeant(date).toAbsoluteString())}
        data-duty={duty}
      >
        <Parts label={label} duty={duty} ad={taipeiDate(value as Instant)} />
      </DateField>
    </Field>
  )
}

interface PasteProps {
  readonly onPaste: (pasted: string) => string | null
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}

/** The calendar of the field, and pasting, which fields made of segments do not know. */
function Field({ onPaste, onChange, children }: PasteProps) {
  const paste = (event: ClipboardEvent) => {
    const read = onPaste(event.clipboardData.getData("text"))
    if (read === null) return
    event.preventDefault()
    onChange(read)
  }
  return (
    <I18nProvider locale={ROC_LOCALE}>
      <div onPaste={paste}>{children}</div>
    </I18nProvider>
  )
}

interface PartsProps {
  readonly label: string
  readonly duty: DutyId | undefined
  readonly ad: string
}

function Parts({ label, duty, ad }: PartsProps) {
  const { language, say } = useLanguage()
  const hint = useId()
  return (
    <>
      <Label className="field-label">
        {label}
        {duty !== undefined && <span className="cite">{citeDuty(duty, language)}</span>}
      </Label>
      <DateInput className="date-input">
        {(segment) => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
      <Text slot="description" id={hint} className="field-hint">
        {say(TEXT.ad, { date: ad })}
      </Text>
    </>
  )
}
