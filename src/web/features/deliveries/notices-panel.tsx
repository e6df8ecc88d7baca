import { rocDate } from "../../../kernel/roc-date.ts"
import type { CivilDate } from "../../../kernel/time.ts"
import { openScan, type DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { addressOf } from "../../api/address.ts"
import { useEnvironment } from "../../api/use-environment.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { Said, useLanguage, useSay } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "書面通知", en: "Written notices" },
  none: { zh: "尚未完成通知", en: "No notice given yet" },
  mail: { zh: "電子郵件", en: "E-mail" },
  paper: { zh: "書面", en: "Paper" },
  notSent: {
    zh: "未設定郵件伺服器，郵件已存檔，未寄出；請改以書面通知。",
    en: "No mail server is set: the mail is kept and not sent. Give notice on paper.",
  },
  scan: { zh: "檢視掃描檔", en: "See the scan" },
  "6-1a": { zh: "通知資訊室下載", en: "To the IT office: download" },
  "6-1c": { zh: "通知承辦人存取", en: "To the handler: access" },
} as const

type Notice = DeliveryDetail["notices"][number]

const columnsOf = (delivery: string): readonly Column<Notice>[] => [
  { head: { zh: "通知", en: "Notice" }, cell: ({ duty }) => <DutyName duty={duty} /> },
  { head: { zh: "發文者", en: "From" }, isShort: true, cell: ({ from }) => from },
  {
    head: { zh: "受文者", en: "To" },
    cell: ({ recipients, paper }) => paper?.receiver ?? recipients.map(({ name }) => name).join("、"),
  },
  {
    head: { zh: "方式", en: "How" },
    isShort: true,
    cell: ({ channel }) => <Said text={channel === "mail" ? TEXT.mail : TEXT.paper} />,
  },
  {
    head: { zh: "通知時間", en: "When" },
    isShort: true,
    cell: ({ stands, happenedAt }) => (stands ? <RocDateTime at={happenedAt} /> : "—"),
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
  const { say, language } = useLanguage()
  if (!isDuty(duty)) return duty
  return (
    <>
      {(duty === "6-1a" || duty === "6-1c") && say(TEXT[duty])}
      <span className="cite">{citeDuty(duty, language)}</span>
    </>
  )
}

/** 6-1: a notice stands only when a mail server took it or paper was handed over. */
export function NoticesPanel({ detail }: { readonly detail: DeliveryDetail }) {
  const say = useSay()
  const { notices } = detail
  const isNotSent = useEnvironment()?.mailIsSent === false
  return (
    <section aria-label={say(TEXT.title)} data-duty="6-1a">
      <h2>{say(TEXT.title)}</h2>
      {isNotSent && notices.some(({ state }) => state === "queued") && <p role="note">{say(TEXT.notSent)}</p>}
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
    </section>
  )
}
