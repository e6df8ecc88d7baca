import { Button, Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { endSession, readOwnAccount, type OwnAccount } from "../../../modules/access/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay, type Say } from "../../text/language.tsx"
import { RocDate, RocDateTime } from "../../ui/dates/roc-date.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Timeline } from "../../ui/timeline.tsx"
import { kindName } from "../ledger/kinds.ts"
import { PasswordForm } from "./password-form.tsx"

const TEXT = {
  title: { zh: "我的帳號", en: "My account" },
  account: { zh: "帳號", en: "Account" },
  setAt: { zh: "密碼更新時間", en: "Password set" },
  renewBy: { zh: "應於此日以前更新", en: "To be renewed by" },
  password: { zh: "更新密碼", en: "Renew the password" },
  sessions: { zh: "登入中之工作階段", en: "Sessions" },
  devices: { zh: "曾使用之裝置", en: "Devices" },
  history: { zh: "帳號紀錄", en: "History" },
  agent: { zh: "瀏覽器", en: "Browser" },
  address: { zh: "位址", en: "Address" },
  since: { zh: "登入時間", en: "Since" },
  lastSeen: { zh: "最近使用", en: "Last used" },
  firstSeen: { zh: "首次使用", en: "First used" },
  here: { zh: "（本工作階段）", en: "(this one)" },
  end: { zh: "結束", en: "End" },
  self: { zh: "本人", en: "Yourself" },
  other: { zh: "他人或系統", en: "Somebody else" },
} as const

type Session = OwnAccount["sessions"][number]
type Device = OwnAccount["devices"][number]

const DEVICES: readonly Column<Device>[] = [
  { head: TEXT.agent, cell: ({ agent }) => browserName(agent) },
  { head: TEXT.address, isShort: true, cell: ({ address }) => address },
  { head: TEXT.firstSeen, isShort: true, cell: ({ firstSeenAt }) => <RocDateTime at={firstSeenAt} /> },
  { head: TEXT.lastSeen, isShort: true, cell: ({ lastSeenAt }) => <RocDateTime at={lastSeenAt} /> },
]

/** What a browser calls itself, in a word or two where it can be told. */
function browserName(agent: string): string {
  const [, name, version] = /(Edg|Firefox|Chrome|Version)\/(\d+)/.exec(agent) ?? []
  const system = /Windows|Mac OS X|Android|iPhone|iPad|Linux/.exec(agent)?.[0] ?? ""
  const known = { Edg: "Edge", Version: "Safari" }[name ?? ""] ?? name
  return known === undefined ? agent : `${known} ${version ?? ""} ${system}`.trim()
}

/** 我的帳號: the password and its term, where one is signed in, and what was done with the account. */
export function OwnPage() {
  const say = useSay()
  const own = useQuery({ queryKey: ["own-account"], queryFn: () => call(readOwnAccount) })
  return (
    <Page title={say(TEXT.title)}>
      <Refusals reasons={refusalsIn(own.error)} />
      {own.isPending && <Loader aria-label="…" />}
      {own.data !== undefined && <Own own={own.data} say={say} />}
    </Page>
  )
}

function Own({ own, say }: { readonly own: OwnAccount; readonly say: Say }) {
  const { setAt, renewBy } = own.password
  return (
    <>
      <dl className="facts">
        <dt>{say(TEXT.account)}</dt>
        <dd>{own.loginName}</dd>
        <dt>{say(TEXT.setAt)}</dt>
        <dd>{setAt !== null && <RocDateTime at={setAt} />}</dd>
        <dt>{say(TEXT.renewBy)}</dt>
        <dd>{renewBy !== null && <RocDate date={renewBy} />}</dd>
      </dl>
      <section aria-label={say(TEXT.password)}>
        <h2>{say(TEXT.password)}</h2>
        <PasswordForm loginName={own.loginName} />
      </section>
      <Sessions sessions={own.sessions} />
      <DataTable
        caption={say(TEXT.devices)}
        columns={DEVICES}
        rows={own.devices}
        keyOf={({ firstSeenAt, agent }) => `${firstSeenAt} ${agent}`}
      />
      <section aria-label={say(TEXT.history)}>
        <h2>{say(TEXT.history)}</h2>
        <Timeline
          events={own.history.map(({ at, kind, from, by }, key) => ({
            ...{ key, at, what: say(kindName(kind)) },
            who: [say(by === "self" ? TEXT.self : TEXT.other), from]
              .filter((part) => part !== null)
              .join(" "),
          }))}
        />
      </section>
    </>
  )
}

function Sessions({ sessions }: { readonly sessions: readonly Session[] }) {
  const say = useSay()
  const { act, refusals } = useAct((id: string) => call(endSession, { params: { id }, body: {} }))
  const columns: readonly Column<Session>[] = [
    {
      head: TEXT.agent,
      cell: ({ agent, isThisOne }) => `${browserName(agent)}${isThisOne ? say(TEXT.here) : ""}`,
    },
    { head: TEXT.address, isShort: true, cell: ({ address }) => address },
    { head: TEXT.since, isShort: true, cell: ({ since }) => <RocDateTime at={since} /> },
    { head: TEXT.lastSeen, isShort: true, cell: ({ lastSeenAt }) => <RocDateTime at={lastSeenAt} /> },
    {
      head: TEXT.end,
      cell: ({ id, isThisOne, address }) =>
        !isThisOne && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => act(id)}
            aria-label={`${say(TEXT.end)} ${address}`}
          >
            {say(TEXT.end)}
          </Button>
        ),
    },
  ]
  const shown = sessions.some(({ isThisOne }) => !isThisOne) ? columns : columns.slice(0, -1)
  return (
    <>
      <DataTable caption={say(TEXT.sessions)} columns={shown} rows={sessions} keyOf={({ id }) => id} />
      <Refusals reasons={refusals} />
    </>
  )
}
