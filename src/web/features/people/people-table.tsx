import { Button } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { listAccounts, type AccountView } from "../../../modules/access/contract.ts"
import type { PersonView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { StatusBadge, type Status } from "../../ui/status.tsx"
import { AccountDialog } from "./account-dialog.tsx"

const TEXT = {
  add: { zh: "建立帳號", en: "Create an account" },
  manage: { zh: "管理", en: "Manage" },
} as const

const STATES = {
  "password-awaited": { status: "todo", word: { zh: "待設定密碼", en: "Password awaited" } },
  "in-use": { status: "done", word: { zh: "使用中", en: "In use" } },
  disabled: { status: "void", word: { zh: "已停用", en: "Disabled" } },
} as const satisfies Record<AccountView["state"], { readonly status: Status; readonly word: Text }>

interface Props {
  readonly caption: string
  readonly people: readonly PersonView[]
}

const COLUMNS: readonly Column<PersonView>[] = [
  { head: { zh: "姓名", en: "Name" }, cell: (person) => <Name person={person} />, isShort: true },
  { head: { zh: "職稱", en: "Title" }, cell: (person) => person.title, isShort: true },
  { head: { zh: "職務", en: "Posts" }, cell: (person) => <Posts person={person} /> },
]

function Name({ person }: { readonly person: PersonView }) {
  const isReader = useHolds(
    "administrator",
    "ethics-officer",
    "auditor",
    "director",
    "supervisor",
    "center-head",
  )
  if (!isReader) return person.name
  return (
    <Link to="/people/$id" params={{ id: person.id }}>
      {person.name}
    </Link>
  )
}

function Posts({ person }: { readonly person: PersonView }) {
  const say = useSay()
  return person.posts.map((post) => `${post.unitName} ${say(ROLE_NAMES[post.role])}`).join("、")
}

/** Who works here; an administrator also sees and changes their accounts. */
export function PeopleTable(props: Props) {
  return useHolds("administrator") ? <WithAccounts {...props} /> : <Table {...props} columns={COLUMNS} />
}

function Table({ caption, people, columns }: Props & { readonly columns: readonly Column<PersonView>[] }) {
  return <DataTable caption={caption} columns={columns} rows={people} keyOf={(person) => person.id} />
}

/** The account as it was when the dialog opened. */
interface Chosen {
  readonly person: PersonView
  readonly account: AccountView | undefined
}

function WithAccounts({ caption, people }: Props) {
  const ids = people.map((person) => person.id)
  const accounts = useQuery({
    queryKey: ["accounts", ids],
    queryFn: () => call(listAccounts, { query: { people: ids } }),
    placeholderData: keepPreviousData,
  })
  const [chosen, choose] = useState<Chosen | null>(null)
  const accountOf = ({ id }: PersonView) => accounts.data?.find(({ person }) => person === id)
  const account: Column<PersonView> = {
    head: { zh: "帳號", en: "Account" },
    cell: (person) =>
      accounts.data !== undefined && (
        <AccountCell
          person={person}
          account={accountOf(person)}
          onChange={() => choose({ person, account: accountOf(person) })}
        />
      ),
  }
  return (
    <>
      <Refusals reasons={refusalsIn(accounts.error)} />
      <Table caption={caption} people={people} columns={[...COLUMNS, account]} />
      {chosen !== null && <AccountDialog {...chosen} onClose={() => choose(null)} />}
    </>
  )
}

interface CellProps {
  readonly person: PersonView
  readonly account: AccountView | undefined
  readonly onChange: () => void
}

function AccountCell({ person, account, onChange }: CellProps) {
  const say = useSay()
  const act = say(account === undefined ? TEXT.add : TEXT.manage)
  return (
    <span className="cell-parts">
      {account !== undefined && (
        <>
          {account.loginName}
          <StatusBadge status={STATES[account.state].status} word={say(STATES[account.state].word)} />
        </>
      )}
      <Button variant="default" size="compact-sm" onClick={onChange} aria-label={`${act}：${person.name}`}>
        {act}
      </Button>
    </span>
  )
}
