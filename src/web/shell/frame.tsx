import { Button, Loader, Modal } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Link, Outlet, useRouterState } from "@tanstack/react-router"
import { useEffect, useRef, useState, type ReactNode } from "react"
import { readEnvironment } from "../../contract/environment.ts"
import { signOut, whoAmI, type Me } from "../../modules/access/contract.ts"
import { ApiProblem, call, SESSION_ENDED } from "../api/call.ts"
import { SignInForm } from "../features/access/sign-in-form.tsx"
import { useLanguage } from "../text/language.tsx"
import { ROLE_NAMES } from "../text/terms.ts"
import { forgetDrafts } from "../ui/use-draft.ts"
import { PAGES } from "./pages.ts"

const TEXT = {
  skip: { zh: "跳至主要內容", en: "Skip to content" },
  demo: { zh: "示範環境：資料均為虛構", en: "Demonstration: nobody here is real" },
  signOut: { zh: "登出", en: "Sign out" },
  other: { zh: "English", en: "中文" },
  screens: { zh: "功能", en: "Screens" },
  signIn: { zh: "登入", en: "Sign in" },
  ended: {
    zh: "登入已逾時，請重新登入；畫面上的內容均已保留。",
    en: "The session ended. Sign in again; what is on the page is kept.",
  },
} as const

/** Pages for people who are signed in; signing in again happens over the page, so that nothing typed is lost. */
export function Frame() {
  const me = useQuery({ queryKey: ["me"], queryFn: () => call(whoAmI), staleTime: 60_000 })
  if (me.isPending)
    return (
      <OpenLayout>
        <Loader aria-label="…" />
      </OpenLayout>
    )
  if (me.data === undefined) return <SignInPage isOutage={!(me.error instanceof ApiProblem)} />
  return <SignedIn me={me.data} />
}

function SignedIn({ me }: { readonly me: Me }) {
  const [isEnded, setEnded] = useState(false)
  const { say } = useLanguage()
  useEffect(() => {
    const note = () => setEnded(true)
    window.addEventListener(SESSION_ENDED, note)
    return () => window.removeEventListener(SESSION_ENDED, note)
  }, [])
  /** The page goes on for the same person; another one begins anew. */
  const goOn = async () => {
    const now = await call(whoAmI)
    if (now.person === me.person) return setEnded(false)
    forgetDrafts()
    window.location.assign("/")
  }
  return (
    <>
      <Header me={me} />
      <div className="frame">
        <Navigation />
        <Content />
      </div>
      <Modal
        opened={isEnded}
        onClose={() => setEnded(false)}
        title={say(TEXT.signIn)}
        closeOnClickOutside={false}
      >
        <p>{say(TEXT.ended)}</p>
        <SignInForm onDone={() => void goOn()} />
      </Modal>
    </>
  )
}

function Header({ me }: { readonly me: Me | null }) {
  const { say, language, choose } = useLanguage()
  const environment = useEnvironment()
  const queries = useQueryClient()
  const leave = async () => {
    await call(signOut).catch(() => undefined)
    forgetDrafts()
    queries.clear()
    window.location.assign("/")
  }
  const [post] = me?.posts ?? []
  return (
    <>
      <a href="#main" className="skip-link">
        {say(TEXT.skip)}
      </a>
      {environment?.demo === true && (
        <div className="demo-banner" role="note">
          {say(TEXT.demo)}
        </div>
      )}
      <header className="frame-header">
        <Link to="/" className="brand">
          戶守
        </Link>
        <span className="agency">{environment?.agency}</span>
        {me !== null && (
          <span>
            {me.name}
            {post !== undefined && `（${post.unitName} ${say(ROLE_NAMES[post.role])}）`}
          </span>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => choose(language === "zh" ? "en" : "zh")}
          lang={language === "zh" ? "en" : "zh-Hant-TW"}
        >
          {say(TEXT.other)}
        </Button>
        {me !== null && (
          <Button variant="default" size="compact-sm" onClick={() => void leave()}>
            {say(TEXT.signOut)}
          </Button>
        )}
      </header>
    </>
  )
}

function useEnvironment() {
  return useQuery({ queryKey: ["environment"], queryFn: () => call(readEnvironment), staleTime: Infinity })
    .data
}

function Navigation() {
  const { say } = useLanguage()
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <nav className="frame-nav" aria-label={say(TEXT.screens)}>
      <ul>
        {PAGES.map((page) => {
          const isHere = page.path === "/" ? path === "/" : path.startsWith(page.path)
          return (
            <li key={page.path}>
              <Link to={page.path} aria-current={isHere ? "page" : undefined}>
                {say(page.name)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Moves the focus to the new page and names it in the window's title. */
function Content() {
  const { say } = useLanguage()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const page = PAGES.find((known) => (known.path === "/" ? path === "/" : path.startsWith(known.path)))
  const title = page === undefined ? "戶守" : `${say(page.name)}｜戶守`
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    main.current?.focus()
  }, [path])
  return (
    <main id="main" ref={main} tabIndex={-1}>
      <Outlet />
    </main>
  )
}

function SignInPage({ isOutage }: { readonly isOutage: boolean }) {
  const { say } = useLanguage()
  useEffect(() => {
    document.title = `${say(TEXT.signIn)}｜戶守`
  }, [say])
  return (
    <OpenLayout>
      <h1>{say(TEXT.signIn)}</h1>
      <SignInForm isOutage={isOutage} />
    </OpenLayout>
  )
}

function OpenLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <Header me={null} />
      <main id="main" className="narrow">
        {children}
      </main>
    </>
  )
}

/** Pages that one-time links lead to. */
export function OpenFrame() {
  return (
    <OpenLayout>
      <Outlet />
    </OpenLayout>
  )
}
