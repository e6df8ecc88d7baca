import { Checkbox } from "@mantine/core"
import { skipToken, useQuery } from "@tanstack/react-query"
import type { z } from "zod"
import { ROLES, type Role } from "../../../kernel/actor.ts"
import { startChange, type ChangeLine, type readMoverOptions } from "../../../modules/handover/contract.ts"
import { listPeople, listUnits } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES } from "../../text/terms.ts"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { LegalLabel } from "../../ui/forms/legal-label.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { options as optionsOf, PersonField } from "../people/deputy-dialog.tsx"
import { OrderFields } from "./order-fields.tsx"

const TEXT = {
  title: { zh: "登錄職務異動", en: "Record a change of post" },
  choose: { zh: "請選擇", en: "Choose" },
  unit: { zh: "異動人員之單位", en: "The person's unit" },
  person: { zh: "異動人員", en: "The person" },
  ends: { zh: "終止之職務", en: "Posts that end" },
  effective: { zh: "生效日（當日零時起權限終止）", en: "Effective day (rights end at its first moment)" },
  begins: { zh: "新任職務之單位", en: "Unit of the new post" },
  none: { zh: "無新任職務", en: "No new post" },
  role: { zh: "新任職務", en: "New post" },
  save: { zh: "登錄", en: "Record" },
} as const

type Options = z.infer<(typeof readMoverOptions)["reply"]>

interface Props {
  readonly options: Options
  readonly onClose: () => void
  readonly onDone: (id: string) => void
}

const BLANK = {
  ...{ unit: "", person: "", effectiveOn: "" },
  ...{ receivedOn: "", successor: "", beginUnit: "", beginRole: "" },
}
/** `null`: every post of the person. */
type Ends = readonly Post[] | null
type Draft = typeof BLANK & { readonly kind: ChangeLine["kind"]; readonly ends: Ends }

/** 5-4: one form starts all that follows; the person's rights end on the day it says. */
export function StartDialog({ options, onClose, onDone }: Props) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: "personnel-change",
    initial: begun(),
    send: (draft) => call(startChange, { body: bodyOf(draft) }),
    onClose,
    onDone: ({ changes: [first] }) => (first === undefined ? onClose() : onDone(first)),
  })
  return (
    <FormDialog title={say(TEXT.title)} opened {...form} submit={say(TEXT.save)}>
      <SelectField
        label={say(TEXT.unit)}
        options={[{ value: "", label: say(TEXT.choose) }, ...optionsOf(options.units)]}
        value={value.unit}
        onChange={(unit) => change({ unit, person: "", successor: "", ends: null })}
        required
      />
      <PersonField
        label={say(TEXT.person)}
        unit={value.unit}
        value={value.person}
        onChange={(person) => change({ person, ends: null })}
      />
      <EndingPosts
        unit={value.unit}
        person={value.person}
        ends={value.ends}
        onChange={(ends) => change({ ends })}
      />
      <RocDateField
        label={say(TEXT.effective)}
        duty="5-4a"
        value={value.effectiveOn}
        onChange={(effectiveOn) => change({ effectiveOn })}
      />
      <OrderFields kinds={options.kinds} value={value} onChange={change} />
      <BeginFields options={options} value={value} onChange={change} />
    </FormDialog>
  )
}

interface Post {
  readonly unit: string
  readonly role: Role
}

function begun(): Draft {
  return { ...BLANK, kind: "transfer", effectiveOn: today(), ends: null }
}

function bodyOf({ ends, ...draft }: Draft) {
  const role = ROLES.find((known) => known === draft.beginRole)
  return {
    ...{ person: draft.person, kind: draft.kind, effectiveOn: draft.effectiveOn },
    receivedOn: draft.receivedOn === "" ? null : draft.receivedOn,
    successor: draft.successor === "" ? null : draft.successor,
    end: ends === null ? ("all" as const) : ends.map(({ unit, role }) => ({ unit, role })),
    begin: draft.beginUnit === "" || role === undefined ? [] : [{ unit: draft.beginUnit, role }],
  }
}

interface EndingProps {
  readonly unit: string
  readonly person: string
  readonly ends: Ends
  readonly onChange: (ends: Ends) => void
}

/** Every post ends unless a tick is taken away. */
function EndingPosts({ unit, person, ends, onChange }: EndingProps) {
  const say = useSay()
  const people = useQuery({
    queryKey: ["people", "of", unit],
    queryFn: unit === "" ? skipToken : () => call(listPeople, { query: { unit, size: 200 } }),
  })
  const posts = people.data?.items.find(({ id }) => id === person)?.posts ?? []
  if (posts.length === 0) return null
  const isEnding = (post: Post) =>
    ends === null || ends.some((one) => one.unit === post.unit && one.role === post.role)
  const toggle = (post: Post) => {
    const next = posts.filter((one) => (one === post ? !isEnding(one) : isEnding(one)))
    onChange(next.length === posts.length ? null : next)
  }
  return (
    <fieldset className="plain">
      <legend className="field-label">
        <LegalLabel text={say(TEXT.ends)} duty="5-4b" />
      </legend>
      {posts.map((post) => (
        <Checkbox
          key={`${post.unit} ${post.role}`}
          mt={4}
          label={`${post.unitName} ${say(ROLE_NAMES[post.role])}`}
          checked={isEnding(post)}
          onChange={() => toggle(post)}
        />
      ))}
    </fieldset>
  )
}

interface BeginProps {
  readonly options: Options
  readonly value: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

/** A head begins only the posts of their own unit's work; anything else is an administrator's. */
function BeginFields({ options, value, onChange }: BeginProps) {
  const say = useSay()
  const all = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const units = options.isAdministrator ? (all.data ?? []) : options.units
  const [own] = options.units
  const roles = options.isAdministrator ? ROLES : (own?.begins ?? [])
  return (
    <>
      <SelectField
        label={say(TEXT.begins)}
        options={[{ value: "", label: say(TEXT.none) }, ...optionsOf(units)]}
        value={value.beginUnit}
        onChange={(beginUnit) => onChange({ beginUnit })}
      />
      {value.beginUnit !== "" && (
        <SelectField
          label={say(TEXT.role)}
          options={[
            { value: "", label: say(TEXT.choose) },
            ...roles.map((role) => ({ value: role, label: say(ROLE_NAMES[role]) })),
          ]}
          value={value.beginRole}
          onChange={(beginRole) => onChange({ beginRole })}
          required
        />
      )}
    </>
  )
}
