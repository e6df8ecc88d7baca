import { openAgreementPaper, type AgreementView } from "../../../modules/vendors/contract.ts"
import { addressOf } from "../../api/address.ts"
import { Said, useSay } from "../../text/language.tsx"
import { RocDate, RocDateTime } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"
import { lastDay, RESULTS } from "./words.ts"

const TEXT = {
  people: { zh: "列入之廠商人員", en: "People on the agreement" },
  nobody: { zh: "尚未列入人員。", en: "Nobody is on it yet." },
  serving: { zh: "列入中", en: "On it" },
  over: { zh: "已隨保密措施終止", en: "Ended with the agreement" },
  off: { zh: "已移除", en: "Taken off" },
  extensions: { zh: "展延", en: "Extensions" },
  waits: { zh: "待主管確認", en: "To be confirmed" },
  agreed: { zh: "已確認", en: "Confirmed" },
  rejected: { zh: "已退回", en: "Rejected" },
  checks: { zh: "定期查核", en: "Checks" },
  unchecked: { zh: "尚無查核紀錄。", en: "Not checked yet." },
} as const

type Paper = AgreementView["paper"]

/** 文號 and date of a signed document, leading to its scan. */
export function PaperLink({ agreement, paper }: { readonly agreement: string; readonly paper: Paper }) {
  const address = addressOf(openAgreementPaper, { params: { id: agreement, scan: paper.scan } })
  return (
    <>
      <a href={address} target="_blank" rel="noreferrer">
        {paper.number}
      </a>{" "}
      <RocDate date={paper.signedOn} />
    </>
  )
}

export function AgreementTables({ agreement }: { readonly agreement: AgreementView }) {
  const say = useSay()
  const { staff, extensions, checks } = agreement
  return (
    <>
      <h2>{say(TEXT.people)}</h2>
      {staff.length === 0 ? (
        <Empty text={say(TEXT.nobody)} />
      ) : (
        <DataTable
          caption={say(TEXT.people)}
          isCaptionHidden
          columns={staffColumns(agreement)}
          rows={staff}
          keyOf={({ person, added }) => `${person} ${added.at}`}
        />
      )}
      {extensions.length > 0 && (
        <>
          <h2>{say(TEXT.extensions)}</h2>
          <DataTable
            caption={say(TEXT.extensions)}
            isCaptionHidden
            columns={extensionColumns(agreement.id)}
            rows={extensions}
            keyOf={({ recorded }) => recorded.at}
          />
        </>
      )}
      <h2>{say(TEXT.checks)}</h2>
      {checks.length === 0 ? (
        <Empty text={say(TEXT.unchecked)} />
      ) : (
        <DataTable
          caption={say(TEXT.checks)}
          isCaptionHidden
          columns={CHECK_COLUMNS}
          rows={checks}
          keyOf={({ id }) => id}
        />
      )}
    </>
  )
}

type Staff = AgreementView["staff"][number]
type Extension = AgreementView["extensions"][number]
type Check = AgreementView["checks"][number]

function staffColumns({ id, state }: AgreementView): readonly Column<Staff>[] {
  return [
    { head: { zh: "人員", en: "Person" }, cell: ({ title, name }) => `${title} ${name}` },
    {
      head: { zh: "保密切結書", en: "Pledge" },
      cell: ({ pledge }) => <PaperLink agreement={id} paper={pledge} />,
    },
    {
      head: { zh: "列入", en: "Taken on" },
      cell: ({ added }) => (
        <>
          {added.name} <RocDateTime at={added.at} />
        </>
      ),
    },
    {
      head: { zh: "狀態", en: "State" },
      cell: ({ removal }) =>
        removal === null ? (
          <ServingBadge isOver={state === "ended"} />
        ) : (
          <>
            <Said text={TEXT.off} /> {removal.name} <RocDateTime at={removal.at} /> {removal.reason}
          </>
        ),
    },
  ]
}

function ServingBadge({ isOver }: { readonly isOver: boolean }) {
  const say = useSay()
  return isOver ? (
    <StatusBadge status="done" word={say(TEXT.over)} />
  ) : (
    <StatusBadge status="running" word={say(TEXT.serving)} />
  )
}

function extensionColumns(agreement: string): readonly Column<Extension>[] {
  return [
    {
      head: { zh: "新迄日", en: "New last day" },
      isShort: true,
      cell: ({ until }) => <RocDate date={lastDay(until)} />,
    },
    {
      head: { zh: "展延文件", en: "Document" },
      cell: ({ paper }) => <PaperLink agreement={agreement} paper={paper} />,
    },
    {
      head: { zh: "登錄", en: "Recorded" },
      cell: ({ recorded }) => (
        <>
          {recorded.name} <RocDateTime at={recorded.at} />
        </>
      ),
    },
    { head: { zh: "狀態", en: "State" }, cell: (extension) => <ExtensionState extension={extension} /> },
  ]
}

function ExtensionState({ extension }: { readonly extension: Extension }) {
  const say = useSay()
  const { confirmed, rejection } = extension
  const decided = confirmed ?? rejection
  if (decided === null) return <StatusBadge status="todo" word={say(TEXT.waits)} />
  return (
    <>
      {say(confirmed === null ? TEXT.rejected : TEXT.agreed)} {decided.name} <RocDateTime at={decided.at} />{" "}
      {rejection?.reason}
    </>
  )
}

const CHECK_COLUMNS: readonly Column<Check>[] = [
  {
    head: { zh: "查核日期", en: "Checked on" },
    isShort: true,
    cell: ({ checkedOn }) => <RocDate date={checkedOn} />,
  },
  {
    head: { zh: "結果", en: "Result" },
    isShort: true,
    cell: ({ result }) => <Said text={RESULTS[result]} />,
  },
  { head: { zh: "查核情形", en: "Remarks" }, cell: ({ remarks }) => remarks },
  {
    head: { zh: "登錄", en: "Recorded" },
    cell: ({ recorded }) => (
      <>
        {recorded.name} <RocDateTime at={recorded.at} />
      </>
    ),
  },
]
