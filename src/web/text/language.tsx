import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from "react"

export type Language = "zh" | "en"

/** One thing the screens say, in both languages; `{name}` takes a value. */
export interface Text {
  readonly zh: string
  readonly en: string
}
export type Values = Readonly<Record<string, string | number>>

/** The text in the language chosen, with its `{placeholders}` filled. */
export type Say = (text: Text, values?: Values) => string

interface Choice {
  readonly language: Language
  readonly choose: (language: Language) => void
  readonly say: Say
}

const REMEMBERED = "hushou.language"
const HTML_LANG = { zh: "zh-Hant-TW", en: "en" } as const

export function fill(text: string, values: Values = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

const LanguageContext = createContext<Choice | null>(null)

function remembered(): Language {
  return localStorage.getItem(REMEMBERED) === "en" ? "en" : "zh"
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(remembered)
  useEffect(() => {
    document.documentElement.lang = HTML_LANG[language]
  }, [language])
  const choose = useCallback((chosen: Language) => {
    localStorage.setItem(REMEMBERED, chosen)
    setLanguage(chosen)
  }, [])
  const choice = useMemo(
    () => ({ language, choose, say: (text: Text, values?: Values) => fill(text[language], values) }),
    [language, choose],
  )
  return <LanguageContext value={choice}>{children}</LanguageContext>
}

export function useLanguage(): Choice {
  const choice = use(LanguageContext)
  if (choice === null) throw new Error("a screen outside LanguageProvider")
  return choice
}

/** How a component speaks: `const say = useSay(); say(TEXT.save)`. */
export function useSay(): Say {
  return useLanguage().say
}

/** A text where a component is wanted, as in a column's cell. */
export function Said({ text }: { readonly text: Text }): string {
  return useSay()(text)
}
