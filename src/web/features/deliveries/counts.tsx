import type { ReactNode } from "react"
import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { useLanguage, type Text } from "../../text/language.tsx"

const TEXT = {
  applied: { zh: "申請筆數", en: "Applied for" },
  declared: { zh: "通知筆數", en: "Declared" },
  downloaded: { zh: "下載筆數", en: "Downloaded" },
  accessed: { zh: "取得筆數", en: "Accessed" },
  whole: { zh: "全體母體檔", en: "Whole population" },
  uncounted: { zh: "未經機器計數", en: "Not machine-counted" },
  encoding: {
    zh: "大部分字碼無法解讀，所設編碼可能有誤；請由資訊室更正格式重新計數，或洽提供機關。",
    en: "Most codes could not be decoded; the encoding is probably wrong. Let the IT office correct the format and count again, or ask the provider.",
  },
  unknown: { zh: "另有 {count} 個字碼無法解讀", en: "{count} codes could not be decoded" },
  listed: { zh: "（列出最前 {count} 個）", en: " (the first {count} are listed)" },
  at: { zh: "位置 {position}：{code}", en: "at {position}: {code}" },
  atMember: { zh: "第 {member} 檔位置 {position}：{code}", en: "file {member} at {position}: {code}" },
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
  return (
    <section className="counts" data-duty="6-3a">
      <Count name={TEXT.applied} value={appliedFor.kind === "count" ? appliedFor.records : say(TEXT.whole)} />
      <Count name={TEXT.declared} value={announcement.declaredRecords} />
      <Count
        name={TEXT.downloaded}
        value={count === undefined ? "—" : count.counted ? count.records : say(TEXT.uncounted)}
        note={fetched?.countProblem?.[language] ?? (fetched !== null && <CountNotes fetched={fetched} />)}
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

/** What else the machine found: records per file of an archive, and every code kept that it could not decode. */
function CountNotes({ fetched }: { readonly fetched: NonNullable<DeliveryDetail["fetched"]> }) {
  const { say } = useLanguage()
  const { count, isEncodingDoubtful } = fetched
  if (!count.counted) return null
  const { members, undecodable, unknownCodes } = count
  return (
    <>
      {members !== undefined && <div>{say(TEXT.members, { records: members.join("、") })}</div>}
      {isEncodingDoubtful && <div className="doubt">{say(TEXT.encoding)}</div>}
      {undecodable > 0 && (
        <details>
          <summary>
            {say(TEXT.unknown, { count: undecodable.toLocaleString("en-US") })}
            {undecodable > unknownCodes.length && say(TEXT.listed, { count: unknownCodes.length })}
          </summary>
          <ol className="codes" tabIndex={0} aria-label={say(TEXT.unknown, { count: undecodable })}>
            {unknownCodes.map(({ position, code, member }) => (
              <li key={`${member ?? ""} ${position}`}>
                {say(member === undefined ? TEXT.at : TEXT.atMember, {
                  position,
                  code,
                  member: member ?? "",
                })}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  )
}

function Count({
  name,
  value,
  note,
}: {
  readonly name: Text
  readonly value: number | string
  readonly note?: ReactNode
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
