import { AUTHORITY_TITLES, type Authority } from "../../../regulation/authorities.ts"
import type { Role } from "../../../kernel/actor.ts"
import { ROLE_TITLES } from "../../people/index.ts"
import { rocDate } from "../../../kernel/roc-date.ts"
import { KIND_NAMES, OFFICE_NAMES, type Office, type PersonnelChange } from "../model.ts"

/** A change with names instead of ids, as notices and inventories tell it. */
export interface Told {
  readonly change: PersonnelChange
  readonly person: { readonly name: string; readonly title: string }
  readonly unitName: string
  readonly successor: string | null
  readonly ended: readonly {
    readonly unitName: string
    readonly role: Role
    readonly class: Authority | null
  }[]
  readonly begun: readonly { readonly unitName: string; readonly role: Role }[]
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
    list.map((post) => `${post.unitName}${ROLE_TITLES[post.role]}`).join("、")
  return [
    ["異動人員", `${unitName}　${person.title}　${person.name}`],
    ["異動種類", KIND_NAMES[kind]],
    ["生效日", `${rocDate(effectiveOn)}${retroactive ? "（補登）" : ""}`],
    ...(receivedOn === null ? [] : [["派令到達日", rocDate(receivedOn)] as [string, string]]),
    [
      "終止之職務及權限",
      ended.map((post) => `${post.unitName}${ROLE_TITLES[post.role]}${classWords(post.class)}`).join("、"),
    ],
    ["新任職務", begun.length > 0 ? posts(begun) : leaves ? "無（離職）" : "無"],
    ["接任人員", successor ?? "未指定，由原單位主管點收"],
  ]
}

function classWords(of: Authority | null): string {
  return of === null ? "" : `（${AUTHORITY_TITLES[of].zh}）`
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
