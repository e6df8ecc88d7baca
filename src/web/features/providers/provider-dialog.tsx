import { createProvider, type ProviderView } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"

const TEXT = {
  provider: { zh: "提供機關", en: "Provider" },
  code: { zh: "代碼", en: "Code" },
  name: { zh: "名稱", en: "Name" },
  kind: { zh: "類別", en: "Kind" },
  ministry: { zh: "內政部", en: "Ministry of the Interior" },
  municipality: { zh: "直轄市民政局", en: "Municipality" },
  county: { zh: "縣（市）民政局（處）", en: "County or city" },
  email: { zh: "電子郵件", en: "E-mail" },
  save: { zh: "儲存", en: "Save" },
} as const

type NewProvider = Pick<ProviderView, "code" | "name" | "kind" | "contactEmail">

export function ProviderDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const { value, change, form } = useForm<NewProvider>({
    draft: "provider",
    initial: {
      code: "",
      name: "",
      kind: "municipality",
      contactEmail: "",
    },
    send: (value) => call(createProvider, { body: value }),
    onClose,
  })
  const kinds = (["ministry", "municipality", "county"] as const).map((kind) => ({
    value: kind,
    label: say(TEXT[kind]),
  }))
  return (
    <FormDialog title={say(TEXT.provider)} opened {...form} submit={say(TEXT.save)}>
      <TextField label={say(TEXT.code)} value={value.code} onChange={(code) => change({ code })} required />
      <TextField label={say(TEXT.name)} value={value.name} onChange={(name) => change({ name })} required />
      <SelectField
        label={say(TEXT.kind)}
        duty="4-1"
        options={kinds}
        value={value.kind}
        onChange={(kind) => change({ kind })}
      />
      <TextField
        label={say(TEXT.email)}
        type="email"
        value={value.contactEmail}
        onChange={(contactEmail) => change({ contactEmail })}
        required
      />
    </FormDialog>
  )
}
