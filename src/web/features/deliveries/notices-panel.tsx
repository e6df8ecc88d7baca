import { Progress } from "@mantine/core"
import { rocDate } from "../../../kernel/roc-date.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { openScan, type DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { addressOf } from "../../api/address.ts"
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
  scan: { zh: "檢視掃描檔", en: "See the scan" },
  transfer: { zh: "下載進度：已收 {done} 位元組", en: "Received: {done} bytes" },
} as const

type Notice = DeliveryDetail["notices"][number]

const columnsOf = (delivery: string): readonly Column<Notice>[] => [
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
    head: { zh: "登錄時間", en: "Recorded" },
    isShort: true,
    cell: ({ recordedAt }) => <RocDateTime at={recordedAt} />,
  },
  {
    head: { zh: "狀態", en: "State" },
    cell: ({ stands, state, label }) => (
      <StatusBadge status={stands ? "done" : state === "failed" ? "late" : "running"} word={label} />
    ),
  },
  {
    head: { zh: "文號、簽收人／郵件識別碼", en: "Number, receiver / message id" },
    cell: (notice) => <Evidence delivery={delivery} notice={notice} />,
  },
]

function Evidence({ delivery, notice }: { readonly delivery: string; readonly notice: Notice }) {
  const { say } = useLanguage()
  const { id, paper, recipients } = notice
  if (paper === null)
    return <span className="mono">{recipients.map((to) => to.messageId ?? "").join(" ")}</span>
  return (
    <>
      {paper.number}（{rocDate(paper.date as CivilDate)}） {paper.receiver}{" "}
      {paper.scan !== null && (
        <a
          href={addressOf(openScan, { params: { id: delivery, notice: id } })}
          target="_blank"
          rel="noreferrer"
        >
          {say(TEXT.scan)}
        </a>
      )}
    </>
  )
}

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
          columns={columnsOf(detail.id)}
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
