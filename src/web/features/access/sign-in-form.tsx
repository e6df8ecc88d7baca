import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core"
import { useState, type SubmitEvent } from "react"
import { signIn } from "../../../modules/access/contract.ts"
import { call } from "../../api/call.ts"
import { useAct } from "../../api/use-act.ts"
import { useSay } from "../../text/language.tsx"
import { Refusals } from "../../ui/refusals.tsx"

const TEXT = {
  account: { zh: "帳號", en: "Account" },
  password: { zh: "密碼", en: "Password" },
  signIn: { zh: "登入", en: "Sign in" },
  outage: { zh: "目前無法連線至伺服器，請稍後再試。", en: "The server cannot be reached. Try again later." },
} as const

export function SignInForm({
  onDone,
  isOutage,
}: {
  readonly onDone?: () => void
  readonly isOutage?: boolean
}) {
  const say = useSay()
  const [loginName, setLoginName] = useState("")
  const [password, setPassword] = useState("")
  const { act, isPending, refusals } = useAct(() => call(signIn, { body: { loginName, password } }), onDone)
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    act(undefined)
  }
  return (
    <form onSubmit={send}>
      <Stack>
        {isOutage === true && <Alert color="orange">{say(TEXT.outage)}</Alert>}
        <TextInput
          label={say(TEXT.account)}
          value={loginName}
          onChange={(event) => setLoginName(event.currentTarget.value)}
          autoComplete="username"
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
