import { Alert } from "@mantine/core"
import { compareCounts, confirmComparison, disputeCounts } from "../../../../modules/deliveries/contract.ts"
import { call } from "../../../api/call.ts"
import { useAct } from "../../../api/use-act.ts"
import { useSay } from "../../../text/language.tsx"
import { RocDateTimeField } from "../../../ui/dates/fields.tsx"
import { rightNow } from "../../../ui/dates/typed.ts"
import { CountField, LongTextField, TextField } from "../../../ui/forms/fields.tsx"
import { FormDialog } from "../../../ui/forms/form-dialog.tsx"
import { useForm } from "../../../ui/forms/use-form.ts"
import { Counts } from "../counts.tsx"
import { COMMANDS } from "../words.ts"
import type { ActProps } from "./act-props.ts"

const TEXT = {
  accessed: { zh: "取得筆數", en: "Records accessed" },
  explanation: { zh: "不符原因（相符者免填）", en: "Why they differ (if they do)" },
  at: { zh: "比對時間", en: "When compared" },
  save: { zh: "紀錄於比對狀況欄", en: "Record" },
  confirm: { zh: "確認並核章", en: "Confirm and stamp" },
  matching: {
    zh: "筆數相符。核章後，資料得於核准目的內使用。",
    en: "The counts match. Once stamped, the data may be used for its purpose.",
  },
  differing: {
    zh: "筆數不符。核章即確認所載原因屬實、資料無誤；不能確認者，請取消，改以「向提供機關提出疑義」辦理。",
    en: "The counts differ. Your stamp confirms that the reason holds and the data are right. If you cannot, cancel and dispute them with the provider.",
  },
  confirmDiffering: { zh: "確認無誤並核章", en: "Confirm as right and stamp" },
  letter: { zh: "發文文號", en: "Letter number" },
  reason: { zh: "疑義內容", en: "What is doubted" },
  sent: { zh: "發文時間", en: "When sent" },
} as const

/** 6-3: the four counts, then the accessed one. */
export function CompareDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  // Nothing is proposed: a count that confirms itself with one key compares nothing.
  const initial: { accessed: number | string; explanation: string; at: string } = {
    accessed: "",
    explanation: "",
    at: rightNow(),
  }
  const { value, change, form } = useForm({
    draft: `compare.${detail.id}`,
    initial,
    send: ({ accessed, explanation, at }) =>
      call(compareCounts, {
        params: { id: detail.id },
        body: {
          accessedRecords: Number(accessed),
          explanation: explanation.trim() === "" ? null : explanation,
          happenedAt: at,
        },
      }),
    onClose,
  })
  return (
    <FormDialog title={say(COMMANDS[command] ?? TEXT.save)} opened isWide {...form} submit={say(TEXT.save)}>
      <Counts detail={detail} />
      <CountField
        label={say(TEXT.accessed)}
        duty="6-3a"
        value={value.accessed}
        onChange={(accessed) => change({ accessed })}
        required
      />
      <LongTextField
        label={say(TEXT.explanation)}
        duty="6-3b"
        value={value.explanation}
        onChange={(explanation) => change({ explanation })}
      />
      <RocDateTimeField label={say(TEXT.at)} value={value.at} onChange={(at) => change({ at })} />
    </FormDialog>
  )
}

export function ConfirmComparisonDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const { act, isPending, refusals } = useAct(
    () => call(confirmComparison, { params: { id: detail.id }, body: {} }),
    onClose,
  )
  const differs = detail.comparison?.matches === false
  return (
    <FormDialog
      title={say(COMMANDS[command] ?? TEXT.confirm)}
      opened
      isWide
      {...{ onClose, isPending, refusals }}
      onSubmit={() => act(undefined)}
      submit={say(differs ? TEXT.confirmDiffering : TEXT.confirm)}
    >
      <Counts detail={detail} />
      <p>{[detail.entry?.comparison, ...(detail.entry?.comparisonNotes ?? [])].join("；")}</p>
      <Alert color={differs ? "orange" : "blue"}>{say(differs ? TEXT.differing : TEXT.matching)}</Alert>
    </FormDialog>
  )
}

export function DisputeDialog({ command, detail, onClose }: ActProps) {
  const say = useSay()
  const { value, change, form } = useForm({
    draft: `dispute.${detail.id}`,
    initial: {
      letter: "",
      reason: "",
      happenedAt: rightNow(),
    },
    send: (value) => call(disputeCounts, { params: { id: detail.id }, body: value }),
    onClose,
  })
  return (
    <FormDialog
      title={say(COMMANDS[command] ?? TEXT.letter)}
      opened
      {...form}
      submit={say(COMMANDS[command] ?? TEXT.letter)}
    >
      <TextField
        label={say(TEXT.letter)}
        value={value.letter}
        onChange={(letter) => change({ letter })}
        required
      />
      <LongTextField
        label={say(TEXT.reason)}
        value={value.reason}
        onChange={(reason) => change({ reason })}
        required
      />
      <RocDateTimeField
        label={say(TEXT.sent)}
        value={value.happenedAt}
        onChange={(happenedAt) => change({ happenedAt })}
      />
    </FormDialog>
  )
}
