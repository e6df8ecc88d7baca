import { Button } from "@mantine/core"
import { useState } from "react"
import { printChangeNotice, type ChangeDetail } from "../../../modules/handover/contract.ts"
import { addressOf } from "../../api/address.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { useLanguage, useSay } from "../../text/language.tsx"
import { DueDate } from "../../ui/dates/due-date.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { StatusBadge } from "../../ui/status.tsx"
import { LetterDialog, NoticeDialog } from "./notice-dialogs.tsx"
import { OFFICES, standingOf } from "./words.ts"

const TEXT = {
  title: { zh: "知會", en: "Notices" },
  due: { zh: "法定期限", en: "Due" },
  at: { zh: "完成通知時間", en: "Told" },
  read: { zh: "知悉", en: "Noted" },
  unread: { zh: "尚未知悉（不影響是否如期）", en: "Not noted yet (does not count for the term)" },
  give: { zh: "知會{office}", en: "Tell {office}" },
  print: { zh: "列印職務異動通知", en: "Print the notice" },
  draft: { zh: "通知內容", en: "Its words" },
  paper: { zh: "文號、簽收人", en: "Number, receiver" },
  mail: { zh: "郵件識別碼", en: "Message id" },
  letter: { zh: "發文文號", en: "Letter" },
} as const

type Notice = ChangeDetail["notices"][number]

/** 5-4c and 5-4d: each office by a notice of its own. */
export function NoticesPanel({ detail }: { readonly detail: ChangeDetail }) {
  const say = useSay()
  const [telling, tell] = useState<Notice | null>(null)
  const mayTell = detail.allowed.some(({ act, refusal }) => act === "give-notice" && refusal === null)
  return (
    <section aria-label={say(TEXT.title)}>
      <h2>{say(TEXT.title)}</h2>
      {detail.notices.map((notice) => (
        <OneNotice
          key={notice.office}
          change={detail.id}
          notice={notice}
          onTell={mayTell && notice.standing === "owed" ? () => tell(notice) : null}
        />
      ))}
      {telling?.office === "provider" && (
        <LetterDialog change={detail.id} notice={telling} onClose={() => tell(null)} />
      )}
      {telling !== null && telling.office !== "provider" && (
        <NoticeDialog change={detail.id} notice={telling} onClose={() => tell(null)} />
      )}
    </section>
  )
}

interface OneProps {
  readonly change: string
  readonly notice: Notice
  readonly onTell: (() => void) | null
}

function OneNotice({ change, notice, onTell }: OneProps) {
  const { language, say } = useLanguage()
  const { office, duty, due, deadline } = notice
  const { status, word } = standingOf(notice)
  const name = say(OFFICES[office])
  return (
    <section aria-label={say(TEXT.give, { office: name })} data-duty={duty}>
      <h3>
        {name} <StatusBadge status={status} word={say(word)} />
        {isDuty(duty) && <span className="cite">{citeDuty(duty, language)}</span>}
      </h3>
      <dl className="facts">
        {due !== null && (
          <>
            <dt>{say(TEXT.due)}</dt>
            <dd>
              <DueDate date={due} deadline={deadline} />
            </dd>
          </>
        )}
        <Given notice={notice} />
      </dl>
      <div className="list-bar">
        {onTell !== null && <Button onClick={onTell}>{say(TEXT.give, { office: name })}</Button>}
        <a
          href={addressOf(printChangeNotice, { params: { id: change, office } })}
          target="_blank"
          rel="noreferrer"
        >
          {say(TEXT.print)}
        </a>
      </div>
      <details>
        <summary>{say(TEXT.draft)}</summary>
        {notice.draft.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </details>
    </section>
  )
}

/** What was given, and what came back. */
function Given({ notice }: { readonly notice: Notice }) {
  const say = useSay()
  const { metAt, letter, given, acknowledgedAt, acknowledgedBy, standing, office } = notice
  return (
    <>
      {metAt !== null && (
        <>
          <dt>{say(TEXT.at)}</dt>
          <dd>
            <RocDateTime at={metAt} />
          </dd>
        </>
      )}
      {letter !== null && (
        <>
          <dt>{say(TEXT.letter)}</dt>
          <dd>{letter.number}</dd>
        </>
      )}
      {given.map(({ id, paper, recipients, label }) => (
        <Evidence
          key={id}
          head={say(paper === null ? TEXT.mail : TEXT.paper)}
          words={
            paper === null ? recipients.map((to) => to.messageId ?? label) : [paper.number, paper.receiver]
          }
        />
      ))}
      {standing === "given" && office !== "provider" && (
        <>
          <dt>{say(TEXT.read)}</dt>
          <dd>
            {acknowledgedAt === null ? (
              say(TEXT.unread)
            ) : (
              <>
                {acknowledgedBy} <RocDateTime at={acknowledgedAt} />
              </>
            )}
          </dd>
        </>
      )}
    </>
  )
}

function Evidence({ head, words }: { readonly head: string; readonly words: readonly string[] }) {
  return (
    <>
      <dt>{head}</dt>
      <dd>{[...new Set(words)].join("　")}</dd>
    </>
  )
}
