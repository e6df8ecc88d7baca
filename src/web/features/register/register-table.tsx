import { Button } from "@mantine/core"
import { Fragment } from "react"
import { Link } from "@tanstack/react-router"
import type { RegisterRowView } from "../../../modules/deliveries/contract.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { StatusBadge } from "../../ui/status.tsx"
import { Corrections } from "./correction-text.tsx"
import { SEALS, StampMark } from "./stamp-mark.tsx"

/** The ten columns of 5-5c in their official order. */
export const REGISTER_COLUMNS: readonly Text[] = [
  { zh: "提供機關通知時間", en: "Provider's notice" },
  { zh: "資料筆數", en: "Records" },
  { zh: "使用目的", en: "Purpose" },
  { zh: "依據公文文號", en: "Authorising document" },
  { zh: "業務單位承辦人", en: "Handler" },
  { zh: "承辦人取得資料方式", en: "How obtained" },
  { zh: "資訊室承辦人", en: "IT handler" },
  { zh: "比對狀況", en: "Comparison" },
  { zh: "業務單位主管", en: "Supervisor" },
  { zh: "銷毀日期", en: "Destroyed" },
]

const TEXT = {
  caption: { zh: "依第五點第（五）款之欄位順序", en: "Columns in the order of point 5(5)" },
  number: { zh: "編號", en: "Number" },
  awaited: { zh: "{name}（待核章）", en: "{name} (to stamp)" },
  late: { zh: "補登", en: "Late" },
  corrected: { zh: "更正", en: "Corrected" },
  voided: { zh: "作廢：{reason}", en: "Void: {reason}" },
  versions: { zh: "歷次內容", en: "Versions" },
} as const

/** The register as the official form has it: ten columns in order, void rows struck through. */
export function RegisterTable({
  rows,
  onVersions,
}: {
  readonly rows: readonly RegisterRowView[]
  readonly onVersions: (entry: string) => void
}) {
  const say = useSay()
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={say(TEXT.caption)}>
      <table className="plain register">
        <caption>{say(TEXT.caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(TEXT.number)}</th>
            {REGISTER_COLUMNS.map((column) => (
              <th key={column.zh} scope="col">
                {say(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>
              <Row row={row} onVersions={onVersions} />
              {(row.corrections.length > 0 || row.correction !== null) && (
                <tr className="annex">
                  <td colSpan={REGISTER_COLUMNS.length + 1}>
                    <Corrections row={row} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly row: RegisterRowView
  readonly onVersions: (entry: string) => void
}

function Row({ row, onVersions }: RowProps) {
  const say = useSay()
  const { columns, stamps } = row
  const stampAt = (place: string) => stamps.find((stamp) => stamp.place === place)
  return (
    <tr className={row.voidedAt === null ? "" : "voided"}>
      <NumberCell row={row} onVersions={onVersions} />
      <td>
        <RocDateTime at={columns.noticedAt} />
      </td>
      <td className="number">{columns.records.toLocaleString("en-US")}</td>
      <td>{columns.purpose}</td>
      <td>{columns.legalDocument}</td>
      <td>{columns.handler.name}</td>
      <td>{columns.obtainedBy}</td>
      <td>
        {stampAt("it") === undefined &&
          (row.voidedAt === null
            ? say(TEXT.awaited, { name: columns.itHandler.name })
            : columns.itHandler.name)}
        <StampMark stamp={stampAt("it")} />
      </td>
      <td>
        {row.comparison}
        {row.comparisonNotes.map((note) => (
          <div key={note}>{note}</div>
        ))}
      </td>
      <td>
        <StampMark stamp={stampAt("responsible")} caption={SEALS.release} />
        <StampMark stamp={stampAt("closing")} caption={SEALS.closing} />
      </td>
      <td />
    </tr>
  )
}

/** 編號 with what is out of the ordinary about the row. */
function NumberCell({ row, onVersions }: RowProps) {
  const say = useSay()
  return (
    <td className="void-reason">
      <Link to="/deliveries/$id" params={{ id: row.delivery }} className="nowrap">
        {row.number}
      </Link>
      <br />
      {row.voidedAt !== null && (
        <StatusBadge status="void" word={say(TEXT.voided, { reason: row.voidReason ?? "" })} />
      )}
      {row.late.length > 0 && <StatusBadge status="late" word={say(TEXT.late)} />}
      {row.corrections.length > 0 && <StatusBadge status="done" word={say(TEXT.corrected)} />}
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => onVersions(row.id)}
        aria-label={`${say(TEXT.versions)} ${row.number}`}
      >
        {say(TEXT.versions)}
      </Button>
    </td>
  )
}
