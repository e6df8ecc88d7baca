import { Modal } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { readEntryVersions } from "../../../modules/deliveries/contract.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { Refusals } from "../../ui/refusals.tsx"

const TEXT = {
  title: { zh: "登記表歷次內容", en: "Every version of this entry" },
  version: { zh: "版次", en: "Version" },
  when: { zh: "時間", en: "When" },
  who: { zh: "人員", en: "Who" },
  records: { zh: "資料筆數", en: "Records" },
  purpose: { zh: "使用目的", en: "Purpose" },
  document: { zh: "依據公文文號", en: "Document" },
  reason: { zh: "理由", en: "Reason" },
  close: { zh: "關閉", en: "Close" },
} as const

export function VersionsDialog({ entry, onClose }: { readonly entry: string; readonly onClose: () => void }) {
  const say = useSay()
  const versions = useQuery({
    queryKey: ["versions", entry],
    queryFn: () => call(readEntryVersions, { params: { id: entry } }),
  })
  const heads = [TEXT.version, TEXT.when, TEXT.who, TEXT.records, TEXT.purpose, TEXT.document, TEXT.reason]
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(TEXT.title)}
      size="xl"
      closeButtonProps={{ "aria-label": say(TEXT.close) }}
    >
      <Refusals reasons={refusalsIn(versions.error)} />
      <div className="table-scroll">
        <table className="plain">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head.zh} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.data?.map((version) => (
              <tr key={version.version}>
                <td>{version.version}</td>
                <td>
                  <RocDateTime at={version.changedAt} />
                </td>
                <td>{version.changedBy}</td>
                <td className="number">{version.columns.records}</td>
                <td>{version.columns.purpose}</td>
                <td>{version.columns.legalDocument}</td>
                <td>{version.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  )
}
