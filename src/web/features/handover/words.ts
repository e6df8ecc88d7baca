import type { ChangeDetail, ChangeLine } from "../../../modules/handover/contract.ts"
import { KIND_NAMES } from "../../../modules/handover/contract.ts"
import type { Text } from "../../text/language.tsx"
import type { Status } from "../../ui/status.tsx"

export const STATES = {
  ordered: { status: "todo", word: { zh: "待生效", en: "To take effect" } },
  "in-force": { status: "running", word: { zh: "移交中", en: "Being handed over" } },
  closed: { status: "done", word: { zh: "已結案", en: "Closed" } },
} as const satisfies Record<ChangeLine["state"], { readonly status: Status; readonly word: Text }>

const ENGLISH = {
  transfer: "Transfer",
  resignation: "Resignation",
  retirement: "Retirement",
  suspension: "Suspension",
  "leave-of-absence": "Leave of absence",
  "unpaid-leave": "Unpaid leave",
  secondment: "Secondment",
  "long-leave": "Long leave",
} as const satisfies Record<ChangeLine["kind"], string>

export function kindText(kind: ChangeLine["kind"]): Text {
  return { zh: KIND_NAMES[kind], en: ENGLISH[kind] }
}

export const OFFICES = {
  "it-office": { zh: "資訊室", en: "IT office" },
  "ethics-office": { zh: "政風室", en: "Ethics office" },
  provider: { zh: "提供機關", en: "Provider" },
} as const satisfies Record<ChangeDetail["notices"][number]["office"], Text>

type Owed = Pick<ChangeDetail["notices"][number], "standing" | "late">

/** How far an office has been told; what is late stays late. */
export function standingOf({ standing, late }: Owed): { readonly status: Status; readonly word: Text } {
  if (standing === "given")
    return late
      ? { status: "late", word: { zh: "已知會（逾期）", en: "Told, late" } }
      : { status: "done", word: { zh: "已知會", en: "Told" } }
  if (late) return { status: "late", word: { zh: "逾期未知會", en: "Not told, overdue" } }
  return standing === "waiting"
    ? { status: "running", word: { zh: "尚未完成通知", en: "Mail not taken yet" } }
    : { status: "todo", word: { zh: "待知會", en: "To be told" } }
}
