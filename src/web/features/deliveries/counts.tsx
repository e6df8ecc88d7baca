import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { useLanguage, type Text } from "../../text/language.tsx"

const TEXT = {
  applied: { zh: "申請筆數", en: "Applied for" },
  declared: { zh: "通知筆數", en: "Declared" },
  downloaded: { zh: "下載筆數", en: "Downloaded" },
  accessed: { zh: "取得筆數", en: "Accessed" },
  whole: { zh: "全體母體檔", en: "Whole population" },
  uncounted: { zh: "未經機器計數", en: "Not machine-counted" },
  unknown: {
    zh: "另有 {count} 個字碼無法解讀（位置 {first}）",
    en: "{count} codes could not be decoded (at {first})",
  },
  members: { zh: "各檔依序 {records} 筆。", en: "In its files, in order: {records}." },
  matches: { zh: "相符", en: "Match" },
  differs: { zh: "不符：{why}", en: "Differ: {why}" },
} as const

/** Four counts side by side (6-3). */
export function Counts({ detail }: { readonly detail: DeliveryDetail }) {
  const { say, language } = useLanguage()
  const { announcement, fetched, comparison } = detail
  const { appliedFor } = announcement
  const count = fetched?.count
  const notes =
    count?.counted !== true
      ? []
      : [
          ...(count.members === undefined ? [] : [say(TEXT.members, { records: count.members.join("、") })]),
          ...(count.undecodable === 0
            ? []
            : [say(TEXT.unknown, { count: count.undecodable, first: positions(count.unknownCodes) })]),
        ]
  return (
    <section className="counts" data-duty="6-3a">
      <Count name={TEXT.applied} value={appliedFor.kind === "count" ? appliedFor.records : say(TEXT.whole)} />
      <Count name={TEXT.declared} value={announcement.declaredRecords} />
      <Count
        name={TEXT.downloaded}
        value={count === undefined ? "—" : count.counted ? count.records : say(TEXT.uncounted)}
        note={fetched?.countProblem?.[language] ?? notes.join(" ")}
      />
      <Count
        name={TEXT.accessed}
        value={comparison?.accessedRecords ?? "—"}
        note={
          comparison === null
            ? null
            : say(comparison.matches ? TEXT.matches : TEXT.differs, { why: comparison.explanation ?? "" })
        }
      />
    </section>
  )
}

interface FoundCode {
  readonly position: number
  readonly code: string
  readonly member?: number | undefined
}

function positions(codes: readonly FoundCode[]): string {
  return codes
    .slice(0, 5)
    .map(({ position, code, member }) => `${member === undefined ? "" : `#${member} `}${position}：${code}`)
    .join("、")
}

function Count({
  name,
  value,
  note,
}: {
  readonly name: Text
  readonly value: number | string
  readonly note?: string | null
}) {
  const { say } = useLanguage()
  return (
    <div className="count">
      {say(name)}
      <strong>{typeof value === "number" ? value.toLocaleString("en-US") : value}</strong>
      {note}
    </div>
  )
}
