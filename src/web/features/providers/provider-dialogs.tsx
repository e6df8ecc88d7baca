import { NativeSelect, NumberInput, PasswordInput, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { transcribeLinkage } from "../../../modules/linkages/contract.ts"
import { listUnits } from "../../../modules/people/contract.ts"
import {
  createProvider,
  listProviders,
  setConnector,
  type ProviderView,
} from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { LegalLabel } from "../../ui/legal-label.tsx"
import { useDraft } from "../../ui/use-draft.ts"
import { MODES } from "../deliveries/words.ts"

const TEXT = {
  provider: { zh: "提供機關", en: "Provider" },
  code: { zh: "代碼", en: "Code" },
  name: { zh: "名稱", en: "Name" },
  kind: { zh: "類別", en: "Kind" },
  ministry: { zh: "內政部", en: "Ministry of the Interior" },
  municipality: { zh: "直轄市民政局", en: "Municipality" },
  county: { zh: "縣（市）民政局（處）", en: "County or city" },
  email: { zh: "電子郵件", en: "E-mail" },
  connector: { zh: "SFTP 主機：{name}", en: "SFTP server of {name}" },
  host: { zh: "主機", en: "Host" },
  port: { zh: "連接埠", en: "Port" },
  user: { zh: "帳號", en: "User" },
  password: { zh: "密碼", en: "Password" },
  directory: { zh: "目錄", en: "Directory" },
  hostKey: {
    zh: "主機金鑰（SHA256:…，請向提供機關查證）",
    en: "Host key (SHA256:…, confirmed with the provider)",
  },
  linkage: { zh: "轉錄連結作業", en: "Take on a linkage from paper" },
  unit: { zh: "業務單位", en: "Unit" },
  purpose: { zh: "使用目的", en: "Purpose" },
  mode: { zh: "取得方式", en: "Mode" },
  approvalNumber: { zh: "核准公文文號", en: "Approval number" },
  approvedOn: { zh: "核准日期", en: "Approved on" },
  testNumber: { zh: "連結測試報告編號", en: "Test report" },
  testedOn: { zh: "測試通過日期", en: "Test passed on" },
  choose: { zh: "請選擇", en: "Choose" },
  save: { zh: "儲存", en: "Save" },
} as const

type NewProvider = Pick<ProviderView, "code" | "name" | "kind" | "contactEmail">

export function ProviderDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const { value, change, clear } = useDraft<NewProvider>("provider", {
    code: "",
    name: "",
    kind: "municipality",
    contactEmail: "",
  })
  const { act, isPending, refusals } = useAct(
    () => call(createProvider, { body: value }),
    () => {
      clear()
      onClose()
    },
  )
  const kinds = (["ministry", "municipality", "county"] as const).map((kind) => ({
    value: kind,
    label: say(TEXT[kind]),
  }))
  return (
    <FormDialog
      title={say(TEXT.provider)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <TextInput
        label={say(TEXT.code)}
        value={value.code}
        onChange={(event) => change({ code: event.currentTarget.value })}
        required
      />
      <TextInput
        label={say(TEXT.name)}
        value={value.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <NativeSelect
        label={<LegalLabel text={say(TEXT.kind)} duty="4-1" />}
        data={kinds}
        value={value.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as ProviderView["kind"] })}
      />
      <TextInput
        label={say(TEXT.email)}
        type="email"
        value={value.contactEmail}
        onChange={(event) => change({ contactEmail: event.currentTarget.value })}
        required
      />
    </FormDialog>
  )
}

export function ConnectorDialog({
  provider,
  onClose,
}: {
  readonly provider: ProviderView
  readonly onClose: () => void
}) {
  const say = useSay()
  const { value, change } = useDraft(
    `connector.${provider.id}`,
    provider.sftp ?? { host: "", port: 22, user: "", directory: "/", hostKey: "" },
  )
  const [password, setPassword] = useState("")
  const { act, isPending, refusals } = useAct(
    () => call(setConnector, { params: { id: provider.id }, body: { ...value, password } }),
    onClose,
  )
  return (
    <FormDialog
      title={say(TEXT.connector, { name: provider.name })}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <TextInput
        label={say(TEXT.host)}
        value={value.host}
        onChange={(event) => change({ host: event.currentTarget.value })}
        required
      />
      <NumberInput
        label={say(TEXT.port)}
        value={value.port}
        onChange={(port) => change({ port: Number(port) })}
        min={1}
        max={65_535}
        allowDecimal={false}
      />
      <TextInput
        label={say(TEXT.user)}
        value={value.user}
        onChange={(event) => change({ user: event.currentTarget.value })}
        required
      />
      <PasswordInput
        label={say(TEXT.password)}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        required
      />
      <TextInput
        label={say(TEXT.directory)}
        value={value.directory}
        onChange={(event) => change({ directory: event.currentTarget.value })}
        required
      />
      <TextInput
        label={<LegalLabel text={say(TEXT.hostKey)} duty="6-1b" />}
        value={value.hostKey}
        onChange={(event) => change({ hostKey: event.currentTarget.value })}
        required
      />
    </FormDialog>
  )
}

const BLANK = {
  provider: "",
  unit: "",
  purpose: "",
  mode: "file" as "online" | "file" | "media",
  approvalNumber: "",
  approvedOn: today(),
  testNumber: "",
  testedOn: today(),
}

export function LinkageDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const providers = useQuery({ queryKey: ["providers"], queryFn: () => call(listProviders) })
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const { value, change, clear } = useDraft("linkage", BLANK)
  const { act, isPending, refusals } = useAct(
    () => call(transcribeLinkage, { body: value }),
    () => {
      clear()
      onClose()
    },
  )
  const choose = { value: "", label: say(TEXT.choose) }
  const named = (known: readonly { readonly id: string; readonly name: string }[] | undefined) => [
    choose,
    ...(known ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ]
  const modes = (["file", "media", "online"] as const).map((mode) => ({
    value: mode,
    label: say(MODES[mode] ?? TEXT.mode),
  }))
  return (
    <FormDialog
      title={say(TEXT.linkage)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <NativeSelect
        label={say(TEXT.provider)}
        data={named(providers.data)}
        value={value.provider}
        onChange={(event) => change({ provider: event.currentTarget.value })}
        required
      />
      <NativeSelect
        label={say(TEXT.unit)}
        data={named(units.data)}
        value={value.unit}
        onChange={(event) => change({ unit: event.currentTarget.value })}
        required
      />
      <TextInput
        label={say(TEXT.purpose)}
        value={value.purpose}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
        required
      />
      <NativeSelect
        label={<LegalLabel text={say(TEXT.mode)} duty="4-2c" />}
        data={modes}
        value={value.mode}
        onChange={(event) => change({ mode: event.currentTarget.value as typeof value.mode })}
      />
      <TextInput
        label={<LegalLabel text={say(TEXT.approvalNumber)} duty="4-2a" />}
        value={value.approvalNumber}
        onChange={(event) => change({ approvalNumber: event.currentTarget.value })}
      />
      <RocDateField
        label={say(TEXT.approvedOn)}
        value={value.approvedOn}
        onChange={(approvedOn) => change({ approvedOn })}
      />
      <TextInput
        label={<LegalLabel text={say(TEXT.testNumber)} duty="4-2b" />}
        value={value.testNumber}
        onChange={(event) => change({ testNumber: event.currentTarget.value })}
      />
      <RocDateField
        label={say(TEXT.testedOn)}
        value={value.testedOn}
        onChange={(testedOn) => change({ testedOn })}
      />
    </FormDialog>
  )
}
