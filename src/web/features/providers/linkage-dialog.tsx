import { useQuery } from "@tanstack/react-query"
import { transcribeLinkage, type LinkageView } from "../../../modules/linkages/contract.ts"
import { listUnits } from "../../../modules/people/contract.ts"
import { listProviders } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { MODES } from "../deliveries/words.ts"

const TEXT = {
  linkage: { zh: "轉錄連結作業", en: "Take on a linkage from paper" },
  provider: { zh: "提供機關", en: "Provider" },
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

interface Linkage {
  readonly provider: string
  readonly unit: string
  readonly purpose: string
  readonly mode: LinkageView["mode"]
  readonly approvalNumber: string
  readonly approvedOn: string
  readonly testNumber: string
  readonly testedOn: string
}

interface FieldsProps {
  readonly value: Linkage
  readonly onChange: (part: Partial<Linkage>) => void
}

function blank(): Linkage {
  const numbers = { approvalNumber: "", approvedOn: today(), testNumber: "", testedOn: today() }
  return { provider: "", unit: "", purpose: "", mode: "file", ...numbers }
}

/** What was approved and tested on paper before this program; marked 轉錄. */
export function LinkageDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const { value, change, form } = useForm<Linkage>({
    draft: "linkage",
    initial: blank(),
    send: (body) => call(transcribeLinkage, { body }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.linkage)} opened {...form} submit={say(TEXT.save)}>
      <PartyFields value={value} onChange={change} />
      <PaperFields value={value} onChange={change} />
    </FormDialog>
  )
}

/** Who gets what from whom, and how. */
function PartyFields({ value, onChange }: FieldsProps) {
  const say = useSay()
  const providers = useQuery({ queryKey: ["providers"], queryFn: () => call(listProviders) })
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const named = (known: readonly { readonly id: string; readonly name: string }[] = []) => [
    { value: "", label: say(TEXT.choose) },
    ...known.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const modes = (["file", "media", "online"] as const).map((mode) => ({
    value: mode,
    label: say(MODES[mode] ?? TEXT.mode),
  }))
  return (
    <>
      <SelectField
        label={say(TEXT.provider)}
        options={named(providers.data)}
        value={value.provider}
        onChange={(provider) => onChange({ provider })}
        required
      />
      <SelectField
        label={say(TEXT.unit)}
        options={named(units.data)}
        value={value.unit}
        onChange={(unit) => onChange({ unit })}
        required
      />
      <TextField
        label={say(TEXT.purpose)}
        value={value.purpose}
        onChange={(purpose) => onChange({ purpose })}
        required
      />
      <SelectField
        label={say(TEXT.mode)}
        duty="4-2c"
        options={modes}
        value={value.mode}
        onChange={(mode) => onChange({ mode })}
      />
    </>
  )
}

/** The papers that allow it. */
function PaperFields({ value, onChange }: FieldsProps) {
  const say = useSay()
  return (
    <>
      <TextField
        label={say(TEXT.approvalNumber)}
        duty="4-2a"
        value={value.approvalNumber}
        onChange={(approvalNumber) => onChange({ approvalNumber })}
      />
      <RocDateField
        label={say(TEXT.approvedOn)}
        value={value.approvedOn}
        onChange={(approvedOn) => onChange({ approvedOn })}
      />
      <TextField
        label={say(TEXT.testNumber)}
        duty="4-2b"
        value={value.testNumber}
        onChange={(testNumber) => onChange({ testNumber })}
      />
      <RocDateField
        label={say(TEXT.testedOn)}
        value={value.testedOn}
        onChange={(testedOn) => onChange({ testedOn })}
      />
    </>
  )
}
