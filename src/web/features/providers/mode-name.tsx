import { useSay } from "../../text/language.tsx"
import { MODES } from "../deliveries/words.ts"

/** 線上查詢, 檔案傳輸 or 磁性媒體交換. */
export function ModeName({ mode }: { readonly mode: string }) {
  const say = useSay()
  const name = MODES[mode]
  return name === undefined ? mode : say(name)
}
