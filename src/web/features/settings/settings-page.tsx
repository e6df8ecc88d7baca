import { Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { downloadSource, readSettings, type SettingsView } from "../../../contract/settings.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { CalendarsPanel } from "./calendars-panel.tsx"
import { PackPanel } from "./pack-panel.tsx"
import { ScimClientsPanel } from "./scim-clients-panel.tsx"

const TEXT = {
  title: { zh: "設定", en: "Settings" },
  program: { zh: "程式", en: "The program" },
  version: { zh: "版本", en: "Version" },
  origin: { zh: "網址", en: "Address" },
  mail: { zh: "郵件", en: "Mail" },
  sent: { zh: "由郵件伺服器寄送", en: "Sent by a mail server" },
  kept: {
    zh: "未設定郵件伺服器：郵件僅存為 .eml 檔，不算已通知",
    en: "No mail server: mails are kept as .eml files and do not count as notice",
  },
  holders: { zh: "軌跡簽章點保管人", en: "Holders of the checkpoint" },
  noHolders: {
    zh: "尚無人任此職務，簽章點無人保管",
    en: "Nobody holds this post, so nobody keeps the checkpoint",
  },
  licence: { zh: "授權及原始碼", en: "Licence and source" },
  source: { zh: "下載原始碼（ZIP）", en: "Download the source (ZIP)" },
  how: {
    zh: "此處僅供閱覽。網址、郵件等由啟動程式之環境變數設定，政策參數隨程式版本變更。",
    en: "To read only. Address and mail are set where the program is started; parameters change with its version.",
  },
} as const

/** 設定: what is in force here, and where each parameter comes from. */
export function SettingsPage() {
  const say = useSay()
  const isAdministrator = useHolds("administrator")
  const settings = useQuery({ queryKey: ["settings"], queryFn: () => call(readSettings) })
  return (
    <Page title={say(TEXT.title)}>
      <p>{say(TEXT.how)}</p>
      <Refusals reasons={refusalsIn(settings.error)} />
      {settings.isPending && <Loader aria-label="…" />}
      {settings.data !== undefined && <Program settings={settings.data} />}
      <CalendarsPanel />
      {isAdministrator && <ScimClientsPanel />}
      {settings.data !== undefined && <PackPanel pack={settings.data.pack} />}
    </Page>
  )
}

function Program({ settings }: { readonly settings: SettingsView }) {
  const say = useSay()
  const { version, origin, mailIsSent, checkpointHolders } = settings
  const holders = checkpointHolders.map(
    ({ role, name, unitName }) => `${unitName} ${say(ROLE_NAMES[role])} ${name}`,
  )
  return (
    <section aria-label={say(TEXT.program)}>
      <h2>{say(TEXT.program)}</h2>
      <dl className="facts">
        <dt>{say(TEXT.version)}</dt>
        <dd>{version}</dd>
        <dt>{say(TEXT.origin)}</dt>
        <dd>{origin}</dd>
        <dt>{say(TEXT.mail)}</dt>
        <dd>{say(mailIsSent ? TEXT.sent : TEXT.kept)}</dd>
        <dt>{say(TEXT.holders)}</dt>
        <dd>{holders.length === 0 ? say(TEXT.noHolders) : holders.join("、")}</dd>
        <dt>{say(TEXT.licence)}</dt>
        <dd>
          AGPL-3.0-or-later{" "}
          <a href={addressOf(downloadSource)} download>
            {say(TEXT.source)}
          </a>
        </dd>
      </dl>
    </section>
  )
}
