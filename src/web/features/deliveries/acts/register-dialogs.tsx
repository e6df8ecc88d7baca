import { Alert } from "@mantine/core"
import type { ReactNode } from "react"
import {
  fillRegister,
  reviseRegister,
  voidEntry,
  type DeliveryDetail,
} from "../../../../modules/deliveries/contract.ts"
import { call } from "../../../api/call.ts"
import { useSay } from "../../../text/language.tsx"
import { RocDateTime } from "../../../ui/dates/roc-date.tsx"
import { CountField, KnownField, LongTextField, SelectField, TextField } from "../../../ui/forms/fields.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { useForm } from "../../../ui/forms/use-form.ts"
import { COMMANDS } from "../words.ts"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  noticedAt: { zh: "提供機關通知時間", en: "Time of the provider's notice" },
  records: { zh: "資料筆數", en: "Records" },
  purpose: { zh: "使用目的", en: "Purpose" },
  legalDocument: { zh: "依據公文文號", en: "Authorising document" },
  handler: { zh: "業務單位承辦人", en: "Handler" },
  obtainedBy: { zh: "業務單位承辦人取得資料方式", en: "How the handler obtains the data" },
  itHandler: { zh: "資訊室承辦人", en: "IT handler" },
  sftp: { zh: "檔案傳輸（資訊室自提供機關主機下載）", en: "File transfer from the provider's server" },
  uploaded: { zh: "資訊室上傳提供機關之檔案", en: "Uploaded by the IT office" },
  save: { zh: "儲存", en: "Save" },
  falls: {
    zh: "變更後，已核蓋之職章即失效，須重新核章；原內容保留備查。",
    en: "Stamps on the earlier content fall; it is kept.",
  },
  reason: { zh: "理由", en: "Reason" },
  voidHow: {
    zh: "作廢之登記保留並加刪除線，編號不再使用。",
    en: "The row stays, struck through; its number is not used again.",
  },
} as const

export interface Filled {
  readonly records: number
  readonly purpose: string
  readonly legalDocument: string
  readonly obtainedBy: string
}

export function proposalFrom({ entry, announcement, project, fetched }: DeliveryDetail): Filled {
  if (entry !== null) {
    const { records, purpose, legalDocument, obtainedBy } = entry.columns
    return { records, purpose, legalDocument, obtainedBy }
  }
  return {
    records: announcement.declaredRecords,
    purpose: project.purpose,
    legalDocument: project.legalDocument,
    obtainedBy: fetched?.via === "sftp" ? TEXT.sftp.zh : TEXT.uploaded.zh,
  }
}

interface ColumnProps {
  readonly detail: DeliveryDetail
  /** Columns 1, 5 and 7, where they can be changed. */
  readonly noticedAt?: ReactNode
  readonly handler?: ReactNode
  readonly itHandler?: ReactNode
  readonly value: Filled
  readonly onChange: (part: Partial<Filled>) => void
}

/** Columns 1–7 in their official order; what comes from recorded facts is shown and not typed. */
export function ColumnFields({ detail, noticedAt, handler, itHandler, value, onChange }: ColumnProps) {
  const say = useSay()
  return (
    <>
      {noticedAt ?? (
        <KnownField label={say(TEXT.noticedAt)} duty="5-5c">
          <RocDateTime at={detail.announcement.happenedAt} />
        </KnownField>
      )}
      <CountField
        label={say(TEXT.records)}
        duty="5-5c"
        value={value.records}
        onChange={(records) => onChange({ records: Number(records) })}
        required
      />
      <LongTextField
        label={say(TEXT.purpose)}
        duty="5-5c"
        value={value.purpose}
        onChange={(purpose) => onChange({ purpose })}
        required
      />
      <TextField
        label={say(TEXT.legalDocument)}
        duty="5-5c"
        value={value.legalDocument}
        onChange={(legalDocument) => onChange({ legalDocument })}
        required
      />
      {handler ?? (
        <KnownField label={say(TEXT.handler)} duty="5-5c">
          {detail.handler.name}
        </KnownField>
      )}
      <TextField
        label={say(TEXT.obtainedBy)}
        duty="5-5c"
        value={value.obtainedBy}
        onChange={(obtainedBy) => onChange({ obtainedBy })}
        required
      />
      {itHandler ?? (
        <KnownField label={say(TEXT.itHandler)} duty="5-5c">
          {detail.entry?.columns.itHandler.name ?? detail.fetched?.fetchedBy}
        </KnownField>
      )}
    </>
  )
}

export function FillDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `fill.${detail.id}`,
    initial: proposalFrom(detail),
    send: (value) => call(fillRegister, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog title={say(COMMANDS[command] ?? TEXT.save)} opened isWide {...form} submit={say(TEXT.save)}>
      <ColumnFields detail={detail} value={value} onChange={change} />
    </FormDialog>
  )
}

export function ReviseDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const named = detail.entry?.columns.itHandler
  const { value, change, form } = useForm({
    draft: `revise.${detail.id}.${detail.entry?.version ?? 0}`,
    initial: { ...proposalFrom(detail), itHandler: named?.person ?? "" },
    send: (value) => call(reviseRegister, { params: { id: detail.id }, body: value }),
    onClose,
  })
  const others = detail.itHandlers.filter(({ person }) => person !== named?.person)
  const choices = named === undefined ? others : [named, ...others]
  return (
    <FormDialog title={say(COMMANDS[command] ?? TEXT.save)} opened isWide {...form} submit={say(TEXT.save)}>
      <Alert color="orange">{say(TEXT.falls)}</Alert>
      <ColumnFields
        detail={detail}
        value={value}
        onChange={change}
        itHandler={
          <SelectField
            label={say(TEXT.itHandler)}
            duty="5-5c"
            options={choices.map(({ person, title, name }) => ({ value: person, label: `${title} ${name}` }))}
            value={value.itHandler}
            onChange={(itHandler) => change({ itHandler })}
          />
        }
      />
    </FormDialog>
  )
}

export function VoidDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `void.${detail.id}`,
    initial: { reason: "" },
    send: (value) => call(voidEntry, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog
      title={say(COMMANDS[command] ?? TEXT.save)}
      opened
      {...form}
      submit={say(COMMANDS[command] ?? TEXT.save)}
    >
      <p>{say(TEXT.voidHow)}</p>
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
    </FormDialog>
  )
}
