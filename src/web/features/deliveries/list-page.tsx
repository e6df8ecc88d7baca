import { Button, Group, NativeSelect, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { listDeliveries, type DeliverySummary } from "../../../modules/deliveries/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Pager } from "../../ui/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { useListSearch } from "../../ui/use-list-search.ts"
import { Empty, StatusBadge } from "../../ui/status.tsx"
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
  empty: {
    zh: "尚無資料檔案。收到提供機關通知後，請按「登錄提供機關通知」開始。",
    en: "No deliveries yet. When a provider's notice arrives, record it to begin.",
  },
  heads: [
    { zh: "編號", en: "Number" },
    { zh: "進度", en: "State" },
    { zh: "專案", en: "Project" },
    { zh: "提供機關", en: "Provider" },
    { zh: "單位／承辦人", en: "Unit / handler" },
    { zh: "通知筆數", en: "Declared" },
    { zh: "登記編號", en: "Register" },
    { zh: "最近異動", en: "Updated" },
  ],
} as const

export function DeliveriesPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { page = 1, state, search } = useListSearch()
  const list = useQuery({
    queryKey: ["deliveries", page, state, search],
    queryFn: () => call(listDeliveries, { query: { page, state, search } }),
  })
  const [isAnnouncing, setAnnouncing] = useState(false)
  const open = (change: object) =>
    void navigate({
      to: "/deliveries",
      search: {
        ...(state === undefined ? {} : { state }),
        ...(search === undefined ? {} : { search }),
        ...change,
      },
    })
  return (
    <>
      <Group justify="space-between">
        <h1>{say(TEXT.title)}</h1>
        <Group>
          <Link to="/deliveries/projects">{say(TEXT.projects)}</Link>
          <Link to="/deliveries/providers">{say(TEXT.providers)}</Link>
          <Button onClick={() => setAnnouncing(true)}>{say(TEXT.record)}</Button>
        </Group>
      </Group>
      <Filters state={state} search={search} onChange={open} />
      <Refusals reasons={refusalsIn(list.error)} />
      {list.data?.items.length === 0 ? (
        <Empty text={say(TEXT.empty)} />
      ) : (
        <DeliveryTable items={list.data?.items ?? []} />
      )}
      <Pager total={list.data?.total ?? 0} page={page} size={20} onPage={(next) => open({ page: next })} />
      {isAnnouncing && (
        <AnnounceDialog
          onClose={() => setAnnouncing(false)}
          onDone={(id) => void navigate({ to: "/deliveries/$id", params: { id } })}
        />
      )}
    </>
  )
}

interface FiltersProps {
  readonly state: string | undefined
  readonly search: string | undefined
  readonly onChange: (change: object) => void
}

function Filters({ state, search, onChange: open }: FiltersProps) {
  const say = useSay()
  const [typed, setTyped] = useState(search ?? "")
  const states = [
    { value: "", label: say(TEXT.all) },
    ...Object.entries(STATES).map(([value, { name }]) => ({ value, label: say(name) })),
  ]
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        open({ search: typed === "" ? undefined : typed, page: 1 })
      }}
    >
      <Group align="end" mb="md">
        <NativeSelect
          label={say(TEXT.state)}
          data={states}
          value={state ?? ""}
          onChange={(event) =>
            open({
              state: event.currentTarget.value === "" ? undefined : event.currentTarget.value,
              page: 1,
            })
          }
        />
        <TextInput
          label={say(TEXT.search)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="D115-0001"
        />
        <Button type="submit" variant="default">
          {say(TEXT.filter)}
        </Button>
      </Group>
    </form>
  )
}

function DeliveryTable({ items }: { readonly items: readonly DeliverySummary[] }) {
  const say = useSay()
  return (
    <div className="table-scroll">
      <table className="plain">
        <thead>
          <tr>
            {TEXT.heads.map((head) => (
              <th key={head.zh} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <DeliveryRow key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DeliveryRow({ item }: { readonly item: DeliverySummary }) {
  const say = useSay()
  const words = STATES[item.state]
  return (
    <tr>
      <td className="nowrap">
        <Link to="/deliveries/$id" params={{ id: item.id }}>
          {item.number}
        </Link>
      </td>
      <td>{words !== undefined && <StatusBadge status={words.status} word={say(words.name)} />}</td>
      <td>{item.projectName}</td>
      <td>{item.providerName}</td>
      <td>
        {item.unitName} {item.handlerName}
      </td>
      <td className="number">{item.declaredRecords.toLocaleString("en-US")}</td>
      <td className="nowrap">{item.registerNumber}</td>
      <td>
        <RocDateTime at={item.updatedAt} />
      </td>
    </tr>
  )
}
