import type { ComponentType } from "react"
import type { ActProps } from "./act-props.ts"
import { CompareDialog, ConfirmComparisonDialog, DisputeDialog } from "./compare-dialogs.tsx"
import {
  ConfirmCorrectionDialog,
  CorrectionDialog,
  RejectCorrectionDialog,
  WithdrawCorrectionDialog,
} from "./correction-dialogs.tsx"
import { CountDialog } from "./count-dialog.tsx"
import { FetchDialog } from "./fetch-dialogs.tsx"
import { LapseDialog, NoticeDialog } from "./notice-dialog.tsx"
import { FillDialog, ReviseDialog, VoidDialog } from "./register-dialogs.tsx"
import { SetAsideDialog } from "./set-aside-dialog.tsx"
import { OpenDialog, ReleaseDialog, StampDialog } from "./stamp-dialogs.tsx"

/** One dialog per command of a delivery. */
const DIALOGS: Readonly<Record<string, ComponentType<ActProps>>> = {
  "request-download": NoticeDialog,
  "notify-ready": NoticeDialog,
  lapse: LapseDialog,
  fetch: FetchDialog,
  "count-again": CountDialog,
  "set-aside-file": SetAsideDialog,
  "fill-register": FillDialog,
  "revise-register": ReviseDialog,
  "void-entry": VoidDialog,
  "stamp-it": StampDialog,
  "stamp-responsible": StampDialog,
  release: ReleaseDialog,
  "open-file": OpenDialog,
  compare: CompareDialog,
  "confirm-comparison": ConfirmComparisonDialog,
  dispute: DisputeDialog,
  "propose-correction": CorrectionDialog,
  "confirm-correction": ConfirmCorrectionDialog,
  "withdraw-correction": WithdrawCorrectionDialog,
  "reject-correction": RejectCorrectionDialog,
}

export function ActDialog(props: ActProps) {
  const Dialog = DIALOGS[props.command]
  return Dialog === undefined ? null : <Dialog {...props} />
}
