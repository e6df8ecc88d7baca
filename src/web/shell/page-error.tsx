import { Alert, Button } from "@mantine/core"
import { useRouter } from "@tanstack/react-router"
import { useEffect } from "react"
import { useSay } from "../text/language.tsx"

const TEXT = {
  title: { zh: "畫面發生錯誤", en: "The page made a mistake" },
  body: {
    zh: "資料未變更，已輸入的內容仍保留。請重新載入；仍有問題時，請將發生的步驟告知系統管理者。",
    en: "Nothing was changed and what you typed is kept. Reload; if it happens again, tell the administrator what you did.",
  },
  again: { zh: "重新載入", en: "Reload" },
} as const

/** In place of a screen that failed; the frame around it stays. */
export function PageError({ error }: { readonly error: unknown }) {
  const say = useSay()
  const router = useRouter()
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <Alert color="red" title={say(TEXT.title)} role="alert">
      <p>{say(TEXT.body)}</p>
      <Button variant="default" onClick={() => void router.invalidate()}>
        {say(TEXT.again)}
      </Button>
    </Alert>
  )
}
