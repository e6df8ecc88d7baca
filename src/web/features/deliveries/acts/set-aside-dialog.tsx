import { Alert } from "@mantine/core"
import { setAsideFile } from "../../../../modules/deliveries/contract.ts"
import { call } from "../../../api/call.ts"
import { useLanguage } from "../../../text/language.tsx"
import { KnownField, LongTextField } from "../../../ui/forms/fields.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { useForm } from "../../../ui/forms/use-form.ts"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  title: { zh: "另行取檔", en: "Fetch another file" },
  how: {
    zh: "原檔不予採用，仍保留於系統並列於本案；資訊室另行下載或上傳後，須重新通知承辦人。",
    en: "The file is not used but stays here and is listed. After another one is fetched, the handler must be notified anew.",
  },
  file: { zh: "不予採用之檔案", en: "File that is not used" },
  reason: { zh: "不予採用之理由", en: "Why it is not used" },
  submit: { zh: "保留原檔，另行取檔", en: "Keep it, and fetch another" },
} as const

/** A bad file makes room for another; what the machine said of it helps to say why. */
export function SetAsideDialog({ detail, onClose }: ActProps) {
  const { say, language } = useLanguage()
  const { fetched } = detail
  const { value, change, form } = useForm({
    draft: `set-aside.${detail.id}`,
    initial: { reason: "" },
    send: (value) => call(setAsideFile, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog title={say(TEXT.title)} opened {...form} submit={say(TEXT.submit)}>
      <Alert color="orange">{say(TEXT.how)}</Alert>
      <KnownField label={say(TEXT.file)}>
        {fetched?.name}
        {fetched?.countProblem != null && <p>{fetched.countProblem[language]}</p>}
      </KnownField>
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}
