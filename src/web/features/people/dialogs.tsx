import { ROLES, type Role } from "../../../kernel/actor.ts"
import { createPerson, createUnit, type UnitView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES, UNIT_KIND_NAMES } from "../../text/terms.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"

const TEXT = {
  addUnit: { zh: "新增單位", en: "Add a unit" },
  addPerson: { zh: "新增人員", en: "Add a person" },
  code: { zh: "單位代碼（用於登記簿編號）", en: "Code (part of register numbers)" },
  unitName: { zh: "單位名稱", en: "Unit" },
  kind: { zh: "類別", en: "Kind" },
  parent: { zh: "上級單位", en: "Belongs to" },
  none: { zh: "無（機關本身）", en: "None (the agency itself)" },
  name: { zh: "姓名", en: "Name" },
  title: { zh: "職稱（載於職章）", en: "Title (as on the stamp)" },
  email: { zh: "電子郵件", en: "E-mail" },
  unit: { zh: "單位", en: "Unit" },
  choose: { zh: "請選擇", en: "Choose" },
  role: { zh: "職務", en: "Post" },
  save: { zh: "儲存", en: "Save" },
} as const

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly units: readonly UnitView[]
}

const NEW_UNIT = { code: "", name: "", kind: "business" as UnitView["kind"], parent: "" }

export function UnitDialog({ opened, onClose, units }: DialogProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: "unit",
    initial: NEW_UNIT,
    send: ({ parent, ...unit }) =>
      call(createUnit, { body: { ...unit, parent: parent === "" ? null : parent } }),
    onClose,
  })
  const kinds = (Object.keys(UNIT_KIND_NAMES) as UnitView["kind"][]).map((kind) => ({
    value: kind,
    label: say(UNIT_KIND_NAMES[kind]),
  }))
  const parents = [
    { value: "", label: say(TEXT.none) },
    ...units.map((unit) => ({ value: unit.id, label: unit.name })),
  ]
  return (
    <FormDialog title={say(TEXT.addUnit)} opened={opened} {...form} submit={say(TEXT.save)}>
      <TextField label={say(TEXT.code)} value={value.code} onChange={(code) => change({ code })} required />
      <TextField
        label={say(TEXT.unitName)}
        value={value.name}
        onChange={(name) => change({ name })}
        required
      />
      <SelectField
        label={say(TEXT.kind)}
        options={kinds}
        value={value.kind}
        onChange={(kind) => change({ kind })}
      />
      <SelectField
        label={say(TEXT.parent)}
        options={parents}
        value={value.parent}
        onChange={(parent) => change({ parent })}
      />
    </FormDialog>
  )
}

const NEW_PERSON = { name: "", title: "", email: "", unit: "", role: "handler" as Role }

export function PersonDialog({ opened, onClose, units }: DialogProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: "person",
    initial: NEW_PERSON,
    send: ({ unit, role, ...person }) => call(createPerson, { body: { ...person, posts: [{ unit, role }] } }),
    onClose,
  })
  const { name, title, email, unit, role } = value
  const choices = [
    { value: "", label: say(TEXT.choose) },
    ...units.map((known) => ({ value: known.id, label: known.name })),
  ]
  return (
    <FormDialog title={say(TEXT.addPerson)} opened={opened} {...form} submit={say(TEXT.save)}>
      <TextField label={say(TEXT.name)} value={name} onChange={(name) => change({ name })} required />
      <TextField label={say(TEXT.title)} value={title} onChange={(title) => change({ title })} required />
      <TextField
        label={say(TEXT.email)}
        type="email"
        value={email}
        onChange={(email) => change({ email })}
        required
      />
      <SelectField
        label={say(TEXT.unit)}
        options={choices}
        value={unit}
        onChange={(unit) => change({ unit })}
        required
      />
      <SelectField
        label={say(TEXT.role)}
        options={ROLES.map((known) => ({ value: known, label: say(ROLE_NAMES[known]) }))}
        value={role}
        onChange={(role) => change({ role })}
      />
    </FormDialog>
  )
}
