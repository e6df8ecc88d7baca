import { CalendarDateTime, parseDate } from "@internationalized/date"
import { DateField, DateInput, DateSegment, I18nProvider, Label } from "react-aria-components"
import { rocDate, rocDateTime } from "../../kernel/roc-date.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import { taipeiDate } from "../../kernel/time.ts"
import { citeDuty } from "../text/citation.ts"
import { useLanguage } from "../text/language.tsx"
import type { DutyId } from "../../regulation/duties.ts"

const ROC_LOCALE = "zh-TW-u-ca-roc"
const TAIPEI_MS = 8 * 3_600_000

/** 民國115年11月23日, with the AD date on hover. */
export function RocDate({ date }: { readonly date: string }) {
  return (
    <time dateTime={date} title={date}>
      {rocDate(date as CivilDate)}
    </time>
  )
}

export function RocDateTime({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={`${taipeiDate(at as Instant)} (UTC+8)`} className="nowrap">
      {rocDateTime(at as Instant)}
    </time>
  )
}

interface FieldProps {
  readonly label: string
  readonly duty?: DutyId
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A civil date, typed in the ROC calendar. */
export function RocDateField({ label, duty, value, onChange }: FieldProps) {
  return (
    <I18nProvider locale={ROC_LOCALE}>
      <DateField
        className="date-field"
        value={parseDate(value)}
        onChange={(date) => date !== null && onChange(toAd(date))}
        data-duty={duty}
      >
        <FieldLabel label={label} duty={duty} />
        <DateInput className="date-input">
          {(segment) => <DateSegment segment={segment} className="date-segment" />}
        </DateInput>
      </DateField>
    </I18nProvider>
  )
}

/** A moment in Taipei, typed in the ROC calendar; the value is an instant in UTC. */
export function RocDateTimeField({ label, duty, value, onChange }: FieldProps) {
  return (
    <I18nProvider locale={ROC_LOCALE}>
      <DateField
        className="date-field"
        granularity="minute"
        hourCycle={24}
        value={toLocal(value)}
        onChange={(date) => date !== null && onChange(toInstant(date))}
        data-duty={duty}
      >
        <FieldLabel label={label} duty={duty} />
        <DateInput className="date-input">
          {(segment) => <DateSegment segment={segment} className="date-segment" />}
        </DateInput>
      </DateField>
    </I18nProvider>
  )
}

function FieldLabel({ label, duty }: { readonly label: string; readonly duty: DutyId | undefined }) {
  const { language } = useLanguage()
  return (
    <Label className="field-label">
      {label}
      {duty !== undefined && <span className="cite">{citeDuty(duty, language)}</span>}
    </Label>
  )
}

/** react-aria gives the date in the calendar shown; `compare` fields are the same day in AD. */
function toAd(date: { toDate: (timeZone: string) => Date }): string {
  return date.toDate("UTC").toISOString().slice(0, 10)
}

function toLocal(instant: string): CalendarDateTime {
  const local = new Date(Date.parse(instant) + TAIPEI_MS)
  return new CalendarDateTime(
    local.getUTCFullYear(),
    local.getUTCMonth() + 1,
    local.getUTCDate(),
    local.getUTCHours(),
    local.getUTCMinutes(),
  )
}

function toInstant(date: { toDate: (timeZone: string) => Date }): string {
  return new Date(date.toDate("UTC").getTime() - TAIPEI_MS).toISOString()
}

/** Today in Taipei, for a field's first value. */
export function today(): string {
  return taipeiDate(rightNow() as Instant)
}

/** The browser's clock, to the minute; only a proposal that the person can change. */
export function rightNow(): string {
  const minute = 60_000
  const now = performance.timeOrigin + performance.now()
  return new Date(Math.floor(now / minute) * minute).toISOString()
}
