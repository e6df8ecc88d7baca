import { Alert, PasswordInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import type { ReplyOf } from "../../../../contract/endpoint.ts"
import { countAgain, previewFile } from "../../../../modules/deliveries/contract.ts"
import { call } from "../../../api/call.ts"
import { refusalsIn } from "../../../api/problem.ts"
import { useAct } from "../../../api/use-act.ts"
import { useLanguage, useSay } from "../../../text/language.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { Refusals } from "../../../ui/refusals.tsx"
import { draftOf, FormatFields, formatOf, type FormatDraft } from "../format-fields.tsx"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  count: { zh: "重新計數", en: "Count again" },
  how: {
    zh: "格式有誤者請更正；變更後，已核蓋之職章即失效。",
    en: "Correct the format where it is wrong. Stamps on the earlier count fall.",
  },
  again: { zh: "已重新計數，仍無法計得筆數：{why}", en: "Counted again, still in vain: {why}" },
  password: {
    zh: "提供機關之壓縮檔密碼（僅供計數，不予儲存）",
    en: "The archive's password (for this count only, never stored)",
  },
  preview: {
    zh: "檔案開頭之字元類別（依前次計數之格式；字、A、9）",
    en: "Character classes of the first lines, by the format of the last count",
  },
} as const

/** For what the machine could not count: the corrected format, or the archive's password. */
export function CountDialog({ detail, onClose }: ActProps) {
  const { say, language } = useLanguage()
  const [password, setPassword] = useState("")
  const [corrected, correct] = useState<FormatDraft | null>(null)
  const known = draftOf(detail.fetched?.format ?? detail.announcement.format)
  const draft = corrected ?? known
  const count = () =>
    call(countAgain, {
      params: { id: detail.id },
      body: {
        password: password === "" ? null : password,
        format: corrected === null ? null : formatOf(corrected),
      },
    })
  const [problem, setProblem] = useState<ReplyOf<typeof countAgain>["countProblem"]>(null)
  const { act, isPending, refusals } = useAct(count, ({ countProblem }) => {
    setProblem(countProblem)
    if (countProblem === null) onClose()
  })
  return (
    <FormDialog
      title={say(TEXT.count)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.count)}
    >
      <p>{say(TEXT.how)}</p>
      <FormatFields value={draft} onChange={(part) => correct({ ...draft, ...part })} />
      {draft.isZip && (
        <PasswordInput
          label={say(TEXT.password)}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      <Preview id={detail.id} />
      {problem !== null && refusals.length === 0 && (
        <Alert color="orange" role="alert">
          {say(TEXT.again, { why: problem[language] })}
        </Alert>
      )}
    </FormDialog>
  )
}

function Preview({ id }: { readonly id: string }) {
  const say = useSay()
  const preview = useQuery({
    queryKey: ["preview", id],
    queryFn: () => call(previewFile, { params: { id } }),
    retry: false,
  })
  return (
    <div>
      <div className="field-label">{say(TEXT.preview)}</div>
      <Refusals reasons={refusalsIn(preview.error)} />
      <pre className="class-lines" tabIndex={0}>
        {preview.data?.lines.join("\n")}
      </pre>
    </div>
  )
}
