import { Alert, Button, Progress } from "@mantine/core"
import { useState } from "react"
import type { DeliveryDetail } from "../../../modules/deliveries/contract.ts"
import { cite } from "../../text/citation.ts"
import { useLanguage } from "../../text/language.tsx"
import { ActDialog } from "./acts/act-dialog.tsx"
import { COMMANDS } from "./words.ts"

const TEXT = {
  can: { zh: "我可以辦理", en: "What I can do" },
  nothing: { zh: "目前沒有需要您辦理的事項。", en: "Nothing here waits for you now." },
  transfer: { zh: "下載進度：已收 {done} 位元組", en: "Received: {done} bytes" },
  kept: { zh: "（目前已收 {done} 位元組）", en: "({done} bytes received so far)" },
  cannot: { zh: "尚不能辦理的事項及原因", en: "What cannot be done yet, and why" },
} as const

/** What undoes or turns back is not offered as the next step. */
const QUIET = ["void-entry", "lapse", "set-aside-file", "withdraw-correction", "reject-correction"]

/** Commands the server allows come first; the others say which point stands in the way. */
export function Acts({ detail }: { readonly detail: DeliveryDetail }) {
  const { say, language } = useLanguage()
  const [open, setOpen] = useState<string | null>(null)
  const allowed = detail.allowed.filter((entry) => entry.refusal === null)
  const refused = detail.allowed.flatMap(({ command, refusal }) =>
    refusal === null || refusal.code === "NOT_IN_THIS_STATE" ? [] : [{ command, refusal }],
  )
  return (
    <section aria-label={say(TEXT.can)}>
      <h2>{say(TEXT.can)}</h2>
      {allowed.length === 0 && <p>{say(TEXT.nothing)}</p>}
      <div className="acts">
        {allowed.map(({ command }) => (
          <Button
            key={command}
            variant={QUIET.includes(command) ? "default" : "filled"}
            onClick={() => setOpen(command)}
          >
            {say(COMMANDS[command] ?? { zh: command, en: command })}
          </Button>
        ))}
      </div>
      <TransferState transfer={detail.transfer} />
      {refused.length > 0 && (
        <details>
          <summary>{say(TEXT.cannot)}</summary>
          <ul className="refused-acts">
            {refused.map(({ command, refusal }) => (
              <li key={command}>
                {say(COMMANDS[command] ?? { zh: command, en: command })}：{refusal[language]}{" "}
                <span className="cite">{cite(refusal.source, language)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {open !== null && <ActDialog command={open} detail={detail} onClose={() => setOpen(null)} />}
    </section>
  )
}

/** The file on its way in, beside the button that fetches it: how far it came, or why it stopped. */
function TransferState({ transfer }: Pick<DeliveryDetail, "transfer">) {
  const { say, language } = useLanguage()
  if (transfer === null) return null
  const { state, bytesDone, bytesTotal, failure } = transfer
  const done = bytesDone.toLocaleString("en-US")
  if (failure !== null)
    return (
      <Alert color="red" variant="light" role="status" my="xs">
        {failure[language]}
        {say(TEXT.kept, { done })}
      </Alert>
    )
  if (state !== "running") return null
  const share = bytesTotal === null ? 100 : (100 * bytesDone) / Math.max(1, bytesTotal)
  return (
    <div role="status">
      {say(TEXT.transfer, { done })}
      <Progress value={share} animated aria-label={say(TEXT.transfer, { done })} />
    </div>
  )
}
