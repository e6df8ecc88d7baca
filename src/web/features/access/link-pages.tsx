import { Button, PasswordInput, Stack, TextInput } from "@mantine/core"
import { useState, type ReactNode, type SubmitEvent } from "react"
import { firstAdministrator, setPassword } from "../../../modules/access/contract.ts"
import { call } from "../../api/call.ts"
import type { Refusals as Reasons } from "../../api/problem.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay, type Text } from "../../text/language.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { usePasswordHint } from "./password-hint.ts"

const TEXT = {
  first: { zh: "建立第一位系統管理者", en: "Create the first administrator" },
  firstHow: {
    zh: "此連結僅能使用一次。完成後請以所設帳號登入，再建立單位、人員及帳號。",
    en: "This link works once. Then sign in and create units, people and accounts.",
  },
  set: { zh: "設定密碼", en: "Set your password" },
  setHow: { zh: "此連結僅能使用一次，請勿轉交他人。", en: "This link works once; do not hand it on." },
  password: { zh: "密碼", en: "Password" },
  save: { zh: "確定", en: "Save" },
} as const

const FIELDS = {
  agencyName: { zh: "機關名稱", en: "Agency" },
  name: { zh: "姓名", en: "Name" },
  title: { zh: "職稱", en: "Title" },
  email: { zh: "電子郵件", en: "E-mail" },
  loginName: { zh: "帳號", en: "Account" },
} as const satisfies Record<string, Text>

/** The token is in the fragment, which the browser does not send to any server. */
function tokenInAddress(): string {
  return window.location.hash.slice(1)
}

function toSignIn(): void {
  window.location.assign("/")
}

export function FirstAdministratorPage() {
  const say = useSay()
  const [values, setValues] = useState({ agencyName: "", name: "", title: "", email: "", loginName: "" })
  const [password, changePassword] = useState("")
  const body = { ...values, password, token: tokenInAddress() }
  const { act, isPending, refusals } = useAct(() => call(firstAdministrator, { body }), toSignIn)
  return (
    <Page title={say(TEXT.first)}>
      <p>{say(TEXT.firstHow)}</p>
      <LinkForm onSend={() => act(undefined)} isPending={isPending} refusals={refusals}>
        {(Object.keys(FIELDS) as (keyof typeof FIELDS)[]).map((name) => (
          <TextInput
            key={name}
            type={name === "email" ? "email" : "text"}
            label={say(FIELDS[name])}
            value={values[name]}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            autoComplete={name === "loginName" ? "username" : "off"}
            required
          />
        ))}
        <NewPassword value={password} onChange={changePassword} />
      </LinkForm>
    </Page>
  )
}

export function SetPasswordPage() {
  const say = useSay()
  const [password, changePassword] = useState("")
  const { act, isPending, refusals } = useAct(
    () => call(setPassword, { body: { token: tokenInAddress(), password } }),
    toSignIn,
  )
  return (
    <Page title={say(TEXT.set)}>
      <p>{say(TEXT.setHow)}</p>
      <LinkForm onSend={() => act(undefined)} isPending={isPending} refusals={refusals}>
        <NewPassword value={password} onChange={changePassword} />
      </LinkForm>
    </Page>
  )
}

interface FormProps {
  readonly onSend: () => void
  readonly isPending: boolean
  readonly refusals: Reasons
  readonly children: ReactNode
}

function LinkForm({ onSend, isPending, refusals, children }: FormProps) {
  const say = useSay()
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    onSend()
  }
  return (
    <form onSubmit={send}>
      <Stack>
        {children}
        <Refusals reasons={refusals} />
        <Button type="submit" loading={isPending}>
          {say(TEXT.save)}
        </Button>
      </Stack>
    </form>
  )
}

function NewPassword({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const say = useSay()
  return (
    <PasswordInput
      label={say(TEXT.password)}
      description={usePasswordHint()}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="new-password"
      required
    />
  )
}
