import { Button, PasswordInput, Stack, TextInput } from "@mantine/core"
import { useState, type SubmitEvent } from "react"
import { signIn } from "../../../modules/access/contract.ts"
import { callOnce } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { Refusals } from "../../ui/refusals.tsx"

const TEXT = {
  account: { zh: "帳號", en: "Account" },
  password: { zh: "密碼", en: "Password" },
  signIn: { zh: "登入", en: "Sign in" },
} as const

/** `onSignedIn` runs before anything on the page is read anew. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn?: () => Promise<void> }) {
  const say = useSay()
  const [loginName, setLoginName] = useState("")
  const [password, setPassword] = useState("")
  const { act, isPending, refusals } = useAct(async () => {
    await callOnce(signIn, { body: { loginName, password } })
    await onSignedIn?.()
  })
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    act(undefined)
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label={say(TEXT.account)}
          value={loginName}
          onChange={(event) => setLoginName(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          data-autofocus
        />
        <PasswordInput
          label={say(TEXT.password)}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
        />
        <Refusals reasons={refusals} />
        <Button type="submit" loading={isPending}>
          {say(TEXT.signIn)}
        </Button>
      </Stack>
    </form>
  )
}
