import { Alert, Button, Group, NativeSelect } from "@mantine/core"
import { useMutation, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import {
  browseLedger,
  printCheckpoint,
  readCheckpoint,
  verifyLedger,
  type LedgerEntryView,
} from "../../../contract/ledger.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { citeDuty, isDuty } from "../../text/citation.ts"
import { Said, useLanguage, useSay, type Text } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Page } from "../../ui/page.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { useListSearch } from "../../ui/lists/use-list-search.ts"
import { EntryDialog } from "./entry-dialog.tsx"
import { kindName, KINDS } from "./kinds.ts"

const TEXT = {
  title: { zh: "軌跡紀錄", en: "Ledger" },
  note: { zh: "閱覽軌跡紀錄，其閱覽本身亦予紀錄。", en: "Reading the ledger is itself recorded." },
  kind: { zh: "事件", en: "Kind of fact" },
  everything: { zh: "全部", en: "All" },
  caption: { zh: "最新者在前", en: "Newest first" },
  index: { zh: "編號", en: "Index" },
  time: { zh: "時間", en: "Time" },
  actor: { zh: "人員", en: "Actor" },
  what: { zh: "事件", en: "What" },
  duties: { zh: "規定", en: "Duties" },
  verify: { zh: "驗證", en: "Verify" },
  intact: {
    zh: "驗證無誤：共 {size} 筆，簽章、編號及各資料表均相符。",
    en: "Verified: {size} entries; heads, indices and tables agree.",
  },
  findings: { zh: "發現 {count} 項不符", en: "{count} findings" },
  print: { zh: "列印簽章點", en: "Print the checkpoint" },
  head: { zh: "最新軌跡簽章點：{size} 筆", en: "Newest checkpoint: {size} entries" },
} as const

export function LedgerPage() {
  const say = useSay()
  const navigate = useNavigate()
  const { page = 1, kind, entry } = useListSearch()
  const entries = useQuery({
    queryKey: ["ledger", page, kind],
    queryFn: () => call(browseLedger, { query: { page, kind } }),
  })
  const open = (search: object) =>
    void navigate({ to: "/ledger", search: { ...(kind === undefined ? {} : { kind }), page, ...search } })
  return (
    <Page title={say(TEXT.title)}>
      <p>{say(TEXT.note)}</p>
      <Refusals reasons={refusalsIn(entries.error)} />
      {entries.data !== undefined && (
        <>
          <Head />
          <KindFilter kind={kind} />
          <EntryTable entries={entries.data.items} onOpen={(index) => open({ entry: index })} />
          <Pager total={entries.data.total} page={page} size={20} onPage={(next) => open({ page: next })} />
        </>
      )}
      {entry !== undefined && (
        <EntryDialog
          index={entry}
          onClose={() =>
            void navigate({ to: "/ledger", search: kind === undefined ? { page } : { page, kind } })
          }
        />
      )}
    </Page>
  )
}

function KindFilter({ kind }: { readonly kind: string | undefined }) {
  const say = useSay()
  const navigate = useNavigate()
  const kinds = Object.entries(KINDS).map(([value, name]) => ({ value, label: say(name) }))
  return (
    <NativeSelect
      w="20rem"
      maw="100%"
      label={say(TEXT.kind)}
      value={kind ?? ""}
      data={[{ value: "", label: say(TEXT.everything) }, ...kinds]}
      onChange={({ currentTarget: { value } }) =>
        void navigate({ to: "/ledger", search: value === "" ? {} : { kind: value } })
      }
    />
  )
}

function Head() {
  const say = useSay()
  const head = useQuery({ queryKey: ["checkpoint"], queryFn: () => call(readCheckpoint) })
  const verify = useMutation({ mutationFn: () => call(verifyLedger) })
  return (
    <>
      <Group my="md">
        {head.data !== undefined && (
          <span>
            {say(TEXT.head, { size: head.data.size })} <RocDateTime at={head.data.time} />
          </span>
        )}
        <Button component="a" variant="default" href={addressOf(printCheckpoint, {})} target="_blank">
          {say(TEXT.print)}
        </Button>
        <Button onClick={() => verify.mutate()} loading={verify.isPending}>
          {say(TEXT.verify)}
        </Button>
      </Group>
      <Refusals reasons={refusalsIn(verify.error)} />
      {verify.data?.findings.length === 0 && (
        <Alert color="green" role="status">
          {say(TEXT.intact, { size: verify.data.size })}
        </Alert>
      )}
      {verify.data !== undefined && verify.data.findings.length > 0 && (
        <Alert color="red" title={say(TEXT.findings, { count: verify.data.findings.length })}>
          {verify.data.findings.map((finding) => (
            <p key={finding.detail}>
              {finding.zh}：<code>{finding.detail}</code>
            </p>
          ))}
        </Alert>
      )}
    </>
  )
}

interface TableProps {
  readonly entries: readonly LedgerEntryView[]
  readonly onOpen: (index: number) => void
}

function EntryTable({ entries, onOpen }: TableProps) {
  const say = useSay()
  const columns: readonly Column<LedgerEntryView>[] = [
    {
      head: TEXT.index,
      isShort: true,
      cell: ({ index }) => (
        <Button variant="subtle" size="compact-xs" onClick={() => onOpen(index)}>
          {index}
        </Button>
      ),
    },
    { head: TEXT.time, isShort: true, cell: (entry) => <RocDateTime at={entry.time} /> },
    { head: TEXT.actor, isShort: true, cell: (entry) => <Said text={actorWords(entry.actorName)} /> },
    { head: TEXT.what, cell: (entry) => say(kindName(entry.kind)) },
    { head: TEXT.duties, cell: (entry) => <Duties duties={entry.duties} /> },
  ]
  return (
    <DataTable
      caption={say(TEXT.caption)}
      isCaptionHidden
      columns={columns}
      rows={entries}
      keyOf={(entry) => entry.index}
    />
  )
}

/** A point cited once, however many of its duties the entry is evidence for. */
function Duties({ duties }: { readonly duties: readonly string[] }) {
  const { language } = useLanguage()
  const cited = duties.map((duty) => (isDuty(duty) ? citeDuty(duty, language) : duty))
  return [...new Set(cited)].join("、")
}

/** A person by name; before a sign-in nobody is known, and what the program does by itself has no person. */
function actorWords(actor: string): Text {
  if (actor === "anonymous") return { zh: "尚未登入者", en: "Nobody signed in" }
  if (actor.startsWith("system:")) return { zh: "系統", en: "The program" }
  return { zh: actor, en: actor }
}
