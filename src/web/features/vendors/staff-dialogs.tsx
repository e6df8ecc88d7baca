import { addVendorPersonToAgreement, printPledge, takePersonOff } from "../../../modules/vendors/contract.ts"
import { addressOf } from "../../api/address.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { LongTextField, SelectField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import type { AgreementDialogProps } from "./dialog-props.ts"
import { blankPaper, PaperFields, paperIn } from "./paper-fields.tsx"
import { commandName } from "./words.ts"

const TEXT = {
  pledgeScan: { zh: "本人簽署之保密切結書掃描檔", en: "Scan of the pledge they signed" },
  print: { zh: "列印此人之保密切結書", en: "Print this person's pledge" },
  person: { zh: "廠商人員", en: "Person" },
  choose: { zh: "請選擇", en: "Choose" },
  reason: { zh: "理由", en: "Reason" },
  save: { zh: "儲存", en: "Save" },
} as const

interface People {
  readonly people: readonly { readonly id: string; readonly name: string; readonly title: string }[]
  readonly value: string
  readonly onChange: (person: string) => void
}

function PersonField({ people, value, onChange }: People) {
  const say = useSay()
  const options = people.map(({ id, name, title }) => ({ value: id, label: `${title} ${name}` }))
  return (
    <SelectField
      label={say(TEXT.person)}
      duty="5-8a"
      options={[{ value: "", label: say(TEXT.choose) }, ...options]}
      value={value}
      onChange={onChange}
      required
    />
  )
}

export function AddPersonDialog({ agreement, onClose }: AgreementDialogProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `add-person.${agreement.id}`,
    initial: { ...blankPaper(), person: "" },
    send: (value) =>
      call(addVendorPersonToAgreement, {
        params: { id: agreement.id },
        body: { person: value.person, pledge: paperIn(value) },
      }),
    onClose,
  })
  const { contract, candidates } = agreement
  return (
    <FormDialog title={say(commandName("add-person"))} opened {...form} submit={say(TEXT.save)}>
      <PersonField people={candidates} value={value.person} onChange={(person) => change({ person })} />
      {value.person !== "" && (
        <a
          href={addressOf(printPledge, { params: { id: contract.id }, query: { person: value.person } })}
          target="_blank"
          rel="noreferrer"
        >
          {say(TEXT.print)}
        </a>
      )}
      <PaperFields label={TEXT.pledgeScan} value={value} onChange={change} />
    </FormDialog>
  )
}

export function RemovePersonDialog({ agreement, onClose }: AgreementDialogProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `remove-person.${agreement.id}`,
    initial: { person: "", reason: "" },
    send: (body) => call(takePersonOff, { params: { id: agreement.id }, body }),
    onClose,
  })
  const serving = agreement.staff
    .filter(({ removal }) => removal === null)
    .map(({ person, name, title }) => ({ id: person, name, title }))
  return (
    <FormDialog
      title={say(commandName("remove-person"))}
      opened
      {...form}
      submit={say(commandName("remove-person"))}
    >
      <PersonField people={serving} value={value.person} onChange={(person) => change({ person })} />
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}
