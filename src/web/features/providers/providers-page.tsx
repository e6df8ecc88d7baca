import { Button } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { listLinkages, type LinkageView } from "../../../modules/linkages/contract.ts"
import { listProviders, type ProviderView } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useHolds } from "../../api/use-me.ts"
import { Said, useSay } from "../../text/language.tsx"
import { DataTable, type Column } from "../../ui/lists/data-table.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { Empty } from "../../ui/status.tsx"
import { ConnectorDialog } from "./connector-dialog.tsx"
import { LinkageDialog } from "./linkage-dialog.tsx"
import { ModeName } from "./mode-name.tsx"
import { ProviderDialog } from "./provider-dialog.tsx"

const TEXT = {
  title: { zh: "提供機關與連結作業", en: "Providers and linkages" },
  addProvider: { zh: "新增提供機關", en: "Add a provider" },
  addLinkage: { zh: "轉錄連結作業", en: "Take on a linkage from paper" },
  connector: { zh: "設定主機", en: "Set the server" },
  providers: { zh: "提供機關", en: "Providers" },
  linkages: { zh: "連結作業", en: "Linkages" },
  transcribed: { zh: "轉錄", en: "From paper" },
  noProviders: {
    zh: "尚無提供機關。請按「新增提供機關」登錄，再轉錄已核准之連結作業。",
    en: "No providers yet. Add one, then take on its approved linkages.",
  },
  noLinkages: {
    zh: "尚無連結作業。已核准並通過測試者，請按「轉錄連結作業」登錄其文號。",
    en: "No linkages yet. Take on those that were approved and tested on paper.",
  },
} as const

const PROVIDER_KEEPERS = ["it-handler", "administrator"] as const

const LINKAGE_COLUMNS: readonly Column<LinkageView>[] = [
  { head: { zh: "單位", en: "Unit" }, cell: (linkage) => linkage.unitName },
  { head: { zh: "提供機關", en: "Provider" }, cell: (linkage) => linkage.providerName },
  { head: { zh: "使用目的", en: "Purpose" }, cell: (linkage) => linkage.purpose },
  { head: { zh: "方式", en: "Mode" }, isShort: true, cell: (linkage) => <ModeName mode={linkage.mode} /> },
  { head: { zh: "核准文號", en: "Approval" }, cell: (linkage) => linkage.approvalNumber },
  { head: { zh: "連結測試", en: "Test" }, cell: (linkage) => linkage.testNumber },
  {
    head: { zh: "來源", en: "Origin" },
    cell: (linkage) => linkage.transcribed && <Said text={TEXT.transcribed} />,
  },
]

export function ProvidersPage() {
  const say = useSay()
  const providers = useQuery({ queryKey: ["providers"], queryFn: () => call(listProviders) })
  const linkages = useQuery({ queryKey: ["linkages"], queryFn: () => call(listLinkages) })
  const mayAddProvider = useHolds(...PROVIDER_KEEPERS)
  const mayAddLinkage = useHolds("supervisor", "center-head", "it-handler")
  const [dialog, setDialog] = useState<"provider" | "linkage" | null>(null)
  const actions = (
    <>
      {mayAddProvider && (
        <Button variant="default" onClick={() => setDialog("provider")}>
          {say(TEXT.addProvider)}
        </Button>
      )}
      {mayAddLinkage && <Button onClick={() => setDialog("linkage")}>{say(TEXT.addLinkage)}</Button>}
    </>
  )
  return (
    <Page title={say(TEXT.title)} actions={actions}>
      <Refusals reasons={refusalsIn(providers.error ?? linkages.error)} />
      <h2>{say(TEXT.providers)}</h2>
      {providers.data?.length === 0 && <Empty text={say(TEXT.noProviders)} />}
      {providers.data !== undefined && providers.data.length > 0 && (
        <ProviderTable providers={providers.data} />
      )}
      <h2>{say(TEXT.linkages)}</h2>
      {linkages.data?.length === 0 && <Empty text={say(TEXT.noLinkages)} />}
      {linkages.data !== undefined && linkages.data.length > 0 && (
        <DataTable
          caption={say(TEXT.linkages)}
          isCaptionHidden
          columns={LINKAGE_COLUMNS}
          rows={linkages.data}
          keyOf={(linkage) => linkage.id}
        />
      )}
      {dialog === "provider" && <ProviderDialog onClose={() => setDialog(null)} />}
      {dialog === "linkage" && <LinkageDialog onClose={() => setDialog(null)} />}
    </Page>
  )
}

function ProviderTable({ providers }: { readonly providers: readonly ProviderView[] }) {
  const say = useSay()
  const [connecting, setConnecting] = useState<ProviderView | null>(null)
  const maySet = useHolds(...PROVIDER_KEEPERS)
  const columns: readonly Column<ProviderView>[] = [
    { head: { zh: "代碼", en: "Code" }, isShort: true, cell: (provider) => provider.code },
    { head: { zh: "名稱", en: "Name" }, cell: (provider) => provider.name },
    { head: { zh: "電子郵件", en: "E-mail" }, cell: (provider) => provider.contactEmail },
    {
      head: { zh: "SFTP 主機與主機金鑰", en: "SFTP server and host key" },
      cell: ({ sftp }) =>
        sftp !== null && <span className="mono">{`${sftp.host}:${sftp.port} ${sftp.hostKey}`}</span>,
    },
    {
      head: { zh: "主機", en: "Server" },
      isShort: true,
      cell: (provider) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setConnecting(provider)}
          aria-label={`${say(TEXT.connector)} ${provider.name}`}
        >
          {say(TEXT.connector)}
        </Button>
      ),
    },
  ]
  return (
    <>
      <DataTable
        caption={say(TEXT.providers)}
        isCaptionHidden
        columns={maySet ? columns : columns.slice(0, -1)}
        rows={providers}
        keyOf={(provider) => provider.id}
      />
      {connecting !== null && <ConnectorDialog provider={connecting} onClose={() => setConnecting(null)} />}
    </>
  )
}
