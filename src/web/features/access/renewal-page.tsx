import { Loader } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { readOwnAccount } from "../../../modules/access/contract.ts"
import { callOnce } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { citeDuty } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { Page } from "../../ui/page.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { PasswordForm } from "./password-form.tsx"

const TEXT = {
  title: { zh: "密碼已屆更新期限", en: "The password must be renewed" },
  why: {
    zh: "使用者密碼每三個月應更新一次。請更新後繼續；您原先輸入之內容均已保留。",
    en: "Passwords are renewed every three months. Renew yours to go on; what you typed is kept.",
  },
} as const

/** All that a session reaches while its password is overdue (5-3a). */
export function RenewalPage() {
  const { say } = useLanguage()
  return (
    <Page title={say(TEXT.title)}>
      <Renewal />
    </Page>
  )
}

/** The same over a page, where `onDone` goes on with it. */
export function Renewal({ onDone }: { readonly onDone?: () => void }) {
  const { say, language } = useLanguage()
  const own = useQuery({ queryKey: ["own-account"], queryFn: () => callOnce(readOwnAccount) })
  return (
    <>
      <p>
        {say(TEXT.why)} <span className="cite">{citeDuty("5-3a", language)}</span>
      </p>
      <Refusals reasons={refusalsIn(own.error)} />
      {own.isPending && <Loader aria-label="…" />}
      {own.data !== undefined && (
        <PasswordForm loginName={own.data.loginName} {...(onDone === undefined ? {} : { onDone })} />
      )}
    </>
  )
}
