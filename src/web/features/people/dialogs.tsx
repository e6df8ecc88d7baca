import { Code, CopyButton, Button, NativeSelect, TextInput } from "@mantine/core"
import { useState } from "react"
import { ROLES, type Role } from "../../../kernel/actor.ts"
import { createAccount } from "../../../modules/access/contract.ts"
import { createPerson, createUnit, type PersonView, type UnitView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { ROLE_NAMES, UNIT_KIND_NAMES } from "../../text/terms.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { useDraft } from "../../ui/use-draft.ts"

const TEXT = {
  addUnit: { zh: "新增單位", en: "Add a unit" },
  addPerson: { zh: "新增人員", en: "Add a person" },
  addAccount: { zh: "建立帳號：{name}", en: "Account for {name}" },
  code: { zh: "單位代碼（用於登記簿編號）", en: "Code (part of register numbers)" },
  unitName: { zh: "單位名稱", en: "Unit" },
  kind: { zh: "類別", en: "Kind" },
  parent: { zh: "上級單位", en: "Belongs to" },
  none: { zh: "無（機關本身）", en: "None (the agency itself)" },
  name: { zh: "姓名", en: "Name" },
  title: { zh: "職稱（載於職章）", en: "Title (as on the stamp)" },
  email: { zh: "電子郵件", en: "E-mail" },
  unit: { zh: "單位", en: "Unit" },
  role: { zh: "職務", en: "Post" },
  save: { zh: "儲存", en: "Save" },
  login: { zh: "帳號名稱", en: "Account name" },
  link: {
    zh: "請將下列一次性連結交付本人設定密碼（24 小時內有效，僅顯示這一次）：",
    en: "Hand this one-time link to the person (valid for 24 hours, shown only now):",
  },
  copy: { zh: "複製連結", en: "Copy the link" },
  copied: { zh: "已複製", en: "Copied" },
  done: { zh: "完成", en: "Done" },
} as const

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly units: readonly UnitView[]
}

const NEW_UNIT = { code: "", name: "", kind: "business" as UnitView["kind"], parent: "" }

export function UnitDialog({ opened, onClose, units }: DialogProps) {
  const say = useSay()
  const { value, change, clear } = useDraft("unit", NEW_UNIT)
  const body = { ...value, parent: value.parent === "" ? null : value.parent }
  const { act, isPending, refusals } = useAct(
    () => call(createUnit, { body }),
    () => {
      clear()
      onClose()
    },
  )
  const kinds = (Object.keys(UNIT_KIND_NAMES) as UnitView["kind"][]).map((kind) => ({
    value: kind,
    label: say(UNIT_KIND_NAMES[kind]),
  }))
  const parents = [
    { value: "", label: say(TEXT.none) },
    ...units.map((unit) => ({ value: unit.id, label: unit.name })),
  ]
  return (
    <FormDialog
      title={say(TEXT.addUnit)}
      {...{ opened, onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <TextInput
        label={say(TEXT.code)}
        value={value.code}
        onChange={(event) => change({ code: event.currentTarget.value })}
        required
      />
      <TextInput
        label={say(TEXT.unitName)}
        value={value.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <NativeSelect
        label={say(TEXT.kind)}
        data={kinds}
        value={value.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as UnitView["kind"] })}
      />
      <NativeSelect
        label={say(TEXT.parent)}
        data={parents}
        value={value.parent}
        onChange={(event) => change({ parent: event.currentTarget.value })}
      />
    </FormDialog>
  )
}

const NEW_PERSON = { name: "", title: "", email: "", unit: "", role: "handler" as Role }

export function PersonDialog({ opened, onClose, units }: DialogProps) {
  const say = useSay()
  const { value, change, clear } = useDraft("person", NEW_PERSON)
  const { name, title, email, role } = value
  const unit = value.unit === "" ? (units[0]?.id ?? "") : value.unit
  const { act, isPending, refusals } = useAct(
    () => call(createPerson, { body: { name, title, email, posts: [{ unit, role }] } }),
    () => {
      clear()
      onClose()
    },
  )
  return (
    <FormDialog
      title={say(TEXT.addPerson)}
      {...{ opened, onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <TextInput
        label={say(TEXT.name)}
        value={name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        required
      />
      <TextInput
        label={say(TEXT.title)}
        value={title}
        onChange={(event) => change({ title: event.currentTarget.value })}
        required
      />
      <TextInput
        label={say(TEXT.email)}
        type="email"
        value={email}
        onChange={(event) => change({ email: event.currentTarget.value })}
        required
      />
      <NativeSelect
        label={say(TEXT.unit)}
        data={units.map((known) => ({ value: known.id, label: known.name }))}
        value={unit}
        onChange={(event) => change({ unit: event.currentTarget.value })}
      />
      <NativeSelect
        label={say(TEXT.role)}
        data={ROLES.map((known) => ({ value: known, label: say(ROLE_NAMES[known]) }))}
        value={role}
        onChange={(event) => change({ role: event.currentTarget.value as Role })}
      />
    </FormDialog>
  )
}

export function AccountDialog({
  person,
  onClose,
}: {
  readonly person: PersonView
  readonly onClose: () => void
}) {
  const say = useSay()
  const [loginName, setLoginName] = useState("")
  const [link, setLink] = useState<string | null>(null)
  const { act, isPending, refusals } = useAct(async () => {
    const { link: made } = await call(createAccount, { body: { person: person.id, loginName } })
    setLink(made)
  })
  const isMade = link !== null
  return (
    <FormDialog
      title={say(TEXT.addAccount, { name: person.name })}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => (isMade ? onClose() : act(undefined))}
      submit={say(isMade ? TEXT.done : TEXT.save)}
    >
      {isMade ? (
        <>
          <p>{say(TEXT.link)}</p>
          <Code block>{link}</Code>
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {say(copied ? TEXT.copied : TEXT.copy)}
              </Button>
            )}
          </CopyButton>
        </>
      ) : (
        <TextInput
          label={say(TEXT.login)}
          value={loginName}
          onChange={(event) => setLoginName(event.currentTarget.value)}
          required
          data-autofocus
        />
      )}
    </FormDialog>
  )
}
