import { Checkbox } from "@mantine/core"
import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { useSay } from "../../text/language.tsx"
import { CountField, SelectField } from "../../ui/forms/fields.tsx"

const TEXT = {
  kind: { zh: "檔案格式", en: "Format" },
  delimited: { zh: "分隔欄位文字（CSV 等）", en: "Delimited text (CSV)" },
  fixed: { zh: "定長資料", en: "Fixed-length records" },
  encoding: { zh: "編碼", en: "Encoding" },
  delimiter: { zh: "分隔字元", en: "Delimiter" },
  comma: { zh: "逗號 ,", en: "Comma ," },
  tab: { zh: "定位字元 Tab", en: "Tab" },
  bar: { zh: "直線 |", en: "Bar |" },
  semicolon: { zh: "分號 ;", en: "Semicolon ;" },
  header: { zh: "第一列為欄位名稱", en: "The first line names the columns" },
  recordBytes: { zh: "每筆位元組數（不含換行）", en: "Bytes per record, without its line end" },
  lineEnd: { zh: "換行", en: "Line ends" },
  none: { zh: "無換行", en: "None" },
  crlf: { zh: "有換行", en: "Yes" },
  zip: { zh: "為 ZIP 壓縮檔（內含一個或多個上述格式之檔案）", en: "A ZIP archive of such files" },
} as const

export interface FormatDraft {
  readonly kind: "delimited" | "fixed"
  readonly encoding: "utf-8" | "big5"
  readonly delimiter: string
  readonly header: boolean
  readonly recordBytes: number
  readonly lineEnd: "none" | "crlf"
  readonly isZip: boolean
}

export const BLANK_FORMAT: FormatDraft = {
  kind: "delimited",
  encoding: "utf-8",
  recordBytes: 100,
  lineEnd: "crlf",
  isZip: false,
  header: true,
  delimiter: ",",
}

export function formatOf(draft: FormatDraft): DeliveryDetail["announcement"]["format"] {
  const { kind, encoding, delimiter, header, recordBytes, lineEnd, isZip } = draft
  const member =
    kind === "delimited"
      ? { kind, encoding, delimiter, quote: '"', header }
      : { kind, encoding, recordBytes, lineEnd }
  return isZip ? { kind: "zip", member } : member
}

/** What the fields start from: a quote or line end they cannot show is kept only while nothing is corrected. */
export function draftOf(format: DeliveryDetail["announcement"]["format"]): FormatDraft {
  const isZip = format.kind === "zip"
  const record = isZip ? format.member : format
  const { kind, encoding } = record
  if (kind === "delimited") {
    const { delimiter, header } = record
    return { ...BLANK_FORMAT, kind, encoding, isZip, delimiter, header }
  }
  const lineEnd = record.lineEnd === "none" ? "none" : "crlf"
  return { ...BLANK_FORMAT, kind, encoding, isZip, recordBytes: record.recordBytes, lineEnd }
}

interface Props {
  readonly value: FormatDraft
  readonly onChange: (part: Partial<FormatDraft>) => void
}

const ENCODINGS = [
  { value: "utf-8", label: "UTF-8" },
  { value: "big5", label: "Big5" },
] as const

export function FormatFields({ value, onChange }: Props) {
  const say = useSay()
  const kinds = (["delimited", "fixed"] as const).map((kind) => ({ value: kind, label: say(TEXT[kind]) }))
  return (
    <>
      <SelectField
        label={say(TEXT.kind)}
        options={kinds}
        value={value.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <SelectField
        label={say(TEXT.encoding)}
        options={ENCODINGS}
        value={value.encoding}
        onChange={(encoding) => onChange({ encoding })}
      />
      {value.kind === "delimited" ? (
        <DelimitedFields value={value} onChange={onChange} />
      ) : (
        <FixedFields value={value} onChange={onChange} />
      )}
      <Checkbox
        label={say(TEXT.zip)}
        checked={value.isZip}
        onChange={(event) => onChange({ isZip: event.currentTarget.checked })}
      />
    </>
  )
}

function DelimitedFields({ value, onChange }: Props) {
  const say = useSay()
  const delimiters = [
    { value: ",", label: say(TEXT.comma) },
    { value: "\t", label: say(TEXT.tab) },
    { value: "|", label: say(TEXT.bar) },
    { value: ";", label: say(TEXT.semicolon) },
  ]
  return (
    <>
      <SelectField
        label={say(TEXT.delimiter)}
        options={delimiters}
        value={value.delimiter}
        onChange={(delimiter) => onChange({ delimiter })}
      />
      <Checkbox
        label={say(TEXT.header)}
        checked={value.header}
        onChange={(event) => onChange({ header: event.currentTarget.checked })}
      />
    </>
  )
}

function FixedFields({ value, onChange }: Props) {
  const say = useSay()
  const ends = (["none", "crlf"] as const).map((end) => ({ value: end, label: say(TEXT[end]) }))
  return (
    <>
      <CountField
        label={say(TEXT.recordBytes)}
        value={value.recordBytes}
        onChange={(bytes) => onChange({ recordBytes: Number(bytes) })}
        required
      />
      <SelectField
        label={say(TEXT.lineEnd)}
        options={ends}
        value={value.lineEnd}
        onChange={(lineEnd) => onChange({ lineEnd })}
      />
    </>
  )
}
