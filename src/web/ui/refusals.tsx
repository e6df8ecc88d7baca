import { Alert } from "@mantine/core"
import { IconAlertTriangle } from "@tabler/icons-react"
import type { Refusals as Reasons } from "../api/problem.ts"
import { cite } from "../text/citation.ts"
import { useLanguage } from "../text/language.tsx"

const TEXT = { title: { zh: "未能辦理", en: "Not done" } } as const

/** Every reason why something did not happen, each with the point and item it comes from. */
export function Refusals({ reasons }: { readonly reasons: Reasons }) {
  const { language, say } = useLanguage()
  if (reasons.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={say(TEXT.title)}
      role="alert"
    >
      {reasons.map((reason) => (
        <p key={reason.code} className="reason">
          {reason[language]}
          {reason.source !== "" && <span className="cite">{cite(reason.source, language)}</span>}
        </p>
      ))}
    </Alert>
  )
}
