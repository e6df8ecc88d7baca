import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { listMyMails, type MailView } from "../../../modules/notices/contract.ts"
import { call } from "../../api/call.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"

const TEXT = {
  title: { zh: "系統寄給我的郵件（{count}）", en: "Mails of the system to me ({count})" },
  open: { zh: "前往辦理", en: "Go there" },
} as const

const STATES = {
  waiting: { zh: "待寄", en: "waiting" },
  accepted: { zh: "已寄出", en: "sent" },
  kept: { zh: "存檔未寄出（未設定郵件伺服器）", en: "kept, not sent: no mail server is set" },
  failed: { zh: "遭拒收", en: "refused" },
} as const satisfies Record<MailView["state"], Text>

/** What was mailed, or would have been if there were a mail server: nobody needs a mailbox to know. */
export function MailsPanel() {
  const say = useSay()
  const { data: mails = [] } = useQuery({ queryKey: ["mails"], queryFn: () => call(listMyMails) })
  if (mails.length === 0) return null
  return (
    <details>
      <summary>{say(TEXT.title, { count: mails.length })}</summary>
      {mails.map(({ id, subject, body, link, state, queuedAt }) => (
        <article key={id}>
          <h2>{subject}</h2>
          <p>
            <RocDateTime at={queuedAt} /> · {say(STATES[state])}
          </p>
          <p className="pre-line">{body}</p>
          {link !== null && link !== "" && <Link to={link}>{say(TEXT.open)}</Link>}
        </article>
      ))}
    </details>
  )
}
