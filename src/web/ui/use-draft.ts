import { useState } from "react"

/** Typed values that survive a reload and a new sign-in; `clear` forgets them once they were sent. Never for secrets. */
export function useDraft<Value extends object>(key: string, initial: Value) {
  const [value, setValue] = useState<Value>(() => ({ ...initial, ...stored(key) }))
  const change = (part: Partial<Value>) => {
    const next = { ...value, ...part }
    sessionStorage.setItem(nameOf(key), JSON.stringify(next))
    setValue(next)
  }
  const clear = () => {
    sessionStorage.removeItem(nameOf(key))
    setValue(initial)
  }
  return { value, change, clear }
}

function stored(key: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(key)) ?? "{}") as object
  } catch {
    return {}
  }
}

function nameOf(key: string): string {
  return `hushou.draft.${key}`
}

/** At sign-out, and when somebody else signs in: what one person typed is not the next one's. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(nameOf(""))) sessionStorage.removeItem(key)
}
