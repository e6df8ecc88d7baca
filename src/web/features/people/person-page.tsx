import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useState } from "react"
import { plusMs, taipeiDate, type Instant } from "../../../kernel/time.ts"
import { listUnits, readPerson, type PersonDetail } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDate } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge, type Status } from "../../ui/status.tsx"
import { AddPostsDialog, ChangePersonDialog } from "./person-dialogs.tsx"

const TEXT = {
  page: { zh: "人員", en: "Person" },
  change: { zh: "變更登載事項", en: "Change" },
  addPosts: { zh: "增列職務", en: "Add posts" },
  handover: { zh: "辦理職務異動或離職", en: "Record a change of post or leaving" },
  posts: { zh: "職務歷程", en: "Posts over time" },
  versions: { zh: "登載事項之變更", en: "What stood when" },
  none: { zh: "尚無職務，不得使用本系統。", en: "No post yet, and so no access." },
  vendors: { zh: "委外廠商人員", en: "A vendor's employee" },
} as const

const STATES = {
  "to-come": { status: "todo", word: { zh: "尚未開始", en: "To come" } },
  "in-force": { status: "running", word: { zh: "在職", en: "Held" } },
  ended: { status: "done", word: { zh: "已終止", en: "Ended" } },
} as const satisfies Record<string, { readonly status: Status; readonly word: Text }>

type Post = PersonDetail["posts"][number]
const POST_COLUMNS: readonly Column<Post>[] = [
  { head: { zh: "單位", en: "Unit" }, cell: (post) => post.unitName },
  { head: { zh: "職務", en: "Post" }, cell: (post) => <Word text={ROLE_NAMES[post.role]} /> },
  {
    head: { zh: "起日", en: "From" },
    isShort: true,
    cell: (post) => <RocDate date={taipeiDate(post.since as Instant)} />,
  },
  {
    head: { zh: "迄日", en: "To" },
    isShort: true,
    // `until` is the first moment after it.
    cell: (post) => post.until !== null && <RocDate date={taipeiDate(plusMs(post.until as Instant, -1))} />,
  },
  {
    head: { zh: "狀態", en: "State" },
    isShort: true,
    cell: (post) => <State state={post.state} />,
  },
]

type Version = PersonDetail["versions"][number]
const VERSION_COLUMNS: readonly Column<Version>[] = [
  {
    head: { zh: "自", en: "Since" },
    isShort: true,
    cell: (version) => <RocDate date={taipeiDate(version.since as Instant)} />,
  },
  { head: { zh: "姓名", en: "Name" }, isShort: true, cell: (version) => version.name },
  { head: { zh: "職稱", en: "Title" }, isShort: true, cell: (version) => version.title },
  { head: { zh: "員工編號", en: "Staff number" }, isShort: true, cell: (version) => version.staffNumber },
  { head: { zh: "電子郵件", en: "E-mail" }, cell: (version) => version.email },
]

function Word({ text }: { readonly text: Text }) {
  return useSay()(text)
}

function State({ state }: { readonly state: Post["state"] }) {
  const say = useSay()
  return <StatusBadge status={STATES[state].status} word={say(STATES[state].word)} />
}

/** One person: which posts they held from when to when, and what they were called. */
export function PersonPage() {
  const say = useSay()
  const { id = "" } = useParams({ strict: false })
  const person = useQuery({
    queryKey: ["person", id],
    queryFn: () => call(readPerson, { params: { id } }),
  })
  if (person.data === undefined)
    return (
      <Page title={say(TEXT.page)}>
        <Refusals reasons={refusalsIn(person.error)} />
      </Page>
    )
  return <Person person={person.data} />
}

function Person({ person }: { readonly person: PersonDetail }) {
  const say = useSay()
  const [dialog, open] = useState<"words" | "posts" | null>(null)
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const close = () => open(null)
  return (
    <Page title={`${person.title} ${person.name}`} actions={<Actions person={person} onOpen={open} />}>
      {person.isVendors && <p>{say(TEXT.vendors)}</p>}
      <h2>{say(TEXT.posts)}</h2>
      {person.posts.length === 0 && <Empty text={say(TEXT.none)} />}
      {person.posts.length > 0 && (
        <DataTable
          caption={say(TEXT.posts)}
          isCaptionHidden
          columns={POST_COLUMNS}
          rows={person.posts}
          keyOf={(post) => `${post.unit} ${post.role} ${post.since}`}
        />
      )}
      <h2>{say(TEXT.versions)}</h2>
      <DataTable
        caption={say(TEXT.versions)}
        isCaptionHidden
        columns={VERSION_COLUMNS}
        rows={person.versions}
        keyOf={(version) => version.since}
      />
      {dialog === "words" && <ChangePersonDialog person={person} onClose={close} />}
      {dialog === "posts" && <AddPostsDialog person={person} units={units.data ?? []} onClose={close} />}
    </Page>
  )
}

interface ActionsProps {
  readonly person: PersonDetail
  readonly onOpen: (dialog: "words" | "posts") => void
}

function Actions({ person, onOpen }: ActionsProps) {
  const say = useSay()
  return (
    <>
      {person.mayAddPosts && (
        <Button variant="default" component="a" href="/personnel-changes">
          {say(TEXT.handover)}
        </Button>
      )}
      {person.mayAddPosts && (
        <Button variant="default" onClick={() => onOpen("posts")}>
          {say(TEXT.addPosts)}
        </Button>
      )}
      {person.mayUpdate && <Button onClick={() => onOpen("words")}>{say(TEXT.change)}</Button>}
    </>
  )
}
