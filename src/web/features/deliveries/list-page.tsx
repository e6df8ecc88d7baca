import { Button, NativeSelect, TextInput } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState, type SubmitEvent } from "react"
import { listDeliveries, type DeliverySummary } from "../../../modules/deliveries/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import type { ListSearch } from "../../ui/lists/list-search.ts"
import { Page } from "../../ui/page.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge } from "../../ui/status.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { AnnounceDialog } from "./announce-dialog.tsx"
import { STATES } from "./words.ts"

const TEXT = {
  title: { zh: "資料檔案", en: "Deliveries" },
  record: { zh: "登錄提供機關通知", en: "Record a provider's notice" },
  projects: { zh: "專案與專人", en: "Projects" },
  providers: { zh: "提供機關與連結作業", en: "Providers and linkages" },
  state: { zh: "進度", en: "State" },
  all: { zh: "全部", en: "All" },
  search: { zh: "編號", en: "Number" },
  filter: { zh: "查詢", en: "Search" },
  caption: { zh: "由提供機關通知至銷毀，各檔案目前之進度", en: "Where each file stands" },
  empty: {
    zh: "尚無資料檔案。收到提供機關通知後，請按「登錄提供機關通知」開始。",
    en: "No deliveries yet. When a provider's notice arrives, record it to begin.",
  },
  none: {
    zh: "查無符合條件之資料檔案，請變更進度或編號再查詢。",
    en: "Nothing fits. Choose another state or number.",
  },
} as const

const COLUMNS: readonly Column<DeliverySummary>[] = [
  {
    head: { zh: "編號", en: "Number" },
    isShort: true,
    sort: { descending: "number" },
    cell: ({ id, number }) => (
      <Link to="/deliveries/$id" params={{ id }}>
        {number}
      </Link>
    ),
  },
  { head: { zh: "進度", en: "State" }, isShort: true, cell: ({ state }) => <StateBadge state={state} /> },
  { head: { zh: "專案", en: "Project" }, cell: (item) => item.projectName },
  { head: { zh: "提供機關", en: "Provider" }, cell: (item) => item.providerName },
  {
    head: { zh: "單位／承辦人", en: "Unit / handler" },
    cell: (item) => `${item.unitName} ${item.handlerName}`,
  },
  {
    head: { zh: "通知筆數", en: "Declared" },
    isNumber: true,
    cell: (item) => item.declaredRecords.toLocaleString("en-US"),
  },
  { head: { zh: "登記編號", en: "Register" }, isShort: true, cell: (item) => item.registerNumber },
  {
    head: { zh: "最近異動", en: "Updated" },
    isShort: true,
    sort: { descending: "updated" },
    cell: (item) => <RocDateTime at={item.updatedAt} />,
  },
]

function StateBadge({ state }: { readonly state: string }) {
  const say = useSay()
  const words = STATES[state]
  return words === undefined ? state : <StatusBadge status={words.status} word={say(words.name)} />
}

export function DeliveriesPage() {
  const say = useSay()
  const navigate = useNavigate()
  const mayRecord = useHolds("handler", "center-handler")
  const [isAnnouncing, setAnnouncing] = useState(false)
  const actions = (
    <>
      <Link to="/deliveries/projects">{say(TEXT.projects)}</Link>
      <Link to="/deliveries/providers">{say(TEXT.providers)}</Link>
      {mayRecord && <Button onClick={() => setAnnouncing(true)}>{say(TEXT.record)}</Button>}
    </>
  )
  return (
    <Page title={say(TEXT.title)} actions={actions}>
      <Deliveries />
      {isAnnouncing && (
        <AnnounceDialog
          onClose={() => setAnnouncing(false)}
          onDone={(id) => void navigate({ to: "/deliveries/$id", params: { id } })}
        />
      )}
    </Page>
  )
}

function Deliveries() {
  const say = useSay()
  const navigate = useNavigate()
  const { page = 1, state, search, sort = "updated" } = useListSearch()
  const order = sort === "number" ? "number" : "updated"
  const list = useQuery({
    queryKey: ["deliveries", page, state, search, order],
    queryFn: () => call(listDeliveries, { query: { page, state, search, sort: order } }),
    placeholderData: keepPreviousData,
  })
  const open = (change: ListSearch) =>
    void navigate({ to: "/deliveries", search: (now) => ({ ...now, ...change }) })
  const isFiltered = state !== undefined || search !== undefined
  return (
    <>
      <Filters key={search ?? ""} />
      <Refusals reasons={refusalsIn(list.error)} />
      {list.data?.total === 0 && <Empty text={say(isFiltered ? TEXT.none : TEXT.empty)} />}
      {list.data !== undefined && list.data.total > 0 && (
        <>
          <DataTable
            caption={say(TEXT.caption)}
            columns={COLUMNS}
            rows={list.data.items}
            keyOf={(item) => item.id}
            sort={order}
            onSort={(by) => open({ sort: by, page: 1 })}
          />
          <Pager
            total={list.data.total}
            page={page}
            size={list.data.size}
            onPage={(next) => open({ page: next })}
          />
        </>
      )}
    </>
  )
}

function Filters() {
  const say = useSay()
  const navigate = useNavigate()
  const { state, search, sort } = useListSearch()
  const [typed, setTyped] = useState(search ?? "")
  const find = (chosen: string) =>
    void navigate({
      to: "/deliveries",
      search: {
        ...(sort === undefined ? {} : { sort }),
        ...(chosen === "" ? {} : { state: chosen }),
        ...(typed === "" ? {} : { search: typed }),
      },
    })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    find(state ?? "")
  }
  const states = Object.entries(STATES).map(([value, { name }]) => ({ value, label: say(name) }))
  return (
    <form onSubmit={submit} className="list-bar" role="search">
      <NativeSelect
        label={say(TEXT.state)}
        data={[{ value: "", label: say(TEXT.all) }, ...states]}
        value={state ?? ""}
        onChange={(event) => find(event.currentTarget.value)}
      />
      <TextInput
        label={say(TEXT.search)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        placeholder="D115-0001"
        maxLength={60}
      />
      <Button type="submit" variant="default">
        {say(TEXT.filter)}
      </Button>
    </form>
  )
}
