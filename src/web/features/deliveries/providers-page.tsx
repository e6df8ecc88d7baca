import { Button, Group } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { listLinkages, type LinkageView } from "../../../modules/linkages/contract.ts"
import { listProviders, type ProviderView } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { ConnectorDialog, LinkageDialog, ProviderDialog } from "./provider-dialogs.tsx"
import { MODES } from "./words.ts"

const TEXT = {
  title: { zh: "提供機關與連結作業", en: "Providers and linkages" },
  addProvider: { zh: "新增提供機關", en: "Add a provider" },
  addLinkage: { zh: "轉錄連結作業", en: "Take on a linkage from paper" },
  connector: { zh: "設定主機", en: "Set the server" },
  providers: { zh: "提供機關", en: "Providers" },
  linkages: { zh: "連結作業", en: "Linkages" },
  transcribed: { zh: "轉錄", en: "From paper" },
  providerHeads: [
    { zh: "代碼", en: "Code" },
    { zh: "名稱", en: "Name" },
    { zh: "電子郵件", en: "E-mail" },
    { zh: "SFTP 主機與主機金鑰", en: "SFTP server and host key" },
  ],
  linkageHeads: [
    { zh: "單位", en: "Unit" },
    { zh: "提供機關", en: "Provider" },
    { zh: "使用目的", en: "Purpose" },
    { zh: "方式", en: "Mode" },
    { zh: "核准文號", en: "Approval" },
    { zh: "連結測試", en: "Test" },
    { zh: "來源", en: "Origin" },
  ],
} as const

export function ProvidersPage() {
  const say = useSay()
  const providers = useQuery({ queryKey: ["providers"], queryFn: () => call(listProviders) })
  const linkages = useQuery({ queryKey: ["linkages"], queryFn: () => call(listLinkages) })
  const [dialog, setDialog] = useState<"provider" | "linkage" | null>(null)
  const [connecting, setConnecting] = useState<ProviderView | null>(null)
  return (
    <>
      <Group justify="space-between">
        <h1>{say(TEXT.title)}</h1>
        <Group>
          <Button onClick={() => setDialog("provider")}>{say(TEXT.addProvider)}</Button>
          <Button onClick={() => setDialog("linkage")}>{say(TEXT.addLinkage)}</Button>
        </Group>
      </Group>
      <Refusals reasons={refusalsIn(providers.error ?? linkages.error)} />
      <ProviderTable providers={providers.data ?? []} onConnect={setConnecting} />
      <LinkageTable linkages={linkages.data ?? []} />
      {dialog === "provider" && <ProviderDialog onClose={() => setDialog(null)} />}
      {dialog === "linkage" && <LinkageDialog onClose={() => setDialog(null)} />}
      {connecting !== null && <ConnectorDialog provider={connecting} onClose={() => setConnecting(null)} />}
    </>
  )
}

function ProviderTable({
  providers,
  onConnect,
}: {
  readonly providers: readonly ProviderView[]
  readonly onConnect: (provider: ProviderView) => void
}) {
  const say = useSay()
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{say(TEXT.providers)}</caption>
        <thead>
          <tr>
            {TEXT.providerHeads.map((head) => (
              <th key={head.zh} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {providers.map((provider) => (
            <tr key={provider.id}>
              <td>{provider.code}</td>
              <td>{provider.name}</td>
              <td>{provider.contactEmail}</td>
              <td>
                {provider.sftp !== null && (
                  <span className="mono">
                    {provider.sftp.host}:{provider.sftp.port} {provider.sftp.hostKey}
                  </span>
                )}{" "}
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => onConnect(provider)}
                  aria-label={`${say(TEXT.connector)} ${provider.name}`}
                >
                  {say(TEXT.connector)}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function LinkageTable({ linkages }: { readonly linkages: readonly LinkageView[] }) {
  const say = useSay()
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{say(TEXT.linkages)}</caption>
        <thead>
          <tr>
            {TEXT.linkageHeads.map((head) => (
              <th key={head.zh} scope="col">
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {linkages.map((linkage) => (
            <tr key={linkage.id}>
              <td>{linkage.unitName}</td>
              <td>{linkage.providerName}</td>
              <td>{linkage.purpose}</td>
              <td>{say(MODES[linkage.mode] ?? { zh: linkage.mode, en: linkage.mode })}</td>
              <td>{linkage.approvalNumber}</td>
              <td>{linkage.testNumber}</td>
              <td>{linkage.transcribed && say(TEXT.transcribed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
