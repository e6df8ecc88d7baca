import { Button, Checkbox } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { listChanges, readMoverOptions, type ChangeLine } from "../../../modules/handover/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { DueDate } from "../../ui/dates/due-date.tsx"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"
import { StartDialog } from "./start-dialog.tsx"
import { kindText, standingOf, STATES } from "./words.ts"

const TEXT = {
  title: { zh: "職務異動", en: "Changes of post" },
  start: { zh: "登錄職務異動", en: "Record a change" },
  caption: { zh: "職務異動之知會期限及移交情形", en: "Notices, deadlines and hand-over of each change" },
  closed: { zh: "併列已結案者", en: "Closed ones too" },
  late: { zh: "補登", en: "Recorded late" },
  incomplete: { zh: "待補登派令", en: "Order to be stated" },
  empty: {
    zh: "目前無職務異動案件。人員異動或離（休）職時，由單位主管或系統管理者按「登錄職務異動」開始；人事系統終止職務者，自動列案。",
    en: "No changes. A unit's head or an administrator records one; posts ended by the personnel system appear by themselves.",
  },
} as const

const COLUMNS: readonly Column<ChangeLine>[] = [
  {
    head: { zh: "編號", en: "Number" },
    isShort: true,
    cell: ({ id, number }) => (
      <Link to="/personnel-changes/$id" params={{ id }}>
        {number}
      </Link>
    ),
  },
  { head: { zh: "狀態", en: "State" }, isShort: true, cell: (line) => <State line={line} /> },
  {
    head: { zh: "原單位／人員", en: "Unit / person" },
    cell: (line) => `${line.unitName} ${line.personName}`,
  },
  { head: { zh: "異動種類", en: "Kind" }, isShort: true, cell: (line) => <Kind line={line} /> },
  {
    head: { zh: "生效日", en: "Effective" },
    isShort: true,
    cell: ({ effectiveOn }) => <RocDate date={effectiveOn} />,
  },
  {
    head: { zh: "知會資訊室", en: "IT office" },
    cell: (line) => <Told line={line} office="it-office" />,
  },
  {
    head: { zh: "知會政風室", en: "Ethics office" },
    cell: (line) => <Told line={line} office="ethics-office" />,
  },
  {
    head: { zh: "已點收", en: "Accepted" },
    isNumber: true,
    cell: (line) => `${line.accepted}／${line.items}`,
  },
]

function State({ line }: { readonly line: ChangeLine }) {
  const say = useSay()
  const { status, word } = STATES[line.state]
  return <StatusBadge status={status} word={say(word)} />
}

function Kind({ line }: { readonly line: ChangeLine }) {
  const say = useSay()
  return (
    <>
      {say(line.isComplete ? kindText(line.kind) : TEXT.incomplete)}
      {line.retroactive && `（${say(TEXT.late)}）`}
    </>
  )
}

interface ToldProps {
  readonly line: ChangeLine
  readonly office: ChangeLine["notices"][number]["office"]
}

function Told({ line, office }: ToldProps) {
  const say = useSay()
  const owed = line.notices.find((notice) => notice.office === office)
  if (owed === undefined) return null
  const { status, word } = standingOf(owed)
  return (
    <>
      <StatusBadge status={status} word={say(word)} />{" "}
      {owed.due !== null &&
        (owed.standing === "given" ? (
          <RocDate date={owed.due} />
        ) : (
          <DueDate date={owed.due} deadline={owed.deadline} />
        ))}
    </>
  )
}

export function ChangesPage() {
  const say = useSay()
  const navigate = useNavigate()
  const [{ page, closed }, show] = useState({ page: 1, closed: false })
  const [isStarting, setStarting] = useState(false)
  const options = useQuery({ queryKey: ["mover-options"], queryFn: () => call(readMoverOptions) })
  const list = useQuery({
    queryKey: ["personnel-changes", page, closed],
    queryFn: () => call(listChanges, { query: { page, closed } }),
    placeholderData: keepPreviousData,
  })
  const { items = [], total = 0, size = 20 } = list.data ?? {}
  const mayStart = (options.data?.units.length ?? 0) > 0
  return (
    <Page
      title={say(TEXT.title)}
      actions={mayStart && <Button onClick={() => setStarting(true)}>{say(TEXT.start)}</Button>}
    >
      <div className="list-bar">
        <Checkbox
          label={say(TEXT.closed)}
          checked={closed}
          onChange={(event) => show({ page: 1, closed: event.currentTarget.checked })}
        />
      </div>
      <Refusals reasons={refusalsIn(list.error)} />
      {list.data !== undefined && total === 0 && <Empty text={say(TEXT.empty)} />}
      {total > 0 && (
        <div data-duty="5-4c 5-4d">
          <DataTable caption={say(TEXT.caption)} columns={COLUMNS} rows={items} keyOf={({ id }) => id} />
          <Pager total={total} page={page} size={size} onPage={(next) => show({ page: next, closed })} />
        </div>
      )}
      {isStarting && options.data !== undefined && (
        <StartDialog
          options={options.data}
          onClose={() => setStarting(false)}
          onDone={(id) => void navigate({ to: "/personnel-changes/$id", params: { id } })}
        />
      )}
    </Page>
  )
}
