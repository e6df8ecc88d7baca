import { Button, Group } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { listPeople, listUnits, type PersonView, type UnitView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES, UNIT_KIND_NAMES } from "../../text/terms.ts"
import { Pager } from "../../ui/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { useListSearch } from "../../ui/use-list-search.ts"
import { AccountDialog, PersonDialog, UnitDialog } from "./dialogs.tsx"

const TEXT = {
  title: { zh: "人員與單位", en: "People and units" },
  units: { zh: "單位", en: "Units" },
  people: { zh: "人員", en: "People" },
  code: { zh: "代碼", en: "Code" },
  name: { zh: "名稱", en: "Name" },
  kind: { zh: "類別", en: "Kind" },
  count: { zh: "人數", en: "People" },
  person: { zh: "姓名", en: "Name" },
  jobTitle: { zh: "職稱", en: "Title" },
  posts: { zh: "職務", en: "Posts" },
  addUnit: { zh: "新增單位", en: "Add a unit" },
  addPerson: { zh: "新增人員", en: "Add a person" },
  addAccount: { zh: "建立帳號", en: "Create an account" },
  all: { zh: "全部單位", en: "All units" },
} as const

export function PeoplePage() {
  const say = useSay()
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const [dialog, setDialog] = useState<"unit" | "person" | null>(null)
  return (
    <>
      <Group justify="space-between">
        <h1>{say(TEXT.title)}</h1>
        <Group>
          <Button onClick={() => setDialog("unit")}>{say(TEXT.addUnit)}</Button>
          <Button onClick={() => setDialog("person")}>{say(TEXT.addPerson)}</Button>
        </Group>
      </Group>
      <Refusals reasons={refusalsIn(units.error)} />
      <UnitTable units={units.data ?? []} />
      <People units={units.data ?? []} />
      <UnitDialog opened={dialog === "unit"} onClose={() => setDialog(null)} units={units.data ?? []} />
      <PersonDialog opened={dialog === "person"} onClose={() => setDialog(null)} units={units.data ?? []} />
    </>
  )
}

function UnitTable({ units }: { readonly units: readonly UnitView[] }) {
  const say = useSay()
  const navigate = useNavigate()
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{say(TEXT.units)}</caption>
        <thead>
          <tr>
            {[TEXT.code, TEXT.name, TEXT.kind, TEXT.count].map((head) => (
              <th key={head.zh} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.id}>
              <td>{unit.code}</td>
              <td>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => void navigate({ to: "/people", search: { unit: unit.id } })}
                >
                  {unit.name}
                </Button>
              </td>
              <td>{say(UNIT_KIND_NAMES[unit.kind])}</td>
              <td>{unit.people}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function People({ units }: { readonly units: readonly UnitView[] }) {
  const say = useSay()
  const navigate = useNavigate()
  const { unit, page = 1 } = useListSearch()
  const people = useQuery({
    queryKey: ["people", unit, page],
    queryFn: () => call(listPeople, { query: { unit, page } }),
  })
  const [accountFor, setAccountFor] = useState<PersonView | null>(null)
  const chosen = units.find((known) => known.id === unit)
  return (
    <>
      <Group>
        <h2>{chosen === undefined ? say(TEXT.people) : `${say(TEXT.people)}：${chosen.name}`}</h2>
        {chosen !== undefined && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => void navigate({ to: "/people", search: {} })}
          >
            {say(TEXT.all)}
          </Button>
        )}
      </Group>
      <Refusals reasons={refusalsIn(people.error)} />
      <PeopleTable people={people.data?.items ?? []} onAccount={setAccountFor} />
      <Pager
        total={people.data?.total ?? 0}
        page={page}
        size={20}
        onPage={(next) =>
          void navigate({ to: "/people", search: { ...(unit === undefined ? {} : { unit }), page: next } })
        }
      />
      {accountFor !== null && <AccountDialog person={accountFor} onClose={() => setAccountFor(null)} />}
    </>
  )
}

function PeopleTable({
  people,
  onAccount,
}: {
  readonly people: readonly PersonView[]
  readonly onAccount: (person: PersonView) => void
}) {
  const say = useSay()
  return (
    <div className="table-scroll">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{say(TEXT.person)}</th>
            <th scope="col">{say(TEXT.jobTitle)}</th>
            <th scope="col">{say(TEXT.posts)}</th>
            <th scope="col">{say(TEXT.addAccount)}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>{person.name}</td>
              <td>{person.title}</td>
              <td>
                {person.posts.map((post) => `${post.unitName} ${say(ROLE_NAMES[post.role])}`).join("、")}
              </td>
              <td>
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => onAccount(person)}
                  aria-label={`${say(TEXT.addAccount)}：${person.name}`}
                >
                  {say(TEXT.addAccount)}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
