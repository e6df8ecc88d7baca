import { downloadSource } from "../../contract/settings.ts"
import { addressOf } from "../api/address.ts"
import { useSay } from "../text/language.tsx"

const TEXT = {
  licence: { zh: "戶守為自由軟體，依 AGPL-3.0 授權。", en: "Hushou is free software under AGPL-3.0." },
  source: { zh: "原始碼", en: "Source" },
} as const

/** AGPL-3.0 §13: whoever uses the program over the network is offered its source. */
export function Footer() {
  const say = useSay()
  return (
    <footer className="frame-footer">
      {say(TEXT.licence)}{" "}
      <a href={addressOf(downloadSource)} download>
        {say(TEXT.source)}
      </a>
    </footer>
  )
}
