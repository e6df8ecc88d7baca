import { Button, Group } from "@mantine/core"
import type { ComponentProps } from "react"
import { printEntry, type DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { addressOf } from "../../api/address.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { StatusBadge } from "../../ui/status.tsx"
import { Corrections } from "../register/correction-text.tsx"
import { SEALS, StampMark } from "../register/stamp-mark.tsx"

const TEXT = {
  title: { zh: "登記表", en: "Register entry" },
  none: { zh: "尚未填具。", en: "Not filled yet." },
  print: { zh: "列印登記表", en: "Print the entry" },
  noticedAt: { zh: "提供機關通知時間", en: "Provider's notice" },
  records: { zh: "資料筆數", en: "Records" },
  purpose: { zh: "使用目的", en: "Purpose" },
  document: { zh: "依據公文文號", en: "Authorising document" },
  handler: { zh: "業務單位承辦人", en: "Handler" },
  obtainedBy: { zh: "取得資料方式", en: "How obtained" },
  it: { zh: "資訊室承辦人", en: "IT handler" },
  comparison: { zh: "比對狀況", en: "Comparison" },
  supervisor: { zh: "業務單位主管", en: "Supervisor" },
  destroyed: { zh: "銷毀日期", en: "Destroyed" },
  place: { zh: "待核章", en: "To be stamped" },
  late: { zh: "補登：{what}（遲 {days} 日）", en: "Late: {what} ({days} days)" },
} as const

/** The ten columns in their official order, with the stamps where they stand. */
export function EntryPanel({ detail }: { readonly detail: DeliveryDetail }) {
  const say = useSay()
  const { entry } = detail
  return (
    <section aria-label={say(TEXT.title)} data-duty="5-5c">
      <Group justify="space-between">
        <h2>
          {say(TEXT.title)} {entry?.number}
        </h2>
        {entry !== null && (
          <Button
            component="a"
            variant="default"
            size="compact-sm"
            href={addressOf(printEntry, { params: { id: entry.id } })}
            target="_blank"
          >
            {say(TEXT.print)}
          </Button>
        )}
      </Group>
      {entry === null ? <p>{say(TEXT.none)}</p> : <Entry entry={entry} />}
    </section>
  )
}

function Entry({ entry }: { readonly entry: NonNullable<DeliveryDetail["entry"]> }) {
  const say = useSay()
  const { columns, stamps } = entry
  const stampAt = (place: string) => stamps.find((stamp) => stamp.place === place)
  return (
    <>
      <dl className="facts">
        <dt>1 {say(TEXT.noticedAt)}</dt>
        <dd>
          <RocDateTime at={columns.noticedAt} />
        </dd>
        <Column name={TEXT.records} at={2} value={columns.records.toLocaleString("en-US")} />
        <Column name={TEXT.purpose} at={3} value={columns.purpose} />
        <Column name={TEXT.document} at={4} value={columns.legalDocument} />
        <Column name={TEXT.handler} at={5} value={`${columns.handler.title} ${columns.handler.name}`} />
        <Column name={TEXT.obtainedBy} at={6} value={columns.obtainedBy} />
        <dt>7 {say(TEXT.it)}</dt>
        <dd>
          {stampAt("it") === undefined && columns.itHandler.name} <StampPlace stamp={stampAt("it")} />
        </dd>
        <Column
          name={TEXT.comparison}
          at={8}
          value={[entry.comparison ?? "—", ...entry.comparisonNotes].join("；")}
        />
        <dt>9 {say(TEXT.supervisor)}</dt>
        <dd>
          <StampPlace stamp={stampAt("responsible")} caption={SEALS.release} />
          <StampMark stamp={stampAt("closing")} caption={SEALS.closing} />
        </dd>
        <Column name={TEXT.destroyed} at={10} value="—" />
      </dl>
      {entry.late.map((late) => (
        <StatusBadge
          key={late.what}
          status="late"
          word={say(TEXT.late, { what: late.what, days: late.daysLate })}
        />
      ))}
      <Corrections row={entry} />
    </>
  )
}

function Column({ name, at, value }: { readonly name: Text; readonly at: number; readonly value: string }) {
  const say = useSay()
  return (
    <>
      <dt>
        {at} {say(name)}
      </dt>
      <dd>{value}</dd>
    </>
  )
}

function StampPlace({ stamp, caption }: ComponentProps<typeof StampMark>) {
  const say = useSay()
  return stamp === undefined ? (
    <span className="sealed">
      {caption !== undefined && <span className="seal-note">{say(caption)}</span>}
      <span className="stamp stamp-empty">{say(TEXT.place)}</span>
    </span>
  ) : (
    <StampMark stamp={stamp} caption={caption} />
  )
}
