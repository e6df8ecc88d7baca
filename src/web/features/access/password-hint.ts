import { useEnvironment } from "../../api/use-environment.ts"
import { useSay } from "../../text/language.tsx"

const HOW = {
  zh: "至少 {minLength} 個字元，含英文小寫、大寫、數字、其他字元至少 {classes} 種；不得包含帳號、姓名或員工編號，不得使用最近 {history} 次之密碼。",
  en: "At least {minLength} characters of at least {classes} kinds; without account, name or staff number; none of the last {history}.",
} as const

/** What the pack asks of a new password. */
export function usePasswordHint(): string {
  const say = useSay()
  const policy = useEnvironment()?.password
  return policy === undefined ? "" : say(HOW, policy)
}
