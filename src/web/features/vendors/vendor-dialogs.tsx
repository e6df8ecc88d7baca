import {
  addVendorPerson,
  prolongContract,
  recordContract,
  registerVendor,
  type ContractView,
  type VendorDetail,
} from "../../../modules/vendors/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import type { Closable } from "./dialog-props.ts"

const TEXT = {
  register: { zh: "登錄委外廠商", en: "Register a vendor" },
  taxId: { zh: "統一編號", en: "Tax id" },
  vendorName: { zh: "廠商名稱", en: "Name of the vendor" },
  contact: { zh: "聯絡人", en: "Contact" },
  email: { zh: "電子郵件", en: "E-mail" },
  phone: { zh: "電話", en: "Phone" },
  person: { zh: "新增廠商人員", en: "Add a person" },
  personHow: {
    zh: "新增後請於「人員與單位」建立帳號；列入生效之保密措施後，始得登入。",
    en: "Then create an account under People. It works once the person is on an agreement in force.",
  },
  name: { zh: "姓名", en: "Name" },
  jobTitle: { zh: "職稱", en: "Title" },
  contract: { zh: "登錄委外契約", en: "Record a contract" },
  unit: { zh: "使用單位", en: "Using unit" },
  main: { zh: "原契約（複委託者）", en: "Contract above (sub-contractors)" },
  none: { zh: "非複委託", en: "None" },
  number: { zh: "契約編號", en: "Contract number" },
  subject: { zh: "契約名稱", en: "Subject" },
  from: { zh: "契約起日", en: "First day" },
  to: { zh: "契約迄日", en: "Last day" },
  prolong: { zh: "契約展期", en: "Prolong the contract" },
  document: { zh: "展期文號", en: "Document number" },
  save: { zh: "儲存", en: "Save" },
} as const

export function RegisterVendorDialog({ onClose }: Closable) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: "vendor",
    initial: { taxId: "", name: "", contact: "", email: "", phone: "" },
    send: ({ taxId, name, contact, email, phone }) =>
      call(registerVendor, { body: { taxId, name, contact: { name: contact, email, phone } } }),
    onClose,
  })
  const field = (key: keyof typeof value, label: string, type: "text" | "email" = "text") => (
    <TextField
      label={label}
      type={type}
      value={value[key]}
      onChange={(typed) => change({ [key]: typed })}
      required
    />
  )
  return (
    <FormDialog title={say(TEXT.register)} opened {...form} submit={say(TEXT.save)}>
      {field("taxId", say(TEXT.taxId))}
      {field("name", say(TEXT.vendorName))}
      {field("contact", say(TEXT.contact))}
      {field("email", say(TEXT.email), "email")}
      {field("phone", say(TEXT.phone))}
    </FormDialog>
  )
}

export function VendorPersonDialog({ vendor, onClose }: Closable & { readonly vendor: VendorDetail }) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `vendor-person.${vendor.id}`,
    initial: { name: "", title: "", email: "" },
    send: (body) => call(addVendorPerson, { params: { id: vendor.id }, body }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.person)} opened {...form} submit={say(TEXT.save)}>
      <p>{say(TEXT.personHow)}</p>
      <TextField label={say(TEXT.name)} value={value.name} onChange={(name) => change({ name })} required />
      <TextField
        label={say(TEXT.jobTitle)}
        value={value.title}
        onChange={(title) => change({ title })}
        required
      />
      <TextField
        label={say(TEXT.email)}
        type="email"
        value={value.email}
        onChange={(email) => change({ email })}
        required
      />
    </FormDialog>
  )
}

export function ContractDialog({ vendor, onClose }: Closable & { readonly vendor: VendorDetail }) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `vendor-contract.${vendor.id}`,
    initial: {
      ...{ unit: vendor.units[0]?.id ?? "", main: "", number: "", subject: "" },
      ...{ from: today(), to: today() },
    },
    send: ({ main, ...body }) =>
      call(recordContract, { body: { ...body, vendor: vendor.id, main: main === "" ? null : main } }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.contract)} opened {...form} submit={say(TEXT.save)}>
      <PartyFields vendor={vendor} value={value} onChange={change} />
      <TextField
        label={say(TEXT.number)}
        value={value.number}
        onChange={(number) => change({ number })}
        required
      />
      <TextField
        label={say(TEXT.subject)}
        value={value.subject}
        onChange={(subject) => change({ subject })}
        required
      />
      <RocDateField label={say(TEXT.from)} value={value.from} onChange={(from) => change({ from })} />
      <RocDateField label={say(TEXT.to)} value={value.to} onChange={(to) => change({ to })} />
    </FormDialog>
  )
}

interface PartyProps {
  readonly vendor: VendorDetail
  readonly value: { readonly unit: string; readonly main: string }
  readonly onChange: (part: { readonly unit?: string; readonly main?: string }) => void
}

/** The using unit, and of its contracts the one that a sub-contractor works under. */
function PartyFields({ vendor, value, onChange }: PartyProps) {
  const say = useSay()
  const mains = vendor.mains.filter(({ unit }) => unit === value.unit)
  return (
    <>
      <SelectField
        label={say(TEXT.unit)}
        duty="5-8a"
        options={vendor.units.map(({ id, name }) => ({ value: id, label: name }))}
        value={value.unit}
        onChange={(unit) => onChange({ unit, main: "" })}
        required
      />
      {mains.length > 0 && (
        <SelectField
          label={say(TEXT.main)}
          options={[
            { value: "", label: say(TEXT.none) },
            ...mains.map(({ id, label }) => ({ value: id, label })),
          ]}
          value={value.main}
          onChange={(main) => onChange({ main })}
        />
      )}
    </>
  )
}

export function ProlongDialog({ contract, onClose }: Closable & { readonly contract: ContractView }) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `vendor-contract-prolong.${contract.id}`,
    initial: { to: contract.to, document: "" },
    send: (body) => call(prolongContract, { params: { id: contract.id }, body }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.prolong)} opened {...form} submit={say(TEXT.save)}>
      <TextField
        label={say(TEXT.document)}
        value={value.document}
        onChange={(document) => change({ document })}
        required
      />
      <RocDateField label={say(TEXT.to)} value={value.to} onChange={(to) => change({ to })} />
    </FormDialog>
  )
}
