import { createUnit, endUnit, updateUnit, type UnitView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { UNIT_KIND_NAMES } from "../../text/terms.ts"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"

const TEXT = {
  add: { zh: "新增單位", en: "Add a unit" },
  change: { zh: "變更單位：{unit}", en: "Change {unit}" },
  end: { zh: "裁撤單位：{unit}", en: "End {unit}" },
  code: { zh: "單位代碼（用於登記簿編號）", en: "Code (part of register numbers)" },
  unitName: { zh: "單位名稱", en: "Unit" },
  kind: { zh: "類別", en: "Kind" },
  parent: { zh: "上級單位", en: "Belongs to" },
  none: { zh: "無（機關本身）", en: "None (the agency itself)" },
  on: { zh: "裁撤生效日", en: "First day without it" },
  ends: {
    zh: "自生效日零時起，單位不復存在，亦不得派任人員。其後仍有人員任職者，請先辦理職務異動。",
    en: "From that day on the unit is no more and nobody can be posted there. Record the changes of post of its people first.",
  },
  save: { zh: "儲存", en: "Save" },
  submitEnd: { zh: "裁撤", en: "End" },
} as const

interface Props {
  readonly units: readonly UnitView[]
  readonly onClose: () => void
}

const NEW_UNIT: { readonly code: string; readonly name: string; readonly kind: UnitView["kind"] } = {
  code: "",
  name: "",
  kind: "business",
}

export function NewUnitDialog({ units, onClose }: Props) {
  const say = useSay()
  const agency = units.find(({ kind }) => kind === "agency")?.id ?? ""
  const { value, change, form } = useForm({
    draft: "unit",
    initial: { ...NEW_UNIT, parent: agency },
    send: ({ parent, ...unit }) =>
      call(createUnit, { body: { ...unit, parent: parent === "" ? null : parent } }),
    onClose,
  })
  const kinds = (Object.keys(UNIT_KIND_NAMES) as UnitView["kind"][]).map((kind) => ({
    value: kind,
    label: say(UNIT_KIND_NAMES[kind]),
  }))
  const choose = (kind: UnitView["kind"]) => change({ kind, ...(kind === "agency" ? { parent: "" } : {}) })
  return (
    <FormDialog title={say(TEXT.add)} opened {...form} submit={say(TEXT.save)}>
      <SelectField label={say(TEXT.kind)} options={kinds} value={value.kind} onChange={choose} />
      <UnitFields value={value} change={change} units={units} />
    </FormDialog>
  )
}

export function ChangeUnitDialog({ unit, units, onClose }: Props & { readonly unit: UnitView }) {
  const say = useSay()
  const { id, code, name, parent } = unit
  const { value, change, form } = useForm({
    draft: `unit.${id}`,
    initial: { code, name, parent: parent ?? "" },
    send: (typed) =>
      call(updateUnit, {
        params: { id },
        body: { ...typed, parent: typed.parent === "" ? null : typed.parent },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.change, { unit: name })} opened {...form} submit={say(TEXT.save)}>
      <UnitFields value={value} change={change} units={units.filter((other) => other.id !== id)} />
    </FormDialog>
  )
}

export function EndUnitDialog({ unit, onClose }: Omit<Props, "units"> & { readonly unit: UnitView }) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `unit.${unit.id}.end`,
    initial: { on: today() },
    send: (body) => call(endUnit, { params: { id: unit.id }, body }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.end, { unit: unit.name })} opened {...form} submit={say(TEXT.submitEnd)}>
      <p>{say(TEXT.ends)}</p>
      <RocDateField label={say(TEXT.on)} value={value.on} onChange={(on) => change({ on })} />
    </FormDialog>
  )
}

interface Words {
  readonly code: string
  readonly name: string
  readonly parent: string
}

interface FieldsProps {
  readonly value: Words
  readonly change: (part: Partial<Words>) => void
  readonly units: readonly UnitView[]
}

function UnitFields({ value, change, units }: FieldsProps) {
  const say = useSay()
  const parents = [
    { value: "", label: say(TEXT.none) },
    ...units.map((unit) => ({ value: unit.id, label: unit.name })),
  ]
  return (
    <>
      <TextField label={say(TEXT.code)} value={value.code} onChange={(code) => change({ code })} required />
      <TextField
        label={say(TEXT.unitName)}
        value={value.name}
        onChange={(name) => change({ name })}
        required
      />
      <SelectField
        label={say(TEXT.parent)}
        options={parents}
        value={value.parent}
        onChange={(parent) => change({ parent })}
      />
    </>
  )
}
