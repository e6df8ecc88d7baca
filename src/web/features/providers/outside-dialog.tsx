import { AUTHORITY_TITLES, DUTY_OF_AUTHORITY, type Authority } from "../../../regulation/authorities.ts"
import { skipToken, useQuery } from "@tanstack/react-query"
import { listPeople, listUnits } from "../../../modules/people/contract.ts"
import { listProviders, recordOutsideAccount } from "../../../modules/providers/contract.ts"
import { call } from "../../api/call.ts"
import { useMe } from "../../api/use-me.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { WAYS } from "./outside-words.ts"

const TEXT = {
  title: { zh: "登錄外部帳號", en: "Record an outside account" },
  provider: { zh: "提供機關", en: "Provider" },
  system: { zh: "系統名稱", en: "System" },
  name: { zh: "帳號名稱", en: "Account name" },
  unit: { zh: "持有人之單位", en: "The holder's unit" },
  holder: { zh: "持有人", en: "Holder" },
  class: { zh: "權限類別", en: "Class" },
  keptBy: { zh: "登入方式", en: "Way of signing in" },
  changedOn: { zh: "密碼最近變更日期", en: "Password last changed on" },
  standsFor: { zh: "代替密碼定期更新之佐證", en: "What stands for the change of a password" },
  choose: { zh: "請選擇", en: "Choose" },
  save: { zh: "儲存", en: "Save" },
} as const

interface NewAccount {
  readonly provider: string
  readonly system: string
  readonly name: string
  readonly unit: string
  readonly holder: string
  readonly class: Authority
  readonly keptBy: keyof typeof WAYS
  readonly changedOn: string
  readonly standsFor: string
}

interface FieldsProps {
  readonly value: NewAccount
  readonly onChange: (part: Partial<NewAccount>) => void
}

/** Proposes the reader as the holder; a head or 資訊室 chooses another. */
export function OutsideDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay()
  const me = useMe().data
  const whose = { unit: me?.posts[0]?.unit ?? "", holder: me?.person ?? "" }
  const { value, change, form } = useForm<NewAccount>({
    draft: "outside-account",
    initial: {
      ...{ provider: "", system: "", name: "", ...whose },
      ...{ class: "use", keptBy: "password", changedOn: today(), standsFor: "" },
    },
    send: ({ changedOn, standsFor, ...same }) => {
      const isPassword = same.keptBy === "password"
      const body = {
        ...same,
        changedOn: isPassword ? changedOn : null,
        standsFor: isPassword ? null : standsFor,
      }
      return call(recordOutsideAccount, { body })
    },
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.title)} opened {...form} submit={say(TEXT.save)}>
      <SystemFields value={value} onChange={change} />
      <HolderFields value={value} onChange={change} />
      <WayFields value={value} onChange={change} />
    </FormDialog>
  )
}

/** Which account of which system. */
function SystemFields({ value, onChange }: FieldsProps) {
  const say = useSay()
  const providers = useQuery({ queryKey: ["providers"], queryFn: () => call(listProviders) })
  const known = (providers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <SelectField
        label={say(TEXT.provider)}
        options={[{ value: "", label: say(TEXT.choose) }, ...known]}
        value={value.provider}
        onChange={(provider) => onChange({ provider })}
        required
      />
      <TextField
        label={say(TEXT.system)}
        value={value.system}
        onChange={(system) => onChange({ system })}
        required
      />
      <TextField
        label={say(TEXT.name)}
        duty="5-3c"
        value={value.name}
        onChange={(name) => onChange({ name })}
        rest={{ autoComplete: "off" }}
        required
      />
    </>
  )
}

function HolderFields({ value, onChange }: FieldsProps) {
  const say = useSay()
  const { unit, holder } = value
  const units = useQuery({ queryKey: ["units"], queryFn: () => call(listUnits) })
  const people = useQuery({
    queryKey: ["people", "of", unit],
    queryFn: unit === "" ? skipToken : () => call(listPeople, { query: { unit, size: 200 } }),
  })
  const choose = { value: "", label: say(TEXT.choose) }
  const known = (people.data?.items ?? []).map(({ id, title, name }) => ({
    value: id,
    label: `${title} ${name}`,
  }))
  return (
    <>
      <SelectField
        label={say(TEXT.unit)}
        options={[choose, ...(units.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
        value={unit}
        onChange={(chosen) => onChange({ unit: chosen, holder: "" })}
        required
      />
      <SelectField
        label={say(TEXT.holder)}
        options={[choose, ...known]}
        value={holder}
        onChange={(chosen) => onChange({ holder: chosen })}
        required
      />
    </>
  )
}

/** The class of 5-4, and how 5-3 is kept. */
function WayFields({ value, onChange }: FieldsProps) {
  const say = useSay()
  const classes = (["use", "linkage"] as const).map((known) => ({
    value: known,
    label: say(AUTHORITY_TITLES[known]),
  }))
  const ways = (["password", "passkey", "single-sign-on"] as const).map((known) => ({
    value: known,
    label: say(WAYS[known]),
  }))
  return (
    <>
      <SelectField
        label={say(TEXT.class)}
        duty={DUTY_OF_AUTHORITY[value.class]}
        options={classes}
        value={value.class}
        onChange={(chosen) => onChange({ class: chosen })}
      />
      <SelectField
        label={say(TEXT.keptBy)}
        options={ways}
        value={value.keptBy}
        onChange={(keptBy) => onChange({ keptBy })}
      />
      {value.keptBy === "password" ? (
        <RocDateField
          label={say(TEXT.changedOn)}
          duty="5-3a"
          value={value.changedOn}
          onChange={(changedOn) => onChange({ changedOn })}
        />
      ) : (
        <TextField
          label={say(TEXT.standsFor)}
          duty="5-3a"
          value={value.standsFor}
          onChange={(standsFor) => onChange({ standsFor })}
          required
        />
      )}
    </>
  )
}
