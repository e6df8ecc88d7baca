import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { useLanguage, useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"

const TEXT = {
  title: { zh: "不予採用之檔案（均保留）", en: "Files that were not used (all kept)" },
  records: { zh: "{count} 筆", en: "{count} records" },
} as const

type SetAside = DeliveryDetail["setAside"][number]

const COLUMNS: readonly Column<SetAside>[] = [
  {
    head: { zh: "檔案", en: "File" },
    cell: ({ name, sha256 }) => (
      <>
        {name} <span className="mono">SHA-256 {sha256}</span>
      </>
    ),
  },
  {
    head: { zh: "位元組", en: "Bytes" },
    isNumber: true,
    cell: ({ bytes }) => bytes.toLocaleString("en-US"),
  },
  { head: { zh: "計數", en: "Count" }, cell: (file) => <CountOf file={file} /> },
  { head: { zh: "不予採用之理由", en: "Why not used" }, cell: ({ reason }) => reason },
  {
    head: { zh: "辦理", en: "By" },
    cell: ({ setAsideBy, setAsideAt }) => (
      <>
        {setAsideBy} <RocDateTime at={setAsideAt} />
      </>
    ),
  },
]

function CountOf({ file: { count, countProblem } }: { readonly file: SetAside }) {
  const { say, language } = useLanguage()
  return count.counted
    ? say(TEXT.records, { count: count.records.toLocaleString("en-US") })
    : countProblem?.[language]
}

/** What came and was not used: nothing that was received disappears. */
export function SetAsidePanel({ files }: { readonly files: DeliveryDetail["setAside"] }) {
  const say = useSay()
  if (files.length === 0) return null
  return (
    <section aria-label={say(TEXT.title)} data-duty="6-1b">
      <h2>{say(TEXT.title)}</h2>
      <DataTable
        caption={say(TEXT.title)}
        isCaptionHidden
        columns={COLUMNS}
        rows={files}
        keyOf={({ setAsideAt, sha256 }) => `${setAsideAt} ${sha256}`}
      />
    </section>
  )
}
