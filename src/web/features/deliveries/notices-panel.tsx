import { Progress } from "@mantine/core"
import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { StatusBadge } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "書面通知", en: "Written notices" },
  none: { zh: "尚未完成通知", en: "No notice given yet" },
  mail: { zh: "電子郵件", en: "E-mail" },
  paper: { zh: "書面", en: "Paper" },
  transfer: { zh: "下載進度：已收 {done} 位元組", en: "Received: {done} bytes" },
} as const

/** 6-1: a notice stands only when a mail server took it or paper was handed over. */
export function NoticesPanel({ detail }: { readonly detail: DeliveryDetail }) {
  const { say, language } = useLanguage()
  const { notices, transfer } = detail
  return (
    <section aria-label={say(TEXT.title)} data-duty="6-1a">
      <h2>{say(TEXT.title)}</h2>
      {notices.length === 0 && <StatusBadge status="todo" word={say(TEXT.none)} />}
      {notices.length > 0 && (
        <table className="plain">
          <tbody>
            {notices.map((notice) => (
              <tr key={notice.id}>
                <td>{isDuty(notice.duty) ? citeDuty(notice.duty, language) : notice.duty}</td>
                <td>{say(notice.channel === "mail" ? TEXT.mail : TEXT.paper)}</td>
                <td>
                  <RocDateTime at={notice.happenedAt} />
                </td>
                <td>
                  <StatusBadge
                    status={notice.stands ? "done" : notice.state === "failed" ? "late" : "running"}
                    word={notice.label}
                  />
                </td>
                <td className="mono">
                  {notice.paper?.number ?? notice.recipients.map((to) => to.messageId ?? "").join(" ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
