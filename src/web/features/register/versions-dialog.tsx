import { Modal } from "@mantine/core"
import type { ReplyOf } from "../../../contract/endpoint.ts"
import { useQuery } from "@tanstack/react-query"
import { readEntryVersions } from "../../../modules/deliveries/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { CorrectionText } from "./correction-text.tsx"
import { Refusals } from "../../ui/refusals.tsx"

const TEXT = {
  title: { zh: "登記表歷次內容", en: "Every version of this entry" },
  version: { zh: "版次", en: "Version" },
  when: { zh: "時間", en: "When" },
  who: { zh: "人員", en: "Who" },
  noticedAt: { zh: "提供機關通知時間", en: "Provider's notice" },
  records: { zh: "資料筆數", en: "Records" },
  purpose: { zh: "使用目的", en: "Purpose" },
  document: { zh: "依據公文文號", en: "Document" },
  handler: { zh: "業務單位承辦人", en: "Handler" },
  obtained: { zh: "取得資料方式", en: "How obtained" },
  it: { zh: "資訊室承辦人", en: "IT handler" },
  reason: { zh: "理由", en: "Reason" },
  correction: { zh: "待確認之更正", en: "Correction waiting" },
  close: { zh: "關閉", en: "Close" },
} as const

const HEADS = [
  TEXT.version,
  TEXT.when,
  TEXT.who,
  TEXT.noticedAt,
  TEXT.records,
  TEXT.purpose,
  TEXT.document,
  TEXT.handler,
  TEXT.obtained,
  TEXT.it,
  TEXT.reason,
  TEXT.correction,
]

export function VersionsDialog({ entry, onClose }: { readonly entry: string; readonly onClose: () => void }) {
  const say = useSay()
  const versions = useQuery({
    queryKey: ["versions", entry],
    queryFn: () => call(readEntryVersions, { params: { id: entry } }),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(TEXT.title)}
      size="100%"
      closeButtonProps={{ "aria-label": say(TEXT.close) }}
    >
      <Refusals reasons={refusalsIn(versions.error)} />
      <div className="table-scroll">
        <table className="plain">
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head.zh} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.data?.map((version) => (
              <VersionRow key={version.version} version={version} />
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  )
}

function VersionRow({ version }: { readonly version: ReplyOf<typeof readEntryVersions>[number] }) {
  const { columns, correction } = version
  return (
    <tr>
      <td>{version.version}</td>
      <td>
        <RocDateTime at={version.changedAt} />
      </td>
      <td>{version.changedBy}</td>
      <td>
        <RocDateTime at={columns.noticedAt} />
      </td>
      <td className="number">{columns.records.toLocaleString("en-US")}</td>
      <td>{columns.purpose}</td>
      <td>{columns.legalDocument}</td>
      <td>{columns.handler.name}</td>
      <td>{columns.obtainedBy}</td>
      <td>{columns.itHandler.name}</td>
      <td>{version.reason}</td>
      <td>
        {correction !== null && <CorrectionText correction={correction} before={columns} madeAt={null} />}
      </td>
    </tr>
  )
}
