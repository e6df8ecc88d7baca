import type { CorrectionView, RegisterRowView } from "../../../modules/deliveries/contract.ts"
import { rocDateTime } from "../../../kernel/roc-date.ts"
import type { Instant } from "../../../kernel/time.ts"
import { useSay } from "../../text/language.tsx"
import { StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  columns: {
    noticedAt: { zh: "提供機關通知時間", en: "Provider's notice" },
    records: { zh: "資料筆數", en: "Records" },
    purpose: { zh: "使用目的", en: "Purpose" },
    legalDocument: { zh: "依據公文文號", en: "Authorising document" },
    handler: { zh: "業務單位承辦人", en: "Handler" },
    obtainedBy: { zh: "承辦人取得資料方式", en: "How obtained" },
  },
  places: {
    it: { zh: "資訊室", en: "IT" },
    responsible: { zh: "業務單位", en: "Unit" },
  },
  made: { zh: "更正", en: "Corrected" },
  waits: { zh: "更正待確認，未生效", en: "Correction waits, not in force" },
  reason: { zh: "事由：{reason}", en: "Reason: {reason}" },
  proposed: { zh: "{name} 提出 {at}", en: "proposed by {name}, {at}" },
  confirmed: { zh: "{place} {name} 確認 {at}", en: "confirmed by {name} ({place}), {at}" },
  instead: {
    zh: "{place} {name}（代已離任之{of}）確認 {at}",
    en: "confirmed by {name} ({place}) instead of {of}, who has left, {at}",
  },
} as const

type Columns = RegisterRowView["columns"]
type Name = keyof typeof TEXT.columns

interface Props {
  readonly correction: CorrectionView
  readonly before: Columns
  /** When it came to stand; `null` while it waits. */
  readonly madeAt: string | null
}

/** A 更正: each changed column with what was stamped struck through beside, why, by whom, and who confirmed. */
export function CorrectionText({ correction, before, madeAt }: Props) {
  const say = useSay()
  const { columns, reason, proposedBy, proposedAt, confirmations } = correction
  const changed = (Object.keys(TEXT.columns) as Name[]).filter(
    (name) => cellOf(before, name) !== cellOf(columns, name),
  )
  const who = [
    say(TEXT.reason, { reason }),
    say(TEXT.proposed, { name: proposedBy.name, at: rocDateTime(proposedAt as Instant) }),
    ...confirmations.map(({ place, name, inPlaceOf, at }) =>
      say(inPlaceOf === null ? TEXT.confirmed : TEXT.instead, {
        place: say(TEXT.places[place]),
        name,
        of: inPlaceOf ?? "",
        at: rocDateTime(at as Instant),
      }),
    ),
  ]
  return (
    <div className="correction">
      <StatusBadge
        status={madeAt === null ? "running" : "done"}
        word={say(madeAt === null ? TEXT.waits : TEXT.made)}
      />
      <ul>
        {changed.map((name) => (
          <li key={name}>
            {say(TEXT.columns[name])}：<del>{cellOf(before, name)}</del> → <ins>{cellOf(columns, name)}</ins>
          </li>
        ))}
      </ul>
      <p>{who.join("；")}</p>
    </div>
  )
}

function cellOf(columns: Columns, name: Name): string {
  if (name === "noticedAt") return rocDateTime(columns.noticedAt as Instant)
  if (name === "records") return columns.records.toLocaleString("en-US")
  return name === "handler" ? `${columns.handler.title} ${columns.handler.name}` : columns[name]
}

/** Every 更正 of a row, those in force first. */
export function Corrections({ row }: { readonly row: RegisterRowView }) {
  return (
    <>
      {row.corrections.map((made) => (
        <CorrectionText key={made.madeAt} correction={made} before={made.before} madeAt={made.madeAt} />
      ))}
      {row.correction !== null && (
        <CorrectionText correction={row.correction} before={row.columns} madeAt={null} />
      )}
    </>
  )
}
