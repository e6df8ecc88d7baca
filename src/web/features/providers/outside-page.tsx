import { AUTHORITY_TITLES } from "../../../regulation/authorities.ts"
import { Button, Checkbox } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { listOutsideAccounts, type OutsideAccountView } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { DueDate } from "../../ui/dates/due-date.tsx"
import { RocDate, RocDateTime } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"
import { ChangeDialog, ConfirmDialog, RequestDialog, SeeDialog } from "./outside-acts.tsx"
import { OutsideDialog } from "./outside-dialog.tsx"
import { ACTS, STATES, WAYS, type OutsideAct } from "./outside-words.ts"

const TEXT = {
  title: { zh: "外部帳號", en: "Outside accounts" },
  means: {
    zh: "於提供機關系統持有之帳號。以密碼登入者每三個月更新一次並登錄日期；異動或離職者應申請註銷，至提供機關確認為止。",
    en: "Accounts held in providers' systems. Passwords are changed every three months and the day recorded; whoever leaves has theirs cancelled.",
  },
  record: { zh: "登錄外部帳號", en: "Record an account" },
  cancelled: { zh: "併列已註銷者", en: "Cancelled ones too" },
  empty: {
    zh: "尚無外部帳號。於提供機關系統取得帳號者，請按「登錄外部帳號」。",
    en: "No outside accounts. Record those that providers gave.",
  },
  recordedAt: { zh: "登錄", en: "recorded" },
  seen: { zh: "主管核閱", en: "seen" },
  requested: { zh: "申請註銷", en: "Requested" },
  confirmed: { zh: "確認註銷", en: "Confirmed" },
} as const

const COLUMNS: readonly Column<OutsideAccountView>[] = [
  {
    head: { zh: "提供機關及系統", en: "Provider and system" },
    cell: ({ providerName, system }) => `${providerName} ${system}`,
  },
  {
    head: { zh: "帳號", en: "Account" },
    isShort: true,
    cell: ({ name }) => <span className="mono">{name}</span>,
  },
  {
    head: { zh: "持有人", en: "Holder" },
    cell: ({ unitName, holderName }) => `${unitName} ${holderName}`,
  },
  {
    head: { zh: "權限類別", en: "Class" },
    isShort: true,
    cell: (account) => <ClassName account={account} />,
  },
  { head: { zh: "密碼更新", en: "Password" }, cell: (account) => <Password account={account} /> },
  { head: { zh: "狀態", en: "State" }, cell: (account) => <State account={account} /> },
]

interface Shown {
  readonly account: OutsideAccountView
}

function ClassName({ account }: Shown) {
  return useSay()(AUTHORITY_TITLES[account.class])
}

/** Until when the password may stand and when it was changed last, or what stands for that. */
function Password({ account: { keptBy, standsFor, due, deadline, changes } }: Shown) {
  const say = useSay()
  if (keptBy !== "password") return `${say(WAYS[keptBy])}：${standsFor ?? ""}`
  const last = changes[0]
  return (
    <>
      {due !== null && <DueDate date={due} deadline={deadline} />}
      {last !== undefined && (
        <div className="field-hint">
          {say(ACTS.change)} <RocDate date={last.on} />（{say(TEXT.recordedAt)} <RocDateTime at={last.at} />
          {last.seenAt !== null && (
            <>
              ；{say(TEXT.seen)} <RocDateTime at={last.seenAt} />
            </>
          )}
          ）
        </div>
      )}
    </>
  )
}

/** Where it stands, why it goes, and both days with those on which they were recorded. */
function State({ account: { state, cancellation } }: Shown) {
  const say = useSay()
  const { status, word } = STATES[state]
  return (
    <>
      <StatusBadge status={status} word={say(word)} />
      {cancellation !== null && (
        <div className="field-hint">
          <div>{cancellation.reason}</div>
          <Step
            name={say(TEXT.requested)}
            on={cancellation.requestedOn}
            at={cancellation.requestRecordedAt}
          />
          {cancellation.documentNumber}
          <Step
            name={say(TEXT.confirmed)}
            on={cancellation.confirmedOn}
            at={cancellation.confirmationRecordedAt}
          />
        </div>
      )}
    </>
  )
}

interface StepProps {
  readonly name: string
  readonly on: string | null
  readonly at: string | null
}

function Step({ name, on, at }: StepProps) {
  const say = useSay()
  if (on === null || at === null) return null
  return (
    <div>
      {name} <RocDate date={on} />（{say(TEXT.recordedAt)} <RocDateTime at={at} />）
    </div>
  )
}

interface Chosen {
  readonly act: OutsideAct
  readonly account: OutsideAccountView
}

/** 外部帳號: everybody's own, a head's unit, and all for who keeps or watches them. */
export function OutsidePage() {
  const say = useSay()
  const [{ page, cancelled }, show] = useState({ page: 1, cancelled: false })
  const [dialog, open] = useState<"record" | Chosen | null>(null)
  const accounts = useQuery({
    queryKey: ["outside-accounts", page, cancelled],
    queryFn: () => call(listOutsideAccounts, { query: { page, cancelled } }),
    placeholderData: keepPreviousData,
  })
  const { items = [], total = 0, size = 20 } = accounts.data ?? {}
  return (
    <Page
      title={say(TEXT.title)}
      actions={<Button onClick={() => open("record")}>{say(TEXT.record)}</Button>}
    >
      <p>{say(TEXT.means)}</p>
      <div className="list-bar">
        <Checkbox
          label={say(TEXT.cancelled)}
          checked={cancelled}
          onChange={(event) => show({ page: 1, cancelled: event.currentTarget.checked })}
        />
      </div>
      <Refusals reasons={refusalsIn(accounts.error)} />
      {accounts.data !== undefined && total === 0 && <Empty text={say(TEXT.empty)} />}
      {total > 0 && (
        <>
          <AccountsTable accounts={items} onAct={open} />
          <Pager total={total} page={page} size={size} onPage={(next) => show({ page: next, cancelled })} />
        </>
      )}
      {dialog === "record" && <OutsideDialog onClose={() => open(null)} />}
      {dialog !== null && dialog !== "record" && <ActDialog chosen={dialog} onClose={() => open(null)} />}
    </Page>
  )
}

interface TableProps {
  readonly accounts: readonly OutsideAccountView[]
  readonly onAct: (chosen: Chosen) => void
}

function AccountsTable({ accounts, onAct }: TableProps) {
  const say = useSay()
  const acts: Column<OutsideAccountView> = {
    head: { zh: "辦理", en: "Acts" },
    cell: (account) => (
      <span className="cell-parts">
        {account.allowed.map((act) => (
          <Button
            key={act}
            variant="default"
            size="compact-sm"
            onClick={() => onAct({ act, account })}
            aria-label={`${say(ACTS[act])}：${account.system} ${account.name}`}
          >
            {say(ACTS[act])}
          </Button>
        ))}
      </span>
    ),
  }
  const columns = accounts.some(({ allowed }) => allowed.length > 0) ? [...COLUMNS, acts] : COLUMNS
  return (
    <DataTable
      caption={say(TEXT.title)}
      isCaptionHidden
      columns={columns}
      rows={accounts}
      keyOf={({ id }) => id}
    />
  )
}

function ActDialog({ chosen: { act, account }, onClose }: { chosen: Chosen; onClose: () => void }) {
  const Dialog = { change: ChangeDialog, see: SeeDialog, request: RequestDialog, confirm: ConfirmDialog }[act]
  return <Dialog account={account} onClose={onClose} />
}
