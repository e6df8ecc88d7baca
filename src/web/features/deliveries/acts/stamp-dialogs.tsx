import { Alert, NativeSelect } from "@mantine/core"
import { useState } from "react"
import {
  openFile,
  releaseDelivery,
  stampRegister,
  type DeliveryDetail,
} from "../../../../modules/deliveries/contract.ts"
import { call, saveFile } from "../../../api/call.ts"
import { useAct } from "../../../api/use-act.ts"
import { useSay } from "../../../text/language.tsx"
import { RocDateField } from "../../../ui/dates/fields.tsx"
import { RocDateTime } from "../../../ui/dates/roc-date.tsx"
import { today } from "../../../ui/dates/typed.ts"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { COMMANDS } from "../words.ts"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  what: {
    zh: "職章將綁定下列內容；內容如有變更，職章即失效。",
    en: "The stamp is bound to what follows; it falls when that changes.",
  },
  notedOn: { zh: "註記日期", en: "Date noted" },
  stamp: { zh: "核章", en: "Stamp" },
  number: { zh: "登記編號", en: "Number" },
  noticedAt: { zh: "提供機關通知時間", en: "Provider's notice" },
  records: { zh: "資料筆數", en: "Records" },
  purpose: { zh: "使用目的", en: "Purpose" },
  document: { zh: "依據公文文號", en: "Document" },
  handler: { zh: "業務單位承辦人", en: "Handler" },
  obtainedBy: { zh: "取得資料方式", en: "How obtained" },
  itHandler: { zh: "資訊室承辦人", en: "IT handler" },
  file: { zh: "檔案 SHA-256", en: "File SHA-256" },
  digest: { zh: "核章內容摘要", en: "Digest stamped" },
  uncounted: {
    zh: "本檔案未經機器計數，承辦人將於存取後自行計數。",
    en: "Not machine-counted; the handler counts after access.",
  },
  to: { zh: "提供予", en: "Release to" },
  release: { zh: "提供資料", en: "Release" },
  open: { zh: "開啟資料檔案", en: "Open the file" },
  openHow: {
    zh: "開啟資料檔案將先予紀錄，再提供下載。資料僅得用於登記之使用目的。",
    en: "Opening is recorded first; then the file is yours to save. Use it only for the registered purpose.",
  },
} as const

/** 6-2b, 6-2c: shows exactly what is signed; Enter stamps. */
export function StampDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const [notedOn, setNotedOn] = useState(today())
  const place = command === "stamp-it" ? "it" : "responsible"
  const { act, isPending, refusals } = useAct(
    () =>
      call(stampRegister, {
        params: { id: detail.id },
        body: { place, notedOn, digest: detail.entry?.digest ?? "" },
      }),
    onClose,
  )
  return (
    <FormDialog
      title={say(COMMANDS[command] ?? TEXT.stamp)}
      opened
      isWide
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.stamp)}
    >
      <p>{say(TEXT.what)}</p>
      {detail.fetched?.count.counted === false && <Alert color="orange">{say(TEXT.uncounted)}</Alert>}
      <StampedContent detail={detail} />
      <RocDateField label={say(TEXT.notedOn)} duty="6-2c" value={notedOn} onChange={setNotedOn} />
    </FormDialog>
  )
}

function StampedContent({ detail }: { readonly detail: DeliveryDetail }) {
  const say = useSay()
  const { entry, fetched } = detail
  if (entry === null) return null
  const { columns } = entry
  const rows = [
    [TEXT.number, entry.number],
    [TEXT.records, columns.records.toLocaleString("en-US")],
    [TEXT.purpose, columns.purpose],
    [TEXT.document, columns.legalDocument],
    [TEXT.handler, columns.handler.name],
    [TEXT.obtainedBy, columns.obtainedBy],
    [TEXT.itHandler, columns.itHandler.name],
    [TEXT.file, fetched?.sha256 ?? ""],
    [TEXT.digest, entry.digest],
  ] as const
  return (
    <dl className="facts">
      <dt>{say(TEXT.noticedAt)}</dt>
      <dd>
        <RocDateTime at={columns.noticedAt} />
      </dd>
      {rows.flatMap(([label, value]) => [
        <dt key={`${label.zh}t`}>{say(label)}</dt>,
        <dd key={label.zh}>{value}</dd>,
      ])}
    </dl>
  )
}

/** 6-2d: to the handler, or to the recorded 職務代理人. */
export function ReleaseDialog({ detail, onClose }: ActProps) {
  const say = useSay()
  const receivers = [detail.handler, ...detail.handlerDeputies]
  const [to, setTo] = useState(detail.handler.person)
  const { act, isPending, refusals } = useAct(
    () => call(releaseDelivery, { params: { id: detail.id }, body: { to } }),
    onClose,
  )
  return (
    <FormDialog
      title={say(TEXT.release)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.release)}
    >
      <NativeSelect
        label={say(TEXT.to)}
        data={receivers.map(({ person, name, title }) => ({ value: person, label: `${title} ${name}` }))}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

export function OpenDialog({ detail, onClose }: ActProps) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(
    () => saveFile(openFile, { params: { id: detail.id } }, detail.fetched?.name ?? "data"),
    onClose,
  )
  return (
    <FormDialog
      title={say(TEXT.open)}
      opened
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(TEXT.open)}
    >
      <p>{say(TEXT.openHow)}</p>
    </FormDialog>
  )
}
