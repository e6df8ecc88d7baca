import { Modal } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import type { ReplyOf } from "../../../contract/endpoint.ts"
import { readEntryVersions } from "../../../modules/deliveries/contract.ts"
import { rocDateTime } from "../../../kernel/roc-date.ts"
import type { Instant } from "../../../kernel/time.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { Said, useSay, type Text } from "../../text/language.tsx"
import { RocDateTime } from "../../ui/dates/roc-date.tsx"
import { CorrectionText } from "./correction-text.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { COMMANDS } from "../deliveries/words.ts"
import { REGISTER_COLUMNS } from "./register-table.tsx"

const TEXT = {
  title: { zh: "登記表歷次內容", en: "Every version of this entry" },
  changed: { zh: "有變更之欄位加底線及「＊」註記。", en: "What changed is underlined and marked ＊." },
  version: { zh: "版次", en: "Version" },
  act: { zh: "辦理事項", en: "What was done" },
  reason: { zh: "理由", en: "Reason" },
  close: { zh: "關閉", en: "Close" },
} as const

type Version = ReplyOf<typeof readEntryVersions>[number]

/** Columns 1 to 8 in their official order; stamps are acts, and what they sign is the rest. */
function cellsOf({ columns, comparison }: Version): readonly string[] {
  const { noticedAt, records, purpose, legalDocument, handler, obtainedBy, itHandler } = columns
  return [
    rocDateTime(noticedAt as Instant),
    records.toLocaleString("en-US"),
    purpose,
    legalDocument,
    `${handler.title} ${handler.name}`,
    obtainedBy,
    `${itHandler.title} ${itHandler.name}`,
    comparison ?? "",
  ]
}

export function VersionsDialog({ entry, onClose }: { readonly entry: string; readonly onClose: () => void }) {
  const say = useSay()
  const versions = useQuery({
    queryKey: ["versions", entry],
    queryFn: () => call(readEntryVersions, { params: { id: entry } }),
  })
  const heads: readonly Text[] = [TEXT.version, TEXT.act, ...REGISTER_COLUMNS.slice(0, 8), TEXT.reason]
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(TEXT.title)}
      size="min(96vw, 1500px)"
      closeButtonProps={{ "aria-label": say(TEXT.close) }}
    >
      <Refusals reasons={refusalsIn(versions.error)} />
      <p>{say(TEXT.changed)}</p>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(TEXT.title)}>
        <table className="plain register">
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
            {versions.data?.map((version, index, all) => (
              <Row key={version.version} version={version} before={all[index - 1]} />
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  )
}

interface RowProps {
  readonly version: Version
  readonly before: Version | undefined
}

function Row({ version, before }: RowProps) {
  const { act } = version
  const earlier = before === undefined ? null : cellsOf(before)
  return (
    <tr>
      <td className="number">{version.version}</td>
      <td>
        <strong>{act === null ? "—" : <Said text={COMMANDS[act] ?? { zh: act, en: act }} />}</strong>
        <br />
        {version.changedBy} <RocDateTime at={version.changedAt} />
      </td>
      {cellsOf(version).map((cell, index) => (
        <td key={REGISTER_COLUMNS[index]?.zh}>
          {earlier === null || earlier[index] === cell ? cell : <Changed>{cell}</Changed>}
        </td>
      ))}
      <td>
        {version.reason}
        {version.correction !== null && (
          <CorrectionText correction={version.correction} before={version.columns} madeAt={null} />
        )}
      </td>
    </tr>
  )
}

function Changed({ children }: { readonly children: ReactNode }) {
  return <ins>＊{children}</ins>
}
