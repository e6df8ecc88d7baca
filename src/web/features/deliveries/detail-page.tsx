import { Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { openProviderMail, readDelivery, type DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { StatusBadge } from "../../ui/status.tsx"
import { Timeline } from "../../ui/timeline.tsx"
import { kindName } from "../ledger/kinds.ts"
import { Acts } from "./acts.tsx"
import { Counts } from "./counts.tsx"
import { EntryPanel } from "./entry-panel.tsx"
import { NoticesPanel } from "./notices-panel.tsx"
import { OutcomePanel, useTimelineNotes } from "./outcome-panel.tsx"
import { SetAsidePanel } from "./set-aside-panel.tsx"
import { STATES } from "./words.ts"

const TEXT = {
  waits: { zh: "目前：{what}", en: "Now: {what}" },
  project: { zh: "專案", en: "Project" },
  provider: { zh: "提供機關", en: "Provider" },
  purpose: { zh: "使用目的", en: "Purpose" },
  handler: { zh: "業務單位承辦人", en: "Handler" },
  custodian: { zh: "專人", en: "Custodian" },
  file: { zh: "檔案", en: "File" },
  noticed: { zh: "提供機關通知時間", en: "Provider's notice" },
  mail: { zh: "取出原始郵件（.eml）", en: "Save the original mail (.eml)" },
  evidence: { zh: "經過", en: "Timeline" },
  none: { zh: "尚未指定", en: "None yet" },
} as const

/** One file from the provider's notice on: what it is, what it waits for, what I can do, the evidence. */
export function DeliveryPage() {
  const { id } = useParams({ from: "/signed-in/deliveries/$id" })
  const detail = useQuery({
    queryKey: ["delivery", id],
    queryFn: () => call(readDelivery, { params: { id } }),
    refetchInterval: (query) => (isMoving(query.state.data) ? 1_000 : 15_000),
  })
  if (detail.data === undefined)
    return detail.isPending ? <Loader aria-label="…" /> : <Refusals reasons={refusalsIn(detail.error)} />
  return <Detail detail={detail.data} />
}

function isMoving(detail: DeliveryDetail | undefined): boolean {
  return (
    detail?.transfer?.state === "running" ||
    detail?.notices.some((notice) => notice.state === "queued") === true
  )
}

function Detail({ detail }: { readonly detail: DeliveryDetail }) {
  const say = useSay()
  const words = STATES[detail.state]
  const notes = useTimelineNotes(detail)
  return (
    <Page
      title={detail.number}
      mark={words !== undefined && <StatusBadge status={words.status} word={say(words.name)} />}
    >
      <Facts detail={detail} />
      {words !== undefined && (
        <p>
          <strong>{say(TEXT.waits, { what: say(words.waits) })}</strong>
        </p>
      )}
      <Acts detail={detail} />
      <Counts detail={detail} />
      <SetAsidePanel files={detail.setAside} />
      <NoticesPanel detail={detail} />
      <EntryPanel detail={detail} />
      <OutcomePanel detail={detail} />
      <h2>{say(TEXT.evidence)}</h2>
      <Timeline
        events={detail.timeline.map(({ index, time, kind, actor }) => ({
          key: index,
          at: time,
          what: [say(kindName(kind)), notes.get(index)].join(" "),
          who: actor,
          evidence: `#${index}`,
        }))}
      />
    </Page>
  )
}

function Facts({ detail }: { readonly detail: DeliveryDetail }) {
  const say = useSay()
  const { project, announcement, handler } = detail
  return (
    <dl className="facts">
      <dt>{say(TEXT.project)}</dt>
      <dd>
        {project.number} {project.name}
      </dd>
      <dt>{say(TEXT.provider)}</dt>
      <dd>{project.providerName}</dd>
      <dt>{say(TEXT.purpose)}</dt>
      <dd>{project.purpose}</dd>
      <dt>{say(TEXT.handler)}</dt>
      <dd>
        {handler.unitName} {handler.title} {handler.name}
      </dd>
      <dt>{say(TEXT.custodian)}</dt>
      <dd>{project.custodianName ?? say(TEXT.none)}</dd>
      <dt>{say(TEXT.file)}</dt>
      <dd>
        {detail.fetched?.name ?? announcement.fileName}
        {detail.fetched !== null && <span className="mono"> SHA-256 {detail.fetched.sha256}</span>}
      </dd>
      <dt>{say(TEXT.noticed)}</dt>
      <dd>
        <RocDateTime at={announcement.happenedAt} />{" "}
        {announcement.mailSha256 !== null && (
          <a href={addressOf(openProviderMail, { params: { id: detail.id } })} download>
            {say(TEXT.mail)}
          </a>
        )}
      </dd>
    </dl>
  )
}
