import { Alert, FileInput } from "@mantine/core"
import { useState } from "react"
import { importCalendar, type CalendarYearView } from "../../../modules/deadlines/contract.ts"
import { readOfficeYear, type ReadYear } from "../../../regulation/period/calendar-file.ts"
import { callWithBytes } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useLanguage, useSay } from "../../text/language.tsx"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { changesOf } from "./calendar-changes.ts"

const TEXT = {
  title: { zh: "匯入辦公日曆", en: "Import a calendar" },
  file: {
    zh: "政府行政機關辦公日曆表（CSV，一年一檔）",
    en: "Office calendar of the government (CSV, one year a file)",
  },
  where: {
    zh: "行政院人事行政總處公布，見政府資料開放平臺；UTF-8 或 Big5 均可，請勿選「Google 行事曆專用」檔。",
    en: "Published by the Directorate-General of Personnel Administration. UTF-8 or Big5; not the Google Calendar edition.",
  },
  submit: { zh: "匯入", en: "Import" },
  done: { zh: "完成", en: "Done" },
  wrong: { zh: "此檔不能匯入", en: "This file cannot be imported" },
  line: { zh: "第 {line} 行：", en: "Line {line}: " },
  more: { zh: "另有 {count} 處。", en: "{count} more." },
  holds: { zh: "{year} 年，放假 {rests} 日。", en: "{year}, {rests} days of rest." },
  first: { zh: "此年度尚無日曆，原僅計週末。", en: "This year has no calendar yet; only weekends counted." },
  same: {
    zh: "與現行版本 {version} 之放假日相同。",
    en: "The days of rest are those of {version}, which is in force.",
  },
  against: { zh: "與現行版本 {version} 相較：", en: "Compared with {version}, which is in force:" },
  toRest: { zh: "改為放假", en: "Become days of rest" },
  toWork: { zh: "改為上班", en: "Become working days" },
  follows: { zh: "匯入後，未結之期限依新日曆重新計算。", en: "Open deadlines are reckoned anew." },
  imported: {
    zh: "已匯入 {version}，未結之期限已重新計算。",
    en: "{version} is imported, and open deadlines were reckoned anew.",
  },
} as const
const SHOWN_ERRORS = 5

interface Props {
  readonly inForce: readonly CalendarYearView[]
  readonly onClose: () => void
}

/** The file is read here first by the server's own reader, so that what it would change is seen before it does. */
export function CalendarDialog({ inForce, onClose }: Props) {
  const say = useSay()
  const [chosen, choose] = useState<{ readonly file: File; readonly read: ReadYear } | null>(null)
  const [imported, setImported] = useState<string | null>(null)
  const { act, isPending, refusals, reset } = useAct(
    (file: File) => callWithBytes(importCalendar, file, {}),
    ({ version }) => setImported(version),
  )
  const take = async (file: File | null) => {
    reset()
    choose(file === null ? null : { file, read: readOfficeYear(new Uint8Array(await file.arrayBuffer()), 0) })
  }
  const submit = () => {
    if (imported !== null) onClose()
    else if (chosen?.read.ok === true) act(chosen.file)
  }
  return (
    <FormDialog
      title={say(TEXT.title)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={submit}
      submit={say(imported === null ? TEXT.submit : TEXT.done)}
    >
      {imported === null ? (
        <>
          <FileInput
            label={say(TEXT.file)}
            description={say(TEXT.where)}
            accept=".csv,text/csv"
            onChange={(file) => void take(file)}
            required
          />
          {chosen !== null && <Outcome read={chosen.read} inForce={inForce} />}
        </>
      ) : (
        <p role="status">{say(TEXT.imported, { version: imported })}</p>
      )}
    </FormDialog>
  )
}

function Outcome({ read, inForce }: { readonly read: ReadYear; readonly inForce: Props["inForce"] }) {
  const { say, language } = useLanguage()
  if (read.ok) return <Changes year={read.year} inForce={inForce} />
  const { errors } = read
  return (
    <Alert color="red" title={say(TEXT.wrong)} role="alert">
      <ul className="refused-acts">
        {errors.slice(0, SHOWN_ERRORS).map((error) => (
          <li key={`${error.line} ${error.en}`}>
            {error.line > 0 && say(TEXT.line, { line: error.line })}
            {error[language]}
          </li>
        ))}
      </ul>
      {errors.length > SHOWN_ERRORS && say(TEXT.more, { count: errors.length - SHOWN_ERRORS })}
    </Alert>
  )
}

interface ChangesProps {
  readonly year: Extract<ReadYear, { ok: true }>["year"]
  readonly inForce: Props["inForce"]
}

function Changes({ year, inForce }: ChangesProps) {
  const say = useSay()
  const { before, toRest, toWork } = changesOf(year, inForce)
  const version = before ?? ""
  const isSame = toRest.length + toWork.length === 0
  return (
    <div role="status">
      <p>
        {say(TEXT.holds, { year: year.year, rests: year.restDays.size })}
        {before === null ? say(TEXT.first) : say(isSame ? TEXT.same : TEXT.against, { version })}
      </p>
      <Days name={say(TEXT.toRest)} days={toRest} />
      <Days name={say(TEXT.toWork)} days={toWork} />
      <p className="field-hint">{say(TEXT.follows)}</p>
    </div>
  )
}

function Days({ name, days }: { readonly name: string; readonly days: readonly string[] }) {
  if (days.length === 0) return null
  return (
    <>
      <strong>{name}</strong>
      <ul className="day-list">
        {days.map((day) => (
          <li key={day}>
            <RocDate date={day} />
          </li>
        ))}
      </ul>
    </>
  )
}
