import { useState } from "react"
import { plusMs, startOfTaipeiDay, taipeiDate, type CivilDate } from "../../../kernel/time.ts"
import { createScimClient } from "../../../modules/people/contract.ts"
import { call } from "../../api/call.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateField } from "../../ui/dates/fields.tsx"
import { today } from "../../ui/dates/typed.ts"
import { CountField, TextField } from "../../ui/forms/fields.tsx"
import { CopyField } from "../../ui/forms/copy-field.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { useForm } from "../../ui/forms/use-form.ts"

const TEXT = {
  title: { zh: "建立介接權杖", en: "Create a token" },
  name: { zh: "介接程式名稱", en: "Name of the client" },
  nameHint: {
    zh: "記入軌跡紀錄，用後不得重複，例如「人事資訊系統」",
    en: "Stands in the ledger and is never used again, such as “personnel system”",
  },
  lastDay: { zh: "有效至（含當日，最長一年）", en: "Valid to (that day included, a year at most)" },
  limit: { zh: "每分鐘要求數上限", en: "Requests a minute" },
  save: { zh: "建立", en: "Create" },
  shown: {
    zh: "請將權杖填入介接程式。權杖僅於此顯示一次，關閉後無從查閱；遺失者請廢止後另行建立。",
    en: "Put the token into the client. It is shown only now; if it is lost, revoke it and create another.",
  },
  token: { zh: "權杖", en: "Token" },
  done: { zh: "完成", en: "Done" },
} as const

interface Typed {
  readonly name: string
  readonly lastDay: string
  readonly requestsPerMinute: number | string
}

const HALF_A_YEAR_MS = 180 * 24 * 3_600_000

function inHalfAYear(): string {
  return taipeiDate(plusMs(startOfTaipeiDay(today() as CivilDate), HALF_A_YEAR_MS))
}

interface Props {
  readonly onClose: () => void
}

/** Creates a client and shows its token, once. */
export function ScimClientDialog({ onClose }: Props) {
  const [token, setToken] = useState<string | null>(null)
  return token === null ? (
    <CreateDialog onToken={setToken} onClose={onClose} />
  ) : (
    <TokenDialog token={token} onClose={onClose} />
  )
}

function CreateDialog({ onToken, onClose }: Props & { readonly onToken: (token: string) => void }) {
  const say = useSay()
  const initial: Typed = { name: "", lastDay: inHalfAYear(), requestsPerMinute: 300 }
  const { value, change, form } = useForm({
    draft: "scim-client",
    initial,
    send: ({ requestsPerMinute, ...client }) =>
      call(createScimClient, { body: { ...client, requestsPerMinute: Number(requestsPerMinute) } }),
    onClose,
    onDone: (created) => onToken(created.token),
  })
  const { name, lastDay, requestsPerMinute } = value
  return (
    <FormDialog title={say(TEXT.title)} opened {...form} submit={say(TEXT.save)}>
      <TextField
        label={say(TEXT.name)}
        hint={say(TEXT.nameHint)}
        value={name}
        onChange={(name) => change({ name })}
        required
      />
      <RocDateField label={say(TEXT.lastDay)} value={lastDay} onChange={(lastDay) => change({ lastDay })} />
      <CountField
        label={say(TEXT.limit)}
        value={requestsPerMinute}
        onChange={(requestsPerMinute) => change({ requestsPerMinute })}
        required
      />
    </FormDialog>
  )
}

function TokenDialog({ token, onClose }: Props & { readonly token: string }) {
  const say = useSay()
  return (
    <FormDialog
      title={say(TEXT.title)}
      opened
      onClose={onClose}
      onSubmit={onClose}
      isPending={false}
      refusals={[]}
      submit={say(TEXT.done)}
    >
      <p>{say(TEXT.shown)}</p>
      <CopyField label={say(TEXT.token)} value={token} />
    </FormDialog>
  )
}
