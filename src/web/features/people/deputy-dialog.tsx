import { Checkbox } from "@mantine/core"
import { skipToken, useQuery } from "@tanstack/react-query"
import { ROLES } from "../../../kernel/actor.ts"
import { appointDeputy, listPeople, listUnits, type PersonView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { ROLE_NAMES } from "../../text/terms.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"

const TEXT = {
  title: { zh: "登錄職務代理人", en: "Record a deputy" },
  choose: { zh: "請選擇", en: "Choose" },
  unit: { zh: "單位", en: "Unit" },
  person: { zh: "被代理人", en: "Stood in for" },
  deputyUnit: { zh: "代理人之單位", en: "The deputy's unit" },
  deputy: { zh: "代理人", en: "Deputy" },
  from: { zh: "起日", en: "From" },
  to: { zh: "迄日（含當日）", en: "To (that day included)" },
  roles: { zh: "代理之職務", en: "For which posts" },
  everyRole: { zh: "全部職務", en: "All of them" },
  open: { zh: "未定迄日，至終止代理時止", en: "No last day; until it is ended" },
  save: { zh: "儲存", en: "Save" },
} as const

interface Props {
  /** The units for which the reader may record deputies. */
  readonly units: readonly { readonly id: string; readonly name: string }[]
  readonly onClose: () => void
}

const EMPTY = { unit: "", person: "", deputyUnit: "", deputy: "", from: "", to: "", isOpen: false, role: "" }

function send({ unit, person, deputy, from, to, isOpen, role }: typeof EMPTY) {
  const roles = ROLES.filter((known) => known === role)
  const body = {
    unit,
    person,
    deputy,
    from,
    to: isOpen ? null : to,
    roles: roles.length === 0 ? null : roles,
  }
  return call(appointDeputy, { body })
}

/** Somebody stands in for somebody of a unit, from a day on. */
export function DeputyDialog({ units, onClose }: Props) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: "deputy",
    initial: { ...EMPTY, unit: units.length === 1 ? (units[0]?.id ?? "") : "", from: today(), to: today() },
    send,
    onClose,
  })
  const { unit, person, deputyUnit, deputy, from, to, isOpen, role } = value
  return (
    <FormDialog title={say(TEXT.title)} opened {...form} submit={say(TEXT.save)}>
      <SelectField
        label={say(TEXT.unit)}
        options={[{ value: "", label: say(TEXT.choose) }, ...options(units)]}
        value={unit}
        onChange={(chosen) => change({ unit: chosen, person: "", deputyUnit: chosen, deputy: "" })}
        required
      />
      <PersonField
        label={say(TEXT.person)}
        unit={unit}
        value={person}
        onChange={(chosen) => change({ person: chosen, role: "" })}
      />
      <ScopeField unit={unit} person={person} value={role} onChange={(chosen) => change({ role: chosen })} />
      <UnitField
        value={deputyUnit || unit}
        onChange={(chosen) => change({ deputyUnit: chosen, deputy: "" })}
      />
      <PersonField
        label={say(TEXT.deputy)}
        unit={deputyUnit || unit}
        value={deputy}
        isFit={(known) => known.id !== person && known.posts.every((post) => post.role !== "administrator")}
        onChange={(chosen) => change({ deputy: chosen })}
      />
      <RocDateField label={say(TEXT.from)} value={from} onChange={(day) => change({ from: day })} />
      <Checkbox
        label={say(TEXT.open)}
        checked={isOpen}
        onChange={(event) => change({ isOpen: event.currentTarget.checked })}
      />
      {!isOpen && <RocDateField label={say(TEXT.to)} value={to} onChange={(day) => change({ to: day })} />}
    </FormDialog>
  )
}

export function options(named: readonly { readonly id: string; readonly name: string }[]) {
  return named.map(({ id, name }) => ({ value: id, label: name }))
}

interface FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A deputy may come from another unit. */
function UnitField({ value, onChange }: FieldProps) {
  const say = useSay()
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  return (
    <SelectField
      label={say(TEXT.deputyUnit)}
      options={[{ value: "", label: say(TEXT.choose) }, ...options(units.data ?? [])]}
      value={value}
      onChange={onChange}
      required
    />
  )
}

/** All posts of the represented person in the unit, or one of them. */
function ScopeField({
  unit,
  person,
  ...field
}: FieldProps & { readonly unit: string; readonly person: string }) {
  const say = useSay()
  const people = usePeopleOf(unit)
  const posts = people.find(({ id }) => id === person)?.posts.filter((post) => post.unit === unit) ?? []
  if (posts.length < 2) return null
  return (
    <SelectField
      label={say(TEXT.roles)}
      options={[
        { value: "", label: say(TEXT.everyRole) },
        ...posts.map(({ role }) => ({ value: role, label: say(ROLE_NAMES[role]) })),
      ]}
      {...field}
    />
  )
}

function usePeopleOf(unit: string): readonly PersonView[] {
  const people = useQuery({
    queryKey: ["people", "of", unit],
    queryFn: unit === "" ? skipToken : () => call(listPeople, { query: { unit, size: 200 } }),
  })
  return people.data?.items ?? []
}

interface PersonFieldProps extends FieldProps {
  readonly label: string
  readonly unit: string
  readonly isFit?: (person: PersonView) => boolean
}

/** Somebody who serves in `unit` now. */
export function PersonField({ label, unit, value, isFit = () => true, onChange }: PersonFieldProps) {
  const say = useSay()
  const known = usePeopleOf(unit).filter(isFit)
  return (
    <SelectField
      label={label}
      options={[
        { value: "", label: say(TEXT.choose) },
        ...known.map(({ id, title, name }) => ({ value: id, label: `${title} ${name}` })),
      ]}
      value={value}
      onChange={onChange}
      required
    />
  )
}
