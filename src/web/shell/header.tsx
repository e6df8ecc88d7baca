import { Button } from "@mantine/core"
import { IconInfoTriangle, IconShieldCheck } from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { signOut, type Me } from "../../modules/access/contract.ts"
import { callOnce } from "../api/call.ts"
import { useEnvironment } from "../api/use-environment.ts"
import { useLanguage } from "../text/language.tsx"
import { ROLE_NAMES } from "../text/terms.ts"
import { forgetDrafts } from "../ui/forms/use-draft.ts"
import { NavigationDrawer } from "./navigation.tsx"

const TEXT = {
  skip: { zh: "跳至主要內容", en: "Skip to content" },
  demo: { zh: "示範環境：資料均為虛構", en: "Demonstration: nobody here is real" },
  signOut: { zh: "登出", en: "Sign out" },
  other: { zh: "English", en: "中文" },
} as const

/** Who runs this, who is signed in, and the way out; `me` is null before the sign-in. */
export function Header({ me }: { readonly me: Me | null }) {
  const { say } = useLanguage()
  const environment = useEnvironment()
  return (
    <header className="frame-header">
      <a href="#main" className="skip-link">
        {say(TEXT.skip)}
      </a>
      {environment?.demo === true && (
        <p className="demo-banner">
          <IconInfoTriangle size={16} aria-hidden /> {say(TEXT.demo)}
        </p>
      )}
      <div className="frame-bar">
        {me !== null && <NavigationDrawer />}
        <Link to="/" className="brand">
          <IconShieldCheck size={24} stroke={1.8} aria-hidden />
          戶守
        </Link>
        <span className="agency">{environment?.agency}</span>
        {me !== null && <WhoIsHere me={me} />}
        <LanguageSwitch />
        {me !== null && <SignOut />}
      </div>
    </header>
  )
}

function WhoIsHere({ me }: { readonly me: Me }) {
  const { say } = useLanguage()
  const [post] = me.posts
  return (
    <span className="who">
      <Link to="/account" className="who-name">
        {me.name}
      </Link>
      {post !== undefined && (
        <span className="who-post">
          {post.unitName} {say(ROLE_NAMES[post.role])}
        </span>
      )}
    </span>
  )
}

function LanguageSwitch() {
  const { say, language, choose } = useLanguage()
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      onClick={() => choose(language === "zh" ? "en" : "zh")}
      lang={language === "zh" ? "en" : "zh-Hant-TW"}
    >
      {say(TEXT.other)}
    </Button>
  )
}

function SignOut() {
  const { say } = useLanguage()
  const queries = useQueryClient()
  const leave = async () => {
    // A session that has ended already is signed out as well.
    await callOnce(signOut).catch(() => undefined)
    forgetDrafts()
    queries.clear()
    window.location.assign("/")
  }
  return (
    <Button variant="default" size="compact-sm" onClick={() => void leave()}>
      {say(TEXT.signOut)}
    </Button>
  )
}
