import { AUTHORITY_TITLES } from "../../../regulation/authorities.ts"
import { Button, Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useState } from "react"
import { closeChange, readChange, type ChangeDetail } from "../../../modules/handover/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useAct } from "../../api/use-act.ts"
import { useLanguage, useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDate, RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { StatusBadge } from "../../ui/status.tsx"
import { Timeline } from "../../ui/timeline.tsx"
import { kindName } from "../ledger/kinds.ts"
import { CompleteDialog } from "./complete-dialog.tsx"
import { ItemsPanel } from "./items-panel.tsx"
import { NoticesPanel } from "./notices-panel.tsx"
import { kindText, STATES } from "./words.ts"

const TEXT = {
  person: { zh: "異動人員", en: "Person" },
  kind: { zh: "異動種類", en: "Kind" },
  incomplete: { zh: "未附派令，待原單位主管補登", en: "No order; the head of the unit states it" },
  effective: { zh: "生效日", en: "Effective day" },
  late: { zh: "補登", en: "recorded late" },
  received: { zh: "派令到達日", en: "Order arrived" },
  rights: { zh: "權限終止時間", en: "Rights end" },
  ended: { zh: "終止之職務", en: "Posts that end" },
  begun: { zh: "新任職務", en: "New posts" },
  none: { zh: "無", en: "None" },
  successor: { zh: "接任人員", en: "Successor" },
  noSuccessor: { zh: "未指定", en: "Nobody named" },
  answerable: { zh: "辦理知會及點收之主管", en: "Who answers for the unit" },
  complete: { zh: "補登派令或另指定接任人員", en: "State the order or another successor" },
  close: { zh: "結案", en: "Close" },
  evidence: { zh: "經過", en: "Timeline" },
} as const

/** One change: what it is, what it waits for and from whom, what I can do, the evidence. */
export function ChangePage() {
  const { id } = useParams({ from: "/signed-in/personnel-changes/$id" })
  const detail = useQuery({
    queryKey: ["personnel-change", id],
    queryFn: () => call(readChange, { params: { id } }),
    refetchInterval: (query) =>
      query.state.data?.notices.some(({ standing }) => standing === "waiting") === true ? 1_000 : 15_000,
  })
  if (detail.data === undefined)
    return detail.isPending ? <Loader aria-label="…" /> : <Refusals reasons={refusalsIn(detail.error)} />
  return <Detail detail={detail.data} />
}

interface Props {
  readonly detail: ChangeDetail
}

function Detail({ detail }: Props) {
  const say = useSay()
  const { status, word } = STATES[detail.state]
  return (
    <Page title={detail.number} mark={<StatusBadge status={status} word={say(word)} />}>
      <Facts detail={detail} />
      <Acts detail={detail} />
      <NoticesPanel detail={detail} />
      <ItemsPanel detail={detail} />
      <h2>{say(TEXT.evidence)}</h2>
      <Timeline
        events={detail.timeline.map(({ index, time, kind, actor }) => ({
          key: index,
          at: time,
          what: say(kindName(kind)),
          who: actor,
          evidence: `#${index}`,
        }))}
      />
    </Page>
  )
}

function Facts({ detail }: Props) {
  const say = useSay()
  const { ended, begun } = detail
  const post = ({ unitName, role }: (typeof begun)[number]) => `${unitName} ${say(ROLE_NAMES[role])}`
  return (
    <dl className="facts" data-duty="5-4a 5-4b">
      <dt>{say(TEXT.person)}</dt>
      <dd>
        {detail.unitName} {detail.personTitle} {detail.personName}
      </dd>
      <dt>{say(TEXT.kind)}</dt>
      <dd>{say(detail.isComplete ? kindText(detail.kind) : TEXT.incomplete)}</dd>
      <dt>{say(TEXT.effective)}</dt>
      <dd>
        <RocDate date={detail.effectiveOn} />
        {detail.retroactive && `（${say(TEXT.late)}）`}
      </dd>
      {detail.receivedOn !== null && (
        <>
          <dt>{say(TEXT.received)}</dt>
          <dd>
            <RocDate date={detail.receivedOn} />
          </dd>
        </>
      )}
      <dt>{say(TEXT.rights)}</dt>
      <dd>
        <RocDateTime at={detail.at} />
      </dd>
      <dt>{say(TEXT.ended)}</dt>
      <dd>
        {ended
          .map((one) => `${post(one)}${one.class === null ? "" : `（${say(AUTHORITY_TITLES[one.class])}）`}`)
          .join("、")}
      </dd>
      <dt>{say(TEXT.begun)}</dt>
      <dd>{begun.length === 0 ? say(TEXT.none) : begun.map(post).join("、")}</dd>
      <dt>{say(TEXT.successor)}</dt>
      <dd>{detail.successorName ?? say(TEXT.noSuccessor)}</dd>
      <dt>{say(TEXT.answerable)}</dt>
      <dd>{detail.answerable.join("、")}</dd>
    </dl>
  )
}

function Acts({ detail }: Props) {
  const { language, say } = useLanguage()
  const [isCompleting, setCompleting] = useState(false)
  const { act, isPending, refusals } = useAct(() =>
    call(closeChange, { params: { id: detail.id }, body: {} }),
  )
  const complete = detail.allowed.find((one) => one.act === "complete")
  const close = detail.allowed.find((one) => one.act === "close")
  if (detail.state === "closed" || detail.allowed.length === 0) return null
  return (
    <>
      <div className="list-bar">
        {complete?.refusal === null && (
          <Button variant={detail.isComplete ? "default" : "filled"} onClick={() => setCompleting(true)}>
            {say(TEXT.complete)}
          </Button>
        )}
        {close !== undefined && (
          <Button
            variant="default"
            disabled={close.refusal !== null}
            loading={isPending}
            onClick={() => act(undefined)}
          >
            {say(TEXT.close)}
          </Button>
        )}
      </div>
      {close !== undefined && close.refusal !== null && (
        <p className="field-hint">
          {say(TEXT.close)}：{close.refusal[language]} <span className="cite">{close.refusal.source}</span>
        </p>
      )}
      <Refusals reasons={refusals} />
      {isCompleting && <CompleteDialog detail={detail} onClose={() => setCompleting(false)} />}
    </>
  )
}
