import { Link } from "@tanstack/react-router"
import { useSay } from "../text/language.tsx"
import { Page } from "../ui/page.tsx"
import { Header } from "./header.tsx"

const TEXT = {
  title: { zh: "查無此頁", en: "No such page" },
  body: {
    zh: "網址可能有誤，請由我的待辦重新開始。",
    en: "The address may be wrong. Begin again from My tasks.",
  },
  home: { zh: "我的待辦", en: "My tasks" },
} as const

export function NotFoundPage() {
  const say = useSay()
  return (
    <>
      <Header me={null} />
      <main id="main" tabIndex={-1} className="narrow">
        <Page title={say(TEXT.title)}>
          <p>{say(TEXT.body)}</p>
          <Link to="/">{say(TEXT.home)}</Link>
        </Page>
      </main>
    </>
  )
}
