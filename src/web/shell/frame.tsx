import { Alert, Loader } from "@mantine/core"
import { useNetwork } from "@mantine/hooks"
import { IconKey, IconWifiOff } from "@tabler/icons-react"
import { Link, Outlet, useRouterState } from "@tanstack/react-router"
import { useEffect, useRef, useState, type ReactNode } from "react"
import type { CivilDate } from "../../kernel/time.ts"
import type { Me } from "../../modules/access/contract.ts"
import { ApiProblem, refusalsIn } from "../api/problem.ts"
import { useMe } from "../api/use-me.ts"
import { RenewalPage } from "../features/access/renewal-page.tsx"
import { SignInForm } from "../features/access/sign-in-form.tsx"
import { plusDays } from "../../regulation/period/civil.ts"
import { useSay } from "../text/language.tsx"
import { RocDate } from "../ui/dates/roc-date.tsx"
import { today } from "../ui/dates/typed.ts"
import { Page } from "../ui/page.tsx"
import { Refusals } from "../ui/refusals.tsx"
import { keepDraftsOf } from "../ui/forms/use-draft.ts"
import { Footer } from "./footer.tsx"
import { Header } from "./header.tsx"
import { Navigation } from "./navigation.tsx"
import { SessionDialog } from "./session-dialog.tsx"

const TEXT = {
  signIn: { zh: "登入", en: "Sign in" },
  renew: { zh: "您的密碼應於此日以前更新：", en: "Your password must be renewed by" },
  toAccount: { zh: "前往更新", en: "Renew it" },
  offline: {
    zh: "目前沒有網路連線。您輸入的內容仍在畫面上，恢復連線後即可送出。",
    en: "There is no network. What you typed is still here; send it when the connection is back.",
  },
} as const

/** Pages for people who are signed in. */
export function Frame() {
  const me = useMe()
  if (me.data?.stage === "password") return <Owing me={me.data} />
  if (me.data !== undefined) return <SignedIn key={me.data.person} me={me.data} />
  if (me.isPending)
    return (
      <OpenLayout>
        <Loader aria-label="…" />
      </OpenLayout>
    )
  return <SignInPage error={me.error} />
}

function SignedIn({ me }: { readonly me: Me }) {
  useState(() => keepDraftsOf(me.person))
  return (
    <>
      <Header me={me} />
      <div className="frame">
        <Navigation />
        <Content />
      </div>
      <Footer />
      <SessionDialog person={me.person} />
    </>
  )
}

/** Signed in, but a new password is owed first. */
function Owing({ me }: { readonly me: Me }) {
  return (
    <>
      <Header me={me} />
      <main id="main" tabIndex={-1} className="narrow">
        <RenewalPage />
      </main>
      <Footer />
    </>
  )
}

/** Moves the focus to a page that was followed to, as a browser does by itself for whole documents. */
function Content() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    main.current?.focus()
    window.scrollTo(0, 0)
  }, [path])
  return (
    <main id="main" ref={main} tabIndex={-1}>
      <Offline />
      <RenewalNear />
      <Outlet />
    </main>
  )
}

const NEAR_DAYS = 14

/** The last two weeks of a password's term (5-3a). */
function RenewalNear() {
  const say = useSay()
  const renewBy = useMe().data?.renewBy ?? null
  if (renewBy === null || plusDays(today() as CivilDate, NEAR_DAYS) < renewBy) return null
  return (
    <Alert color="orange" icon={<IconKey aria-hidden />} mb="md">
      {say(TEXT.renew)} <RocDate date={renewBy} />
      {"　"}
      <Link to="/account">{say(TEXT.toAccount)}</Link>
    </Alert>
  )
}

function Offline() {
  const say = useSay()
  const { online } = useNetwork()
  if (online) return null
  return (
    <Alert color="orange" icon={<IconWifiOff aria-hidden />} role="status" mb="md">
      {say(TEXT.offline)}
    </Alert>
  )
}

function SignInPage({ error }: { readonly error: unknown }) {
  const say = useSay()
  const isExpected = error instanceof ApiProblem && error.has("NOT_SIGNED_IN")
  return (
    <OpenLayout>
      <Page title={say(TEXT.signIn)}>
        {!isExpected && <Refusals reasons={refusalsIn(error)} />}
        <SignInForm />
      </Page>
    </OpenLayout>
  )
}

function OpenLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <Header me={null} />
      <main id="main" tabIndex={-1} className="narrow">
        {children}
      </main>
      <Footer />
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
