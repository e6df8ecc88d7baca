import { Progress } from "@mantine/core"
import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { Said, useLanguage } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "書面通知", en: "Written notices" },
  none: { zh: "尚未完成通知", en: "No notice given yet" },
  mail: { zh: "電子郵件", en: "E-mail" },
  paper: { zh: "書面", en: "Paper" },
  transfer: { zh: "下載進度：已收 {done} 位元組", en: "Received: {done} bytes" },
} as const

type Notice = DeliveryDetail["notices"][number]

const COLUMNS: readonly Column<Notice>[] = [
  { head: { zh: "規定", en: "Duty" }, isShort: true, cell: ({ duty }) => <DutyName duty={duty} /> },
  {
    head: { zh: "方式", en: "How" },
    isShort: true,
    cell: ({ channel }) => <Said text={channel === "mail" ? TEXT.mail : TEXT.paper} />,
  },
  {
    head: { zh: "通知時間", en: "When" },
    isShort: true,
    cell: ({ happenedAt }) => <RocDateTime at={happenedAt} />,
  },
  {
    head: { zh: "狀態", en: "State" },
    cell: ({ stands, state, label }) => (
      <StatusBadge status={stands ? "done" : state === "failed" ? "late" : "running"} word={label} />
    ),
  },
  {
    head: { zh: "文號／識別碼", en: "Number / message id" },
    cell: ({ paper, recipients }) => (
      <span className="mono">{paper?.number ?? recipients.map((to) => to.messageId ?? "").join(" ")}</span>
    ),
  },
]

function DutyName({ duty }: { readonly duty: string }) {
  const { language } = useLanguage()
  return isDuty(duty) ? citeDuty(duty, language) : duty
}

/** 6-1: a notice stands only when a mail server took it or paper was handed over. */
export function NoticesPanel({ detail }: { readonly detail: DeliveryDetail }) {
  const { say, language } = useLanguage()
  const { notices, transfer } = detail
  return (
    <section aria-label={say(TEXT.title)} data-duty="6-1a">
      <h2>{say(TEXT.title)}</h2>
      {notices.length === 0 && <StatusBadge status="todo" word={say(TEXT.none)} />}
      {notices.length > 0 && (
        <DataTable
          caption={say(TEXT.title)}
          isCaptionHidden
          columns={COLUMNS}
          rows={notices}
          keyOf={(notice) => notice.id}
        />
      )}
      {transfer !== null && transfer.state === "running" && (
        <p role="status">
          {say(TEXT.transfer, { done: transfer.bytesDone.toLocaleString("en-US") })}
          <Progress
            value={
              transfer.bytesTotal === null
                ? 100
                : (100 * transfer.bytesDone) / Math.max(1, transfer.bytesTotal)
            }
            animated
            aria-label={say(TEXT.transfer, { done: transfer.bytesDone })}
          />
        </p>
      )}
      {transfer?.failure != null && <StatusBadge status="late" word={transfer.failure[language]} />}
    </section>
  )
}
