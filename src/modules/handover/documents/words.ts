import type { Role } from "../../../kernel/actor.ts"
import { rocDate } from "../../../kernel/roc-date.ts"
import {
  CLASS_NAMES,
  KIND_NAMES,
  OFFICE_NAMES,
  type Office,
  type PersonnelChange,
  type RightsClass,
} from "../model.ts"

/** A change with names instead of ids, as notices and inventories tell it. */
export interface Told {
  readonly change: PersonnelChange
  readonly person: { readonly name: string; readonly title: string }
  readonly unitName: string
  readonly successor: string | null
  readonly ended: readonly {
    readonly unitName: string
    readonly role: Role
    readonly class: RightsClass | null
  }[]
  readonly begun: readonly { readonly unitName: string; readonly role: Role }[]
}

/** Posts as papers call them. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  handler: "業務單位承辦人",
  supervisor: "單位主管",
  "it-handler": "資訊室承辦人",
  "ethics-officer": "政風人員",
  director: "局長",
  "center-handler": "健康服務中心承辦人",
  "center-head": "健康服務中心主任",
  auditor: "資訊稽核小組成員",
  administrator: "系統管理者",
}

/** The fields of the notice (F-9), in order. */
export function noticeFields({
  change,
  person,
  unitName,
  successor,
  ended,
  begun,
}: Told): [string, string][] {
  const { kind, effectiveOn, receivedOn, retroactive, leaves } = change
  const posts = (list: readonly { unitName: string; role: Role }[]) =>
    list.map((post) => `${post.unitName}${ROLE_NAMES[post.role]}`).join("、")
  return [
    ["異動人員", `${unitName}　${person.title}　${person.name}`],
    ["異動種類", KIND_NAMES[kind]],
    ["生效日", `${rocDate(effectiveOn)}${retroactive ? "（補登）" : ""}`],
    ...(receivedOn === null ? [] : [["派令到達日", rocDate(receivedOn)] as [string, string]]),
    [
      "終止之職務及權限",
      ended.map((post) => `${post.unitName}${ROLE_NAMES[post.role]}${classWords(post.class)}`).join("、"),
    ],
    ["新任職務", begun.length > 0 ? posts(begun) : leaves ? "無（離職）" : "無"],
    ["接任人員", successor ?? "未指定，由原單位主管點收"],
  ]
}

function classWords(of: RightsClass | null): string {
  return of === null ? "" : `（${CLASS_NAMES[of]}）`
}

/** The words of one office's notice. */
export function draftOf(told: Told, office: Office): readonly string[] {
  const [, when] = noticeFields(told).find(([name]) => name === "生效日") ?? ["", ""]
  const what = `${told.unitName}${told.person.title}${told.person.name}因${KIND_NAMES[told.change.kind]}，自${when}起終止下列戶役政資訊職務及權限，依第五點第（四）款規定知會　貴${office === "provider" ? "機關" : "室"}。`
  return [
    `受文者：${OFFICE_NAMES[office]}`,
    what,
    ...noticeFields(told).map(([name, words]) => `${name}：${words}`),
  ]
}
