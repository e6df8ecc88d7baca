import { NumberInput, PasswordInput } from "@mantine/core"
import { useState } from "react"
import { setConnector, type ProviderView } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"

const TEXT = {
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
  save: { zh: "儲存", en: "Save" },
} as const

interface Props {
  readonly provider: ProviderView
  readonly onClose: () => void
}

type Server = NonNullable<ProviderView["sftp"]>
const BLANK: Server = { host: "", port: 22, user: "", directory: "/", hostKey: "" }

export function ConnectorDialog({ provider: { id, name, sftp }, onClose }: Props) {
  const say = useSay()
  const [password, setPassword] = useState("")
  const { value, change, form } = useForm<Server>({
    draft: `connector.${id}`,
    initial: sftp ?? BLANK,
    send: (server) => call(setConnector, { params: { id }, body: { ...server, password } }),
    onClose,
  })
  const { host, port, user, directory, hostKey } = value
  return (
    <FormDialog title={say(TEXT.connector, { name })} opened {...form} submit={say(TEXT.save)}>
      <TextField label={say(TEXT.host)} value={host} onChange={(host) => change({ host })} required />
      <NumberInput
        label={say(TEXT.port)}
        value={port}
        onChange={(port) => change({ port: Number(port) })}
        min={1}
        max={65_535}
        allowDecimal={false}
      />
      <TextField label={say(TEXT.user)} value={user} onChange={(user) => change({ user })} required />
      <PasswordInput
        label={say(TEXT.password)}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        required
      />
      <TextField
        label={say(TEXT.directory)}
        value={directory}
        onChange={(directory) => change({ directory })}
        required
      />
      <TextField
        label={say(TEXT.hostKey)}
        duty="6-1b"
        value={hostKey}
        onChange={(hostKey) => change({ hostKey })}
        required
      />
    </FormDialog>
  )
}
