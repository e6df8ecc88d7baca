import { useSay } from "../text/language.tsx"

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
    <main className="narrow">
      <h1>{say(TEXT.title)}</h1>
      <p>{say(TEXT.body)}</p>
      <a href="/">{say(TEXT.home)}</a>
    </main>
  )
}
