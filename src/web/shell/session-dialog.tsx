import { Modal } from "@mantine/core"
import { useState, useSyncExternalStore } from "react"
import { whoAmI } from "../../modules/access/contract.ts"
import { callOnce } from "../api/call.ts"
import { hasSessionEnded, leaveSession, resumeSession, watchSession, whyEnded } from "../api/session.ts"
import { Renewal } from "../features/access/renewal-page.tsx"
import { SignInForm } from "../features/access/sign-in-form.tsx"
import { useSay } from "../text/language.tsx"
import { Refusals } from "../ui/refusals.tsx"

const TEXT = {
  signIn: { zh: "登入", en: "Sign in" },
  ended: {
    zh: "登入已逾時，請重新登入；畫面上的內容均已保留，未送出的作業將於登入後送出。",
    en: "The session ended. Sign in again; what is on the page is kept, and what was being sent goes out then.",
  },
  close: { zh: "暫不登入", en: "Not now" },
} as const

/** Signing in again happens over the page; as another person, the page begins anew. */
export function SessionDialog({ person }: { readonly person: string }) {
  const say = useSay()
  const hasEnded = useSyncExternalStore(watchSession, hasSessionEnded)
  const reasons = useSyncExternalStore(watchSession, whyEnded)
  const [renewed, setRenewed] = useState<(() => void) | null>(null)
  const goOn = async () => {
    const now = await callOnce(whoAmI)
    if (now.person !== person) {
      window.location.assign("/")
      return
    }
    if (now.stage === "password") await new Promise<void>((resolve) => setRenewed(() => resolve))
    setRenewed(null)
    resumeSession()
  }
  return (
    <Modal
      opened={hasEnded}
      onClose={leaveSession}
      title={say(TEXT.signIn)}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": say(TEXT.close) }}
      zIndex={1000}
    >
      <p>{say(TEXT.ended)}</p>
      <Refusals reasons={reasons} />
      {renewed !== null && <Renewal onDone={renewed} />}
      <div hidden={renewed !== null}>
        <SignInForm onSignedIn={goOn} />
      </div>
    </Modal>
  )
}
