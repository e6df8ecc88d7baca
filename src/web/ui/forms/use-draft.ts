import { useEffect, useState } from "react"

const PREFIX = "hushou.draft."
const OWNER = "hushou.drafts-of"

/** Typed values that survive a reload and a new sign-in; `clear` forgets them once they were sent. Never for secrets. */
export function useDraft<Value extends object>(key: string, initial: Value) {
  const [state, setState] = useState(() => ({ value: { ...initial, ...stored(key) }, isTyped: false }))
  useEffect(() => {
    if (state.isTyped) sessionStorage.setItem(PREFIX + key, JSON.stringify(state.value))
  }, [key, state])
  const change = (part: Partial<Value>) => {
    setState((before) => ({ value: { ...before.value, ...part }, isTyped: true }))
  }
  const clear = () => {
    sessionStorage.removeItem(PREFIX + key)
    setState({ value: initial, isTyped: false })
  }
  return { value: state.value, change, clear }
}

/** Drafts are of one person: whoever signs in next at this browser does not find another's. */
export function keepDraftsOf(person: string): void {
  if (sessionStorage.getItem(OWNER) === person) return
  forgetDrafts()
  sessionStorage.setItem(OWNER, person)
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}

function stored(key: string): object {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "{}")
    return typeof read === "object" && read !== null ? read : {}
  } catch {
    return {}
  }
}
