import { AUTHORITY_TITLES } from "../../../regulation/authorities.ts"
import { Button, NativeSelect, TextInput } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState, type SubmitEvent } from "react"
import { exportRoster, listUnits, readRoster, type RosterRow } from "../../../modules/people/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { today } from "../../ui/dates/typed.ts"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"

const TEXT = {
  title: { zh: "使用者清冊", en: "Roster of users" },
  people: { zh: "人員與單位", en: "People and units" },
  on: { zh: "基準日（過去或將來之日均可）", en: "As of (a day past or to come)" },
  unit: { zh: "單位", en: "Unit" },
  all: { zh: "全部單位", en: "All units" },
  search: { zh: "姓名、職稱或員工編號", en: "Name, title or staff number" },
  find: { zh: "查詢", en: "Show" },
  as: { zh: "匯出 {form}", en: "Export {form}" },
  recorded: { zh: "匯出均予紀錄。", en: "Every export is recorded." },
  caption: { zh: "基準日", en: "As of" },
  vendors: { zh: "（委外廠商人員）", en: " (a vendor's)" },
  empty: {
    zh: "該日查無使用者。請改選基準日或放寬條件；單位及人員由系統管理者登錄或匯入。",
    en: "Nobody was on the roster that day. Choose another day or fewer conditions.",
  },
} as const

const COLUMNS: readonly Column<RosterRow>[] = [
  { head: { zh: "單位", en: "Unit" }, cell: ({ unitName }) => unitName },
  {
    head: { zh: "姓名", en: "Name" },
    isShort: true,
    cell: ({ person, name }) => (
      <Link to="/people/$id" params={{ id: person }}>
        {name}
      </Link>
    ),
  },
  { head: { zh: "職稱", en: "Title" }, isShort: true, cell: ({ title }) => title },
  { head: { zh: "職務", en: "Posts" }, cell: (row) => <Roles row={row} /> },
  {
    head: { zh: "員工編號", en: "Staff number" },
    isShort: true,
    cell: ({ staffNumber }) => staffNumber ?? "",
  },
  { head: { zh: "權限類別", en: "Class of 5-4" }, cell: (row) => <Authorities row={row} /> },
]

function Roles({ row }: { readonly row: RosterRow }) {
  const say = useSay()
  const roles = row.roles.map((role) => say(ROLE_NAMES[role])).join("、")
  return row.isVendors ? roles + say(TEXT.vendors) : roles
}

function Authorities({ row }: { readonly row: RosterRow }) {
  const say = useSay()
  return row.authorities.map((known) => say(AUTHORITY_TITLES[known])).join("、")
}

/** 使用者清冊 as of a day: who held which post then, by the names and titles of then. */
export function RosterPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { on = today(), unit, search, page = 1 } = useListSearch()
  const roster = useQuery({
    queryKey: ["roster", on, unit, search, page],
    queryFn: () => call(readRoster, { query: { on, unit, search, page, size: 50 } }),
    placeholderData: keepPreviousData,
  })
  const open = (page: number) => void navigate({ to: "/people/roster", search: (now) => ({ ...now, page }) })
  return (
    <Page title={say(TEXT.title)}>
      <p>
        <Link to="/people">{say(TEXT.people)}</Link>
      </p>
      <Conditions key={`${on} ${unit} ${search}`} />
      <Exports />
      <Refusals reasons={refusalsIn(roster.error)} />
      {roster.data?.total === 0 && <Empty text={say(TEXT.empty)} />}
      {roster.data !== undefined && roster.data.total > 0 && (
        <section data-duty="2-1">
          <p>
            {say(TEXT.caption)}：<RocDate date={on} />
          </p>
          <DataTable
            caption={say(TEXT.title)}
            isCaptionHidden
            columns={COLUMNS}
            rows={roster.data.items}
            keyOf={(row) => `${row.person} ${row.unit}`}
          />
          <Pager total={roster.data.total} page={page} size={roster.data.size} onPage={open} />
        </section>
      )}
    </Page>
  )
}

function Conditions() {
  const say = useSay()
  const navigate = useNavigate()
  const now = useListSearch()
  const [{ on, unit, search }, type] = useState({
    ...{ on: now.on ?? today(), unit: now.unit ?? "", search: now.search ?? "" },
  })
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const known = (units.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const find = (event: SubmitEvent) => {
    event.preventDefault()
    const filters = { on, ...(unit === "" ? {} : { unit }), ...(search === "" ? {} : { search }) }
    void navigate({ to: "/people/roster", search: filters })
  }
  const change = (part: object) => type((typed) => ({ ...typed, ...part }))
  return (
    <form onSubmit={find} className="list-bar" role="search">
      <RocDateField label={say(TEXT.on)} value={on} onChange={(day) => change({ on: day })} />
      <NativeSelect
        label={say(TEXT.unit)}
        data={[{ value: "", label: say(TEXT.all) }, ...known]}
        value={unit}
        onChange={(event) => change({ unit: event.currentTarget.value })}
      />
      <TextInput
        label={say(TEXT.search)}
        value={search}
        onChange={(event) => change({ search: event.currentTarget.value })}
        maxLength={50}
      />
      <Button type="submit" variant="default">
        {say(TEXT.find)}
      </Button>
    </form>
  )
}

/** What is shown, whole. */
function Exports() {
  const say = useSay()
  const { on = today(), unit, search } = useListSearch()
  return (
    <p className="list-bar">
      {(["pdf", "ods", "csv"] as const).map((as) => (
        <Button
          key={as}
          component="a"
          variant="default"
          href={addressOf(exportRoster, { query: { on, unit, search, as } })}
          download
        >
          {say(TEXT.as, { form: as.toUpperCase() })}
        </Button>
      ))}
      <span className="field-hint">{say(TEXT.recorded)}</span>
    </p>
  )
}
