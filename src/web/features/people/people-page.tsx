import { Button, TextInput } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState, type SubmitEvent } from "react"
import { listPeople, listUnits, type PersonView, type UnitView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Page } from "../../ui/page.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { AccountDialog, PersonDialog, UnitDialog } from "./dialogs.tsx"
import { UnitTree } from "./unit-tree.tsx"

const TEXT = {
  title: { zh: "人員與單位", en: "People and units" },
  people: { zh: "人員", en: "People" },
  peopleOf: { zh: "{unit}之人員", en: "People of {unit}" },
  person: { zh: "姓名", en: "Name" },
  jobTitle: { zh: "職稱", en: "Title" },
  posts: { zh: "職務", en: "Posts" },
  account: { zh: "帳號", en: "Account" },
  addUnit: { zh: "新增單位", en: "Add a unit" },
  addPerson: { zh: "新增人員", en: "Add a person" },
  addAccount: { zh: "建立帳號", en: "Create an account" },
  search: { zh: "姓名", en: "Name" },
  find: { zh: "查詢", en: "Search" },
  empty: {
    zh: "查無人員。由系統管理者按「新增人員」登錄其單位與職務，再建立帳號。",
    en: "Nobody here. An administrator adds people with their unit and post, then their accounts.",
  },
} as const

export function PeoplePage() {
  const say = useSay()
  const { unit } = useListSearch()
  const isAdministrator = useHolds("administrator")
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const [dialog, setDialog] = useState<"unit" | "person" | null>(null)
  const known = units.data ?? []
  return (
    <Page
      title={say(TEXT.title)}
      actions={
        isAdministrator && (
          <>
            <Button variant="default" onClick={() => setDialog("unit")}>
              {say(TEXT.addUnit)}
            </Button>
            <Button onClick={() => setDialog("person")}>{say(TEXT.addPerson)}</Button>
          </>
        )
      }
    >
      <Refusals reasons={refusalsIn(units.error)} />
      <div className="split">
        <UnitTree units={known} chosen={unit} />
        <People chosen={known.find(({ id }) => id === unit)} />
      </div>
      <UnitDialog opened={dialog === "unit"} onClose={() => setDialog(null)} units={known} />
      <PersonDialog opened={dialog === "person"} onClose={() => setDialog(null)} units={known} />
    </Page>
  )
}

function People({ chosen }: { readonly chosen: UnitView | undefined }) {
  const say = useSay()
  const navigate = useNavigate()
  const { unit, search, page = 1 } = useListSearch()
  const people = useQuery({
    queryKey: ["people", unit, search, page],
    queryFn: () => call(listPeople, { query: { unit, search, page } }),
    placeholderData: keepPreviousData,
  })
  const [accountFor, setAccountFor] = useState<PersonView | null>(null)
  const open = (page: number) => void navigate({ to: "/people", search: (now) => ({ ...now, page }) })
  const caption = chosen === undefined ? say(TEXT.people) : say(TEXT.peopleOf, { unit: chosen.name })
  return (
    <section aria-label={caption}>
      <NameSearch key={`${unit} ${search}`} />
      <Refusals reasons={refusalsIn(people.error)} />
      {people.data?.items.length === 0 && <Empty text={say(TEXT.empty)} />}
      {people.data !== undefined && people.data.items.length > 0 && (
        <>
          <PeopleTable caption={caption} people={people.data.items} onAccount={setAccountFor} />
          <Pager total={people.data.total} page={page} size={people.data.size} onPage={open} />
        </>
      )}
      {accountFor !== null && <AccountDialog person={accountFor} onClose={() => setAccountFor(null)} />}
    </section>
  )
}

function NameSearch() {
  const say = useSay()
  const navigate = useNavigate()
  const { unit, search = "" } = useListSearch()
  const [typed, setTyped] = useState(search)
  const find = (event: SubmitEvent) => {
    event.preventDefault()
    const filters = { ...(unit === undefined ? {} : { unit }), ...(typed === "" ? {} : { search: typed }) }
    void navigate({ to: "/people", search: filters })
  }
  return (
    <form onSubmit={find} className="list-bar" role="search">
      <TextInput
        label={say(TEXT.search)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={50}
      />
      <Button type="submit" variant="default">
        {say(TEXT.find)}
      </Button>
    </form>
  )
}

interface TableProps {
  readonly caption: string
  readonly people: readonly PersonView[]
  readonly onAccount: (person: PersonView) => void
}

function PeopleTable({ caption, people, onAccount }: TableProps) {
  const say = useSay()
  const posts = (person: PersonView) =>
    person.posts.map((post) => `${post.unitName} ${say(ROLE_NAMES[post.role])}`).join("、")
  const isAdministrator = useHolds("administrator")
  const columns: readonly Column<PersonView>[] = [
    { head: TEXT.person, cell: (person) => person.name, isShort: true },
    { head: TEXT.jobTitle, cell: (person) => person.title, isShort: true },
    { head: TEXT.posts, cell: posts },
    {
      head: TEXT.account,
      cell: (person) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onAccount(person)}
          aria-label={`${say(TEXT.addAccount)}：${person.name}`}
        >
          {say(TEXT.addAccount)}
        </Button>
      ),
    },
  ]
  const shown = isAdministrator ? columns : columns.slice(0, -1)
  return <DataTable caption={caption} columns={shown} rows={people} keyOf={(person) => person.id} />
}
