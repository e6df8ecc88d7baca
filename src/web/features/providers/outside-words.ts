import type { OutsideAccountView } from "../../../modules/providers/contract.ts"
import type { Text } from "../../text/language.tsx"
import type { Status } from "../../ui/status.tsx"

export type OutsideAct = OutsideAccountView["allowed"][number]

export const ACTS = {
  change: { zh: "密碼變更", en: "Password changed" },
  see: { zh: "核閱密碼變更", en: "Seen" },
  request: { zh: "申請註銷", en: "Request cancellation" },
  confirm: { zh: "確認註銷", en: "Confirm cancellation" },
} as const satisfies Record<OutsideAct, Text>

export const WAYS = {
  password: { zh: "密碼", en: "Password" },
  passkey: { zh: "通行金鑰", en: "Passkey" },
  "single-sign-on": { zh: "單一簽入", en: "Single sign-on" },
} as const satisfies Record<OutsideAccountView["keptBy"], Text>

export const STATES = {
  "in-use": { status: "running", word: { zh: "使用中", en: "In use" } },
  "to-cancel": { status: "late", word: { zh: "應註銷", en: "To be cancelled" } },
  requested: { status: "todo", word: { zh: "已申請註銷", en: "Cancellation requested" } },
  cancelled: { status: "done", word: { zh: "已註銷", en: "Cancelled" } },
} as const satisfies Record<OutsideAccountView["state"], { readonly status: Status; readonly word: Text }>
