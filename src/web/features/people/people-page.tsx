import { Button, TextInput } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { useState, type SubmitEvent } from "react"
import { taipeiDate, type Instant } from "../../../kernel/time.ts"
import { listPeople, listUnits, ROSTER_READERS, type UnitView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { Page } from "../../ui/page.tsx"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { DeputiesPanel } from "./deputies-panel.tsx"
import { PeopleTable } from "./people-table.tsx"
import { NewPersonDialog } from "./person-dialogs.tsx"
import { ChangeUnitDialog, EndUnitDialog, NewUnitDialog } from "./unit-dialogs.tsx"
import { UnitTree } from "./unit-tree.tsx"

const TEXT = {
  title: { zh: "人員與單位", en: "People and units" },
  people: { zh: "人員", en: "People" },
  peopleOf: { zh: "{unit}之人員", en: "People of {unit}" },
  addUnit: { zh: "新增單位", en: "Add a unit" },
  changeUnit: { zh: "變更單位", en: "Change the unit" },
  endUnit: { zh: "裁撤單位", en: "End the unit" },
  ends: { zh: "裁撤生效日", en: "First day without it:" },
  addPerson: { zh: "新增人員", en: "Add a person" },
  roster: { zh: "使用者清冊", en: "Roster of users" },
  import: { zh: "匯入單位及人員", en: "Import units and people" },
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
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const known = units.data ?? []
  const chosen = known.find(({ id }) => id === unit)
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
      <Lists />
      <Refusals reasons={refusalsIn(units.error)} />
      <div className="split">
        <UnitTree units={known} chosen={unit} />
        <div>
          {isAdministrator && chosen !== undefined && <UnitActs unit={chosen} onOpen={setDialog} />}
          <People chosen={chosen} />
          <DeputiesPanel />
        </div>
      </div>
      <Dialogs dialog={dialog} chosen={chosen} units={known} onClose={() => setDialog(null)} />
    </Page>
  )
}

/** What else the roster is read by. */
function Lists() {
  const say = useSay()
  const mayRead = useHolds(...ROSTER_READERS)
  const isAdministrator = useHolds("administrator")
  if (!mayRead) return null
  return (
    <p className="list-bar">
      <Link to="/people/roster">{say(TEXT.roster)}</Link>
      {isAdministrator && <Link to="/people/import">{say(TEXT.import)}</Link>}
    </p>
  )
}

type Dialog = "unit" | "person" | "change-unit" | "end-unit"

interface DialogsProps {
  readonly dialog: Dialog | null
  readonly chosen: UnitView | undefined
  readonly units: readonly UnitView[]
  readonly onClose: () => void
}

function Dialogs({ dialog, chosen, ...props }: DialogsProps) {
  if (dialog === "unit") return <NewUnitDialog {...props} />
  if (dialog === "person") return <NewPersonDialog {...props} />
  if (dialog === null || chosen === undefined) return null
  if (dialog === "change-unit") return <ChangeUnitDialog unit={chosen} {...props} />
  return <EndUnitDialog unit={chosen} onClose={props.onClose} />
}

interface UnitActsProps {
  readonly unit: UnitView
  readonly onOpen: (dialog: Dialog) => void
}

function UnitActs({ unit, onOpen }: UnitActsProps) {
  const say = useSay()
  return (
    <div className="list-bar">
      <Button variant="default" onClick={() => onOpen("change-unit")}>
        {say(TEXT.changeUnit)}
      </Button>
      <Button variant="default" onClick={() => onOpen("end-unit")}>
        {say(TEXT.endUnit)}
      </Button>
      {unit.until !== null && (
        <span>
          {say(TEXT.ends)} <RocDate date={taipeiDate(unit.until as Instant)} />
        </span>
      )}
    </div>
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
  const open = (page: number) => void navigate({ to: "/people", search: (now) => ({ ...now, page }) })
  const caption = chosen === undefined ? say(TEXT.people) : say(TEXT.peopleOf, { unit: chosen.name })
  return (
    <section aria-label={caption}>
      <NameSearch key={`${unit} ${search}`} />
      <Refusals reasons={refusalsIn(people.error)} />
      {people.data?.total === 0 && <Empty text={say(TEXT.empty)} />}
      {people.data !== undefined && people.data.total > 0 && (
        <>
          <PeopleTable caption={caption} people={people.data.items} />
          <Pager total={people.data.total} page={page} size={people.data.size} onPage={open} />
        </>
      )}
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
