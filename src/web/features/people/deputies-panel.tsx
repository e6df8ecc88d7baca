import { Button, Checkbox } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { plusMs, taipeiDate, type Instant } from "../../../kernel/time.ts"
import { endDeputy, listDeputies, type DeputyView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge, type Status } from "../../ui/status.tsx"
import { DeputyDialog } from "./deputy-dialog.tsx"

const TEXT = {
  title: { zh: "職務代理人", en: "Deputies" },
  appoint: { zh: "登錄職務代理人", en: "Record a deputy" },
  ended: { zh: "併列已終止者", en: "Ended ones too" },
  empty: { zh: "目前無職務代理。", en: "Nobody stands in for anybody now." },
  noneEnded: { zh: "尚無職務代理紀錄。", en: "Nobody ever stood in for anybody." },
  everyRole: { zh: "全部職務", en: "All posts" },
  end: { zh: "終止代理", en: "End" },
  ends: {
    zh: "終止後，{deputy}即不得再代理{person}；代理期間所為之作業不受影響。",
    en: "{deputy} stands in for {person} no longer. What was done until now stands.",
  },
} as const

const STATES = {
  "to-come": { status: "todo", word: { zh: "尚未開始", en: "To come" } },
  "in-force": { status: "running", word: { zh: "代理中", en: "In force" } },
  ended: { status: "done", word: { zh: "已終止", en: "Ended" } },
} as const satisfies Record<DeputyView["state"], { readonly status: Status; readonly word: Text }>

const COLUMNS: readonly Column<DeputyView>[] = [
  { head: { zh: "單位", en: "Unit" }, cell: (item) => item.unitName },
  { head: { zh: "被代理人", en: "Stood in for" }, isShort: true, cell: (item) => item.personName },
  { head: { zh: "代理人", en: "Deputy" }, isShort: true, cell: (item) => item.deputyName },
  { head: { zh: "代理之職務", en: "For" }, cell: (item) => <Scope roles={item.roles} /> },
  {
    head: { zh: "起日", en: "From" },
    isShort: true,
    cell: (item) => <RocDate date={taipeiDate(item.since as Instant)} />,
  },
  {
    head: { zh: "迄日", en: "To" },
    isShort: true,
    cell: (item) => item.until !== null && <RocDate date={lastDay(item.until)} />,
  },
  { head: { zh: "狀態", en: "State" }, isShort: true, cell: ({ state }) => <State state={state} /> },
]

function Scope({ roles }: { readonly roles: DeputyView["roles"] }) {
  const say = useSay()
  return roles === null ? say(TEXT.everyRole) : roles.map((role) => say(ROLE_NAMES[role])).join("、")
}

/** `until` is the first moment after it. */
function lastDay(until: string): string {
  return taipeiDate(plusMs(until as Instant, -1))
}

function State({ state }: { readonly state: DeputyView["state"] }) {
  const say = useSay()
  return <StatusBadge status={STATES[state].status} word={say(STATES[state].word)} />
}

/** Who stands in for whom; heads of units and administrators record and end it. */
export function DeputiesPanel() {
  const say = useSay()
  const [{ page, ended }, show] = useState({ page: 1, ended: false })
  const [dialog, open] = useState<"appoint" | DeputyView | null>(null)
  const deputies = useQuery({
    queryKey: ["deputies", page, ended],
    queryFn: () => call(listDeputies, { query: { page, ended } }),
    placeholderData: keepPreviousData,
  })
  const { items = [], total = 0, size = 20, units = [] } = deputies.data ?? {}
  return (
    <section aria-label={say(TEXT.title)}>
      <h2>{say(TEXT.title)}</h2>
      <div className="list-bar">
        {units.length > 0 && (
          <Button variant="default" onClick={() => open("appoint")}>
            {say(TEXT.appoint)}
          </Button>
        )}
        <Checkbox
          label={say(TEXT.ended)}
          checked={ended}
          onChange={(event) => show({ page: 1, ended: event.currentTarget.checked })}
        />
      </div>
      <Refusals reasons={refusalsIn(deputies.error)} />
      {deputies.data !== undefined && total === 0 && (
        <Empty text={say(ended ? TEXT.noneEnded : TEXT.empty)} />
      )}
      {total > 0 && (
        <>
          <DeputiesTable deputies={items} onEnd={open} />
          <Pager total={total} page={page} size={size} onPage={(next) => show({ page: next, ended })} />
        </>
      )}
      {dialog === "appoint" && <DeputyDialog units={units} onClose={() => open(null)} />}
      {dialog !== null && dialog !== "appoint" && <EndDialog deputy={dialog} onClose={() => open(null)} />}
    </section>
  )
}

interface TableProps {
  readonly deputies: readonly DeputyView[]
  readonly onEnd: (deputy: DeputyView) => void
}

function DeputiesTable({ deputies, onEnd }: TableProps) {
  const say = useSay()
  const end: Column<DeputyView> = {
    head: TEXT.end,
    cell: (item) =>
      item.mayEnd && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onEnd(item)}
          aria-label={`${say(TEXT.end)}：${item.deputyName}`}
        >
          {say(TEXT.end)}
        </Button>
      ),
  }
  const columns = deputies.some((item) => item.mayEnd) ? [...COLUMNS, end] : COLUMNS
  return (
    <DataTable
      caption={say(TEXT.title)}
      isCaptionHidden
      columns={columns}
      rows={deputies}
      keyOf={(item) => item.id}
    />
  )
}

function EndDialog({ deputy, onClose }: { readonly deputy: DeputyView; readonly onClose: () => void }) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(() => call(endDeputy, { params: { id: deputy.id } }), onClose)
  return (
    <FormDialog
      title={say(TEXT.end)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.end)}
    >
      <p>{say(TEXT.ends, { deputy: deputy.deputyName, person: deputy.personName })}</p>
    </FormDialog>
  )
}
