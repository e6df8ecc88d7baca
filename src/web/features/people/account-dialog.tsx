import { Radio } from "@mantine/core"
import { useState } from "react"
import {
  createAccount,
  disableAccount,
  enableAccount,
  issueLink,
  type AccountView,
} from "../../../modules/access/contract.ts"
import type { PersonView } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { TextField } from "../../ui/forms/fields.tsx"
import { CopyField } from "../../ui/forms/copy-field.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"

const TEXT = {
  add: { zh: "建立帳號：{name}", en: "Account for {name}" },
  manage: { zh: "帳號 {login}：{name}", en: "Account {login}: {name}" },
  login: { zh: "帳號名稱", en: "Account name" },
  act: { zh: "辦理事項", en: "What to do" },
  reason: { zh: "停用事由", en: "Reason" },
  save: { zh: "確定", en: "Save" },
  howLink: {
    zh: "請將此一次性連結當面或以機關電子郵件交付本人設定密碼；24 小時內有效，關閉後即不再顯示。",
    en: "Hand this one-time link to the person. It is valid for 24 hours and shown only now.",
  },
  mailed: {
    zh: "一次性連結已寄送本人之電子郵件信箱，由本人設定密碼；24 小時內有效，他人無從得知。",
    en: "The one-time link is on its way to the person's mailbox, and nobody else learns it. It is valid for 24 hours.",
  },
  link: { zh: "一次性連結", en: "One-time link" },
  done: { zh: "完成", en: "Done" },
} as const

const ACTS = {
  link: {
    name: { zh: "重發設定密碼連結", en: "Issue a new password link" },
    means: {
      zh: "先前之連結失效；本人設定新密碼前，原密碼仍可登入。",
      en: "Earlier links stop working. The old password works until a new one is set.",
    },
  },
  disable: {
    name: { zh: "停用帳號", en: "Disable the account" },
    means: {
      zh: "不得再登入，登入中者立即登出；已留存之紀錄不受影響。",
      en: "Nobody can sign in with it, and whoever is signed in is signed out. Records stay.",
    },
  },
  enable: {
    name: { zh: "恢復使用", en: "Enable the account" },
    means: { zh: "可以原密碼再登入。", en: "The old password works again." },
  },
} as const
type Act = keyof typeof ACTS

const ACTS_OF = {
  "password-awaited": ["link", "disable"],
  "in-use": ["link", "disable"],
  disabled: ["enable"],
} as const satisfies Record<AccountView["state"], readonly Act[]>

interface Props {
  readonly person: PersonView
  readonly account: AccountView | undefined
  readonly onClose: () => void
}

/** Creates the account of somebody who has none, or changes the one there is. */
export function AccountDialog({ person, account, onClose }: Props) {
  const [issued, setIssued] = useState<Issued | null>(null)
  if (issued !== null) return <LinkDialog person={person} link={issued.link} onClose={onClose} />
  if (account === undefined) return <CreateDialog person={person} onLink={setIssued} onClose={onClose} />
  return <ManageDialog person={person} account={account} onLink={setIssued} onClose={onClose} />
}

/** A new link; `null` when it was mailed to the person. */
interface Issued {
  readonly link: string | null
}

interface FormProps {
  readonly person: PersonView
  readonly onLink: (issued: Issued) => void
  readonly onClose: () => void
}

function CreateDialog({ person, onLink, onClose }: FormProps) {
  const say = useSay()
  const [loginName, setLoginName] = useState("")
  const { act, isPending, refusals } = useAct(
    () => call(createAccount, { body: { person: person.id, loginName } }),
    onLink,
  )
  return (
    <FormDialog
      title={say(TEXT.add, { name: person.name })}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <TextField label={say(TEXT.login)} value={loginName} onChange={setLoginName} required />
    </FormDialog>
  )
}

function ManageDialog({ person, account, onLink, onClose }: FormProps & { readonly account: AccountView }) {
  const say = useSay()
  const acts: readonly Act[] = ACTS_OF[account.state]
  const [chosen, choose] = useState(acts[0])
  const [reason, setReason] = useState("")
  const { act, isPending, refusals } = useAct(
    () => send(account, chosen, reason),
    (issued) => (issued === null ? onClose() : onLink(issued)),
  )
  return (
    <FormDialog
      title={say(TEXT.manage, { login: account.loginName, name: person.name })}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.save)}
    >
      <Radio.Group
        label={say(TEXT.act)}
        value={chosen ?? ""}
        onChange={(value) => choose(acts.find((known) => known === value))}
      >
        {acts.map((known) => (
          <Radio
            key={known}
            value={known}
            label={say(ACTS[known].name)}
            description={say(ACTS[known].means)}
            mt={8}
          />
        ))}
      </Radio.Group>
      {chosen === "disable" && (
        <TextField label={say(TEXT.reason)} value={reason} onChange={setReason} required />
      )}
    </FormDialog>
  )
}

/** The new link, when there is one. */
async function send({ id }: AccountView, act: Act | undefined, reason: string): Promise<Issued | null> {
  const params = { id }
  if (act === "link") return call(issueLink, { params, body: {} })
  if (act === "disable") await call(disableAccount, { params, body: { reason } })
  if (act === "enable") await call(enableAccount, { params, body: {} })
  return null
}

function LinkDialog({ person, link, onClose }: Omit<FormProps, "onLink"> & Issued) {
  const say = useSay()
  return (
    <FormDialog
      title={say(TEXT.add, { name: person.name })}
      opened
      onClose={onClose}
      onSubmit={onClose}
      isPending={false}
      refusals={[]}
      submit={say(TEXT.done)}
    >
      <p>{say(link === null ? TEXT.mailed : TEXT.howLink)}</p>
      {link !== null && <CopyField label={say(TEXT.link)} value={link} />}
    </FormDialog>
  )
}
