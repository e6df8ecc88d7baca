import { Alert, Button, PasswordInput, Stack } from "@mantine/core"
import { useState, type SubmitEvent } from "react"
import { changePassword } from "../../../modules/access/contract.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { LegalLabel } from "../../ui/forms/legal-label.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { usePasswordHint } from "./password-hint.ts"

const TEXT = {
  current: { zh: "目前密碼", en: "Present password" },
  next: { zh: "新密碼", en: "New password" },
  again: { zh: "再次輸入新密碼", en: "New password again" },
  differ: { zh: "兩次輸入之新密碼不同。", en: "The two new passwords differ." },
  save: { zh: "更新密碼", en: "Renew the password" },
  done: {
    zh: "密碼已更新，其他裝置之登入均已結束。",
    en: "The password is renewed; other sessions have ended.",
  },
} as const

interface Props {
  readonly loginName: string
  /** Runs before anything on the page is read anew. */
  readonly onDone?: () => void
}

/** The person's own new password. */
export function PasswordForm({ loginName, onDone }: Props) {
  const say = useSay()
  const [typed, setTyped] = useState(NOTHING)
  const [isDone, setDone] = useState(false)
  const { act, isPending, refusals } = useAct(
    () => call(changePassword, { body: { current: typed.current, next: typed.next } }),
    () => {
      setTyped(NOTHING)
      setDone(true)
      onDone?.()
    },
  )
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    setDone(false)
    if (typed.again === typed.next) act(undefined)
  }
  return (
    <form onSubmit={send} className="narrow-form">
      <Stack>
        <input type="text" autoComplete="username" value={loginName} readOnly hidden />
        <Fields typed={typed} onType={setTyped} />
        <Refusals reasons={refusals} />
        {isDone && (
          <Alert color="green" role="status">
            {say(TEXT.done)}
          </Alert>
        )}
        <Button type="submit" loading={isPending}>
          {say(TEXT.save)}
        </Button>
      </Stack>
    </form>
  )
}

const NOTHING = { current: "", next: "", again: "" }
type Typed = typeof NOTHING

interface FieldsProps {
  readonly typed: Typed
  readonly onType: (typed: Typed) => void
}

function Fields({ typed, onType }: FieldsProps) {
  const say = useSay()
  const field = (name: keyof Typed, autoComplete: string) => ({
    value: typed[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onType({ ...typed, [name]: event.currentTarget.value }),
    autoComplete,
    required: true,
  })
  const differ = typed.again !== "" && typed.again !== typed.next
  return (
    <>
      <PasswordInput label={say(TEXT.current)} {...field("current", "current-password")} />
      <PasswordInput
        label={<LegalLabel text={say(TEXT.next)} duty="5-3a" />}
        description={usePasswordHint()}
        {...field("next", "new-password")}
      />
      <PasswordInput
        label={say(TEXT.again)}
        error={differ ? say(TEXT.differ) : undefined}
        {...field("again", "new-password")}
      />
    </>
  )
}
