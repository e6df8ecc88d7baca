import { Radio } from "@mantine/core"
import { useMutation, useQuery } from "@tanstack/react-query"
import { keepProviderMail, listProjects, recordProviderNotice } from "../../../modules/deliveries/contract.ts"
import { call, callWithBytes } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTimeField } from "../../ui/dates/fields.tsx"
import { rightNow } from "../../ui/dates/typed.ts"
import { CountField, SelectField, TextField } from "../../ui/forms/fields.tsx"
import { FileField } from "../../ui/forms/file-field.tsx"
import { FormDialog } from "../../ui/forms/form-dialog.tsx"
import { LegalLabel } from "../../ui/forms/legal-label.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { useForm } from "../../ui/forms/use-form.ts"
import { BLANK_FORMAT, FormatFields, formatOf, type FormatDraft } from "./format-fields.tsx"

const TEXT = {
  title: { zh: "登錄提供機關通知", en: "Record a provider's notice" },
  project: { zh: "專案", en: "Project" },
  choose: { zh: "請選擇", en: "Choose" },
  mail: { zh: "提供機關通知郵件原始檔（.eml，如有）", en: "The provider's own mail (.eml), if any" },
  mailKept: { zh: "已保存：{subject}（{from}）", en: "Kept: {subject} ({from})" },
  at: { zh: "提供機關通知時間", en: "Time of the provider's notice" },
  declared: { zh: "通知筆數", en: "Records declared" },
  applied: { zh: "申請筆數", en: "Records applied for" },
  counted: { zh: "申請特定筆數", en: "A number was applied for" },
  whole: { zh: "全體母體檔（未申請特定筆數）", en: "Whole population; no number was applied for" },
  fileName: { zh: "檔案名稱", en: "File name" },
  save: { zh: "登錄", en: "Record" },
} as const

interface Draft extends FormatDraft {
  readonly project: string
  readonly at: string
  readonly declared: number | string
  readonly isWhole: boolean
  readonly applied: number | string
  readonly fileName: string
  readonly mail: {
    readonly file: string
    readonly sha256: string
    readonly messageId: string | null
    readonly from: string
    readonly subject: string
  } | null
}

function blank(): Draft {
  return {
    project: "",
    at: rightNow(),
    declared: "",
    isWhole: false,
    applied: "",
    fileName: "",
    mail: null,
    ...BLANK_FORMAT,
  }
}

interface Props {
  readonly onClose: () => void
  readonly onDone: (id: string) => void
}

export function AnnounceDialog({ onClose, onDone }: Props) {
  const say = useSay()
  const { value, change, form } = useForm<Draft, { id: string }>({
    draft: "announce",
    initial: blank(),
    send: (draft) => call(recordProviderNotice, { body: bodyOf(draft) }),
    onClose,
    onDone: ({ id }) => onDone(id),
  })
  return (
    <FormDialog title={say(TEXT.title)} opened isWide {...form} submit={say(TEXT.save)}>
      <ProjectField value={value.project} onChange={(project) => change({ project })} />
      <MailField mail={value.mail} onKept={change} />
      <RocDateTimeField label={say(TEXT.at)} duty="5-5c" value={value.at} onChange={(at) => change({ at })} />
      <CountField
        label={say(TEXT.declared)}
        duty="5-5c"
        value={value.declared}
        onChange={(declared) => change({ declared })}
        required
      />
      <AppliedForFields value={value} onChange={change} />
      <TextField
        label={say(TEXT.fileName)}
        value={value.fileName}
        onChange={(fileName) => change({ fileName })}
        required
      />
      <FormatFields value={value} onChange={change} />
    </FormDialog>
  )
}

interface AppliedForProps {
  readonly value: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

function AppliedForFields({ value, onChange }: AppliedForProps) {
  const say = useSay()
  return (
    <>
      <Radio.Group
        label={<LegalLabel text={say(TEXT.applied)} duty="6-3a" />}
        value={value.isWhole ? "whole" : "count"}
        onChange={(kind) => onChange({ isWhole: kind === "whole" })}
      >
        <Radio value="count" label={say(TEXT.counted)} mt={4} />
        <Radio value="whole" label={say(TEXT.whole)} mt={4} />
      </Radio.Group>
      {!value.isWhole && (
        <CountField
          label={say(TEXT.applied)}
          value={value.applied}
          onChange={(applied) => onChange({ applied })}
          required
        />
      )}
    </>
  )
}

function bodyOf(value: Draft) {
  const { project, at, declared, isWhole, applied, fileName, mail } = value
  return {
    project,
    happenedAt: at,
    declaredRecords: Number(declared),
    appliedFor: isWhole
      ? ({ kind: "whole-population" } as const)
      : ({ kind: "count", records: Number(applied) } as const),
    fileName,
    format: formatOf(value),
    mail: mail?.file ?? null,
  }
}

function ProjectField({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (project: string) => void
}) {
  const say = useSay()
  const projects = useQuery({ queryKey: ["projects"], queryFn: () => call(listProjects) })
  const options = (projects.data ?? []).map((project) => ({
    value: project.id,
    label: `${project.number} ${project.name}（${project.providerName}）`,
  }))
  return (
    <SelectField
      label={say(TEXT.project)}
      duty="5-5b"
      options={[{ value: "", label: say(TEXT.choose) }, ...options]}
      value={value}
      onChange={onChange}
      required
    />
  )
}

/** The mail is kept whole with its digest; its date proposes the time of the notice. */
function MailField({
  mail,
  onKept,
}: {
  readonly mail: Draft["mail"]
  readonly onKept: (part: Partial<Draft>) => void
}) {
  const say = useSay()
  const keep = useMutation({
    mutationFn: (file: File) => callWithBytes(keepProviderMail, file, {}),
    onSuccess: ({ date, ...kept }) => onKept(date === null ? { mail: kept } : { mail: kept, at: date }),
  })
  return (
    <>
      <FileField
        label={<LegalLabel text={say(TEXT.mail)} duty="6-1a" />}
        accept=".eml,message/rfc822"
        onChange={(file) => (file === null ? onKept({ mail: null }) : keep.mutate(file))}
      />
      {mail !== null && <p role="status">{say(TEXT.mailKept, mail as unknown as Record<string, string>)}</p>}
      <Refusals reasons={refusalsIn(keep.error)} />
    </>
  )
}
