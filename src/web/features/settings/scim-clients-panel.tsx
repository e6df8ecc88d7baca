import { Button } from "@mantine/core"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { plusMs, taipeiDate, type Instant } from "../../../kernel/time.ts"
import { listScimClients, revokeScimClient, type ScimClientView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { RocDate, RocDateTime } from "../../ui/dates/roc-date.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Pager } from "../../ui/lists/pager.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty, StatusBadge, type Status } from "../../ui/status.tsx"
import { ScimClientDialog } from "./scim-client-dialog.tsx"

const TEXT = {
  title: { zh: "名冊介接（SCIM）", en: "Roster by SCIM" },
  how: {
    zh: "人事系統或目錄服務以權杖介接下列網址，辦理到職、派任、異動及離職；每次變更均記入軌跡紀錄。",
    en: "A personnel system or directory drives joiners, movers and leavers at this address with its token. Every change stands in the ledger.",
  },
  address: { zh: "介接網址", en: "Address" },
  empty: { zh: "尚無介接程式。", en: "No program has a token." },
  add: { zh: "建立介接權杖", en: "Create a token" },
  revoke: { zh: "廢止", en: "Revoke" },
  revokes: {
    zh: "廢止後，「{name}」立即不得再介接；已辦理之異動不受影響。廢止後無法恢復，須另建權杖。",
    en: "{name} can do nothing from now on. What it did stands. This cannot be undone; create another token instead.",
  },
  never: { zh: "尚未使用", en: "Never" },
} as const

const STATES = {
  "in-force": { status: "done", word: { zh: "有效", en: "In force" } },
  expired: { status: "void", word: { zh: "已逾期", en: "Expired" } },
  revoked: { status: "void", word: { zh: "已廢止", en: "Revoked" } },
} as const satisfies Record<ScimClientView["state"], { readonly status: Status; readonly word: Text }>

const COLUMNS: readonly Column<ScimClientView>[] = [
  { head: { zh: "介接程式", en: "Client" }, cell: ({ name }) => name },
  {
    head: { zh: "有效至", en: "Valid to" },
    isShort: true,
    cell: ({ expiresAt }) => <RocDate date={taipeiDate(plusMs(expiresAt as Instant, -1))} />,
  },
  {
    head: { zh: "每分鐘上限", en: "Requests a minute" },
    isNumber: true,
    cell: ({ requestsPerMinute }) => requestsPerMinute,
  },
  {
    head: { zh: "最近使用", en: "Last used" },
    isShort: true,
    cell: (item) => <LastUse at={item.lastUsedAt} />,
  },
  { head: { zh: "狀態", en: "State" }, isShort: true, cell: ({ state }) => <State state={state} /> },
]

function LastUse({ at }: { readonly at: string | null }) {
  const say = useSay()
  return at === null ? say(TEXT.never) : <RocDateTime at={at} />
}

function State({ state }: { readonly state: ScimClientView["state"] }) {
  const say = useSay()
  return <StatusBadge status={STATES[state].status} word={say(STATES[state].word)} />
}

/** The programs that may drive the roster, for administrators. */
export function ScimClientsPanel() {
  const say = useSay()
  const [page, open] = useState(1)
  const [dialog, show] = useState<"create" | ScimClientView | null>(null)
  const clients = useQuery({
    queryKey: ["scim-clients", page],
    queryFn: () => call(listScimClients, { query: { page } }),
    placeholderData: keepPreviousData,
  })
  const { items = [], total = 0, size = 20, address = "" } = clients.data ?? {}
  return (
    <section aria-label={say(TEXT.title)}>
      <h2>{say(TEXT.title)}</h2>
      <p>{say(TEXT.how)}</p>
      <dl className="facts">
        <dt>{say(TEXT.address)}</dt>
        <dd>{address}</dd>
      </dl>
      <Refusals reasons={refusalsIn(clients.error)} />
      {clients.data !== undefined && total === 0 && <Empty text={say(TEXT.empty)} />}
      {total > 0 && (
        <>
          <ClientsTable clients={items} onRevoke={show} />
          <Pager {...{ total, page, size }} onPage={open} />
        </>
      )}
      <Button variant="default" mt="sm" onClick={() => show("create")}>
        {say(TEXT.add)}
      </Button>
      {dialog === "create" && <ScimClientDialog onClose={() => show(null)} />}
      {dialog !== null && dialog !== "create" && <RevokeDialog client={dialog} onClose={() => show(null)} />}
    </section>
  )
}

interface TableProps {
  readonly clients: readonly ScimClientView[]
  readonly onRevoke: (client: ScimClientView) => void
}

function ClientsTable({ clients, onRevoke }: TableProps) {
  const say = useSay()
  const revoke: Column<ScimClientView> = {
    head: TEXT.revoke,
    cell: (client) =>
      client.state === "in-force" && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onRevoke(client)}
          aria-label={`${say(TEXT.revoke)}：${client.name}`}
        >
          {say(TEXT.revoke)}
        </Button>
      ),
  }
  return (
    <DataTable
      caption={say(TEXT.title)}
      isCaptionHidden
      columns={[...COLUMNS, revoke]}
      rows={clients}
      keyOf={(client) => client.id}
    />
  )
}

interface RevokeProps {
  readonly client: ScimClientView
  readonly onClose: () => void
}

function RevokeDialog({ client: { id, name }, onClose }: RevokeProps) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(() => call(revokeScimClient, { params: { id } }), onClose)
  return (
    <FormDialog
      title={say(TEXT.revoke)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.revoke)}
    >
      <p>{say(TEXT.revokes, { name })}</p>
    </FormDialog>
  )
}
