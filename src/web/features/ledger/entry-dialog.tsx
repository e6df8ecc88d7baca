import { Modal } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { readLedgerEntry } from "../../../contract/ledger.ts"
import { call } from "../../api/call.ts"
import { refusalsIn } from "../../api/problem.ts"
import { useSay } from "../../text/language.tsx"
import { Refusals } from "../../ui/refusals.tsx"
import { kindName } from "./kinds.ts"

const TEXT = {
  title: { zh: "軌跡紀錄第 {index} 筆", en: "Ledger entry {index}" },
  canonical: { zh: "紀錄本文", en: "The entry" },
  payload: { zh: "內容", en: "Payload" },
  destroyed: {
    zh: "內容已依保存年限銷毀，紀錄仍可驗證。",
    en: "The payload was destroyed at the end of its retention; the entry still verifies.",
  },
  proof: { zh: "納入證明", en: "Inclusion proof" },
  close: { zh: "關閉", en: "Close" },
} as const

export function EntryDialog({ index, onClose }: { readonly index: number; readonly onClose: () => void }) {
  const say = useSay()
  const entry = useQuery({
    queryKey: ["ledger-entry", index],
    queryFn: () => call(readLedgerEntry, { params: { index } }),
    staleTime: Infinity,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(TEXT.title, { index })}
      size="xl"
      closeButtonProps={{ "aria-label": say(TEXT.close) }}
    >
      <Refusals reasons={refusalsIn(entry.error)} />
      {entry.data !== undefined && (
        <>
          <h2>{say(kindName(entry.data.entry.kind))}</h2>
          <h3>{say(TEXT.payload)}</h3>
          <p className="mono">{entry.data.payload.text ?? say(TEXT.destroyed)}</p>
          <h3>{say(TEXT.canonical)}</h3>
          <p className="mono">{entry.data.canonical}</p>
          <h3>{say(TEXT.proof)}</h3>
          <p className="mono">{entry.data.proof}</p>
        </>
      )}
    </Modal>
  )
}
