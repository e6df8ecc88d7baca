import { plusMs, taipeiDate, type Instant } from "../../../kernel/time.ts"
import type { AgreementView } from "../../../modules/vendors/contract.ts"
import type { Text } from "../../text/language.tsx"
import type { Status } from "../../ui/status.tsx"

interface StateWords {
  readonly status: Status
  readonly name: Text
  /** What it means for the vendor's people. */
  readonly means: Text
}

export const STATES: Readonly<Record<AgreementView["state"], StateWords>> = {
  waiting: {
    status: "todo",
    name: { zh: "待主管確認", en: "To be confirmed" },
    means: {
      zh: "使用單位主管確認前，廠商人員不得使用。",
      en: "Nobody of the vendor works until the unit's head confirms it.",
    },
  },
  rejected: {
    status: "void",
    name: { zh: "已退回", en: "Rejected" },
    means: { zh: "未生效；文件得重新登錄。", en: "Not in force. Its documents may be recorded again." },
  },
  "to-come": {
    status: "soon",
    name: { zh: "尚未至起日", en: "To come" },
    means: { zh: "起日零時起，廠商人員始得使用。", en: "The vendor's people work from its first day." },
  },
  "in-force": {
    status: "running",
    name: { zh: "生效中", en: "In force" },
    means: {
      zh: "列入之人員得於範圍內使用，屆滿之時刻即時失效。",
      en: "Those on it work within its scope, and stop the minute it ends.",
    },
  },
  ended: {
    status: "done",
    name: { zh: "已屆滿或終止", en: "Ended" },
    means: { zh: "廠商人員不得使用。", en: "Nobody of the vendor works." },
  },
}

const COMMANDS: Readonly<Record<string, Text>> = {
  "confirm-agreement": { zh: "確認保密措施", en: "Confirm" },
  "reject-agreement": { zh: "退回", en: "Reject" },
  "add-person": { zh: "列入廠商人員", en: "Take a person on" },
  "remove-person": { zh: "移除廠商人員", en: "Take a person off" },
  "record-extension": { zh: "登錄展延", en: "Record an extension" },
  "confirm-extension": { zh: "確認展延", en: "Confirm the extension" },
  "reject-extension": { zh: "退回展延", en: "Reject the extension" },
  "end-agreement": { zh: "提前終止", en: "End it now" },
  "record-check": { zh: "登錄查核", en: "Record a check" },
  "record-statement": { zh: "登錄返還或刪除切結", en: "Record the statement" },
}

export const RESULTS = {
  conforms: { zh: "符合", en: "Conforms" },
  deficient: { zh: "有缺失", en: "Deficient" },
} as const satisfies Record<string, Text>

export const STATEMENTS = {
  returned: { zh: "返還", en: "Returned" },
  deleted: { zh: "刪除", en: "Deleted" },
} as const satisfies Record<string, Text>

/** `until` is the first moment after it. */
export function lastDay(until: string): string {
  return taipeiDate(plusMs(until as Instant, -1))
}

export function commandName(command: string): Text {
  return COMMANDS[command] ?? { zh: command, en: command }
}
