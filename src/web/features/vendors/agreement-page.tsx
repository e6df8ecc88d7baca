import { Button, Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { useState, type ComponentType } from "react"
import { readAgreement, type AgreementView } from "../../../modules/vendors/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { DueDate } from "../../ui/dates/due-date.tsx"
import { RocDate, RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { StatusBadge } from "../../ui/status.tsx"
import { Timeline } from "../../ui/timeline.tsx"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import { kindName } from "../ledger/kinds.ts"
import { CheckDialog, ExtensionDialog, StatementDialog } from "./agreement-dialogs.tsx"
import { AgreementTables, PaperLink } from "./agreement-tables.tsx"
import {
  ConfirmDialog,
  ConfirmExtensionDialog,
  EndDialog,
  RejectDialog,
  RejectExtensionDialog,
} from "./decision-dialogs.tsx"
import type { AgreementDialogProps } from "./dialog-props.ts"
import { AddPersonDialog, RemovePersonDialog } from "./staff-dialogs.tsx"
import { commandName, lastDay, STATEMENTS, STATES } from "./words.ts"

const TEXT = {
  title: { zh: "保密措施 {number}", en: "Agreement {number}" },
  can: { zh: "我可以辦理", en: "What I can do" },
  nothing: { zh: "目前沒有需要您辦理的事項。", en: "Nothing here waits for you now." },
  unit: { zh: "使用單位", en: "Using unit" },
  vendor: { zh: "委外廠商", en: "Vendor" },
  contract: { zh: "契約", en: "Contract" },
  scope: { zh: "範圍", en: "Scope" },
  period: { zh: "效期", en: "Period" },
  paper: { zh: "簽署文件", en: "Signed document" },
  recorded: { zh: "登錄", en: "Recorded" },
  confirmed: { zh: "主管確認", en: "Confirmed" },
  rejected: { zh: "退回", en: "Rejected" },
  ended: { zh: "提前終止", en: "Ended early" },
  nextCheck: { zh: "下次查核期限", en: "Next check" },
  statement: { zh: "返還或刪除切結", en: "Statement of return or deletion" },
  owes: { zh: "尚未登錄", en: "Not recorded yet" },
  evidence: { zh: "經過", en: "Timeline" },
} as const

/** One dialog per act on an agreement. */
const DIALOGS: Readonly<Record<string, ComponentType<AgreementDialogProps>>> = {
  "confirm-agreement": ConfirmDialog,
  "reject-agreement": RejectDialog,
  "add-person": AddPersonDialog,
  "remove-person": RemovePersonDialog,
  "record-extension": ExtensionDialog,
  "confirm-extension": ConfirmExtensionDialog,
  "reject-extension": RejectExtensionDialog,
  "end-agreement": EndDialog,
  "record-check": CheckDialog,
  "record-statement": StatementDialog,
}

/** What undoes or ends is not offered as the next step. */
const FIRST = ["confirm-agreement", "confirm-extension", "record-statement", "add-person"]

export function AgreementPage() {
  const { id } = useParams({ from: "/signed-in/vendors/agreements/$id" })
  const read = useQuery({
    queryKey: ["vendor-agreement", id],
    queryFn: () => call(readAgreement, { params: { id } }),
  })
  if (read.data === undefined)
    return read.isPending ? <Loader aria-label="…" /> : <Refusals reasons={refusalsIn(read.error)} />
  return <Detail agreement={read.data} />
}

function Detail({ agreement }: { readonly agreement: AgreementView }) {
  const say = useSay()
  const { status, name, means } = STATES[agreement.state]
  return (
    <Page
      title={say(TEXT.title, { number: agreement.paper.number })}
      mark={<StatusBadge status={status} word={say(name)} />}
    >
      <Facts agreement={agreement} />
      <p>
        <strong>{say(means)}</strong>
      </p>
      <Acts agreement={agreement} />
      <AgreementTables agreement={agreement} />
      <h2>{say(TEXT.evidence)}</h2>
      <Timeline
        events={agreement.timeline.map(({ index, time, kind, actor }) => ({
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

function Acts({ agreement }: { readonly agreement: AgreementView }) {
  const say = useSay()
  const [open, setOpen] = useState<string | null>(null)
  const Dialog = open === null ? undefined : DIALOGS[open]
  return (
    <section aria-label={say(TEXT.can)}>
      <h2>{say(TEXT.can)}</h2>
      {agreement.allowed.length === 0 && <p>{say(TEXT.nothing)}</p>}
      <div className="acts">
        {agreement.allowed.map((command) => (
          <Button
            key={command}
            variant={FIRST.includes(command) ? "filled" : "default"}
            onClick={() => setOpen(command)}
          >
            {say(commandName(command))}
          </Button>
        ))}
      </div>
      {Dialog !== undefined && <Dialog agreement={agreement} onClose={() => setOpen(null)} />}
    </section>
  )
}

function Facts({ agreement }: { readonly agreement: AgreementView }) {
  const say = useSay()
  const { vendor, contract, roles, nextCheck } = agreement
  return (
    <dl className="facts">
      <dt>{say(TEXT.unit)}</dt>
      <dd>{agreement.unitName}</dd>
      <dt>{say(TEXT.vendor)}</dt>
      <dd>
        <Link to="/vendors/$id" params={{ id: vendor.id }}>
          {vendor.name}
        </Link>{" "}
        <span className="mono">{vendor.taxId}</span>
      </dd>
      <dt>{say(TEXT.contract)}</dt>
      <dd>
        {contract.number} {contract.subject}
      </dd>
      <dt>{say(TEXT.scope)}</dt>
      <dd>{roles.map((role) => say(ROLE_NAMES[role])).join("、")}</dd>
      <dt>{say(TEXT.period)}</dt>
      <dd>
        <RocDate date={taipeiDate(agreement.since as Instant)} />－<End agreement={agreement} />
      </dd>
      <dt>{say(TEXT.paper)}</dt>
      <dd>
        <PaperLink agreement={agreement.id} paper={agreement.paper} />
      </dd>
      <Decisions agreement={agreement} />
      {nextCheck !== null && (
        <>
          <dt>{say(TEXT.nextCheck)}</dt>
          <dd>
            <DueDate date={nextCheck.due} deadline={nextCheck.deadline} />
          </dd>
        </>
      )}
    </dl>
  )
}

/** Its last day; the very moment, where it was ended early. */
function End({ agreement }: { readonly agreement: AgreementView }) {
  return agreement.ending === null ? (
    <RocDate date={lastDay(agreement.until)} />
  ) : (
    <RocDateTime at={agreement.until} />
  )
}

function Decisions({ agreement }: { readonly agreement: AgreementView }) {
  const say = useSay()
  const { recorded, confirmed, rejection, ending, statement, owesStatement } = agreement
  const deeds = [
    { word: TEXT.recorded, deed: recorded, reason: "" },
    { word: TEXT.confirmed, deed: confirmed, reason: "" },
    { word: TEXT.rejected, deed: rejection, reason: rejection?.reason ?? "" },
    { word: TEXT.ended, deed: ending, reason: ending?.reason ?? "" },
  ]
  return (
    <>
      {deeds.map(
        ({ word, deed, reason }) =>
          deed !== null && (
            <Decision key={word.zh} word={say(word)} name={deed.name} at={deed.at} reason={reason} />
          ),
      )}
      {(statement !== null || owesStatement) && (
        <>
          <dt>{say(TEXT.statement)}</dt>
          <dd>
            {statement === null ? (
              <StatusBadge status="late" word={say(TEXT.owes)} />
            ) : (
              <>
                {say(STATEMENTS[statement.kind])}{" "}
                <PaperLink agreement={agreement.id} paper={statement.paper} />
              </>
            )}
          </dd>
        </>
      )}
    </>
  )
}

interface DecisionProps {
  readonly word: string
  readonly name: string
  readonly at: string
  readonly reason: string
}

function Decision({ word, name, at, reason }: DecisionProps) {
  return (
    <>
      <dt>{word}</dt>
      <dd>
        {name} <RocDateTime at={at} /> {reason}
      </dd>
    </>
  )
}
