import type { Authority } from "../../regulation/authorities.ts"
import type { Role } from "../../kernel/actor.ts"
import type { Brand, PersonId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import type { DutyId } from "../../regulation/duties.ts"
import type { MOVER_KINDS } from "../../regulation/packs/people-parts.ts"

export type ChangeId = Brand<string, "ChangeId">
export type ChangeKind = (typeof MOVER_KINDS)[number]

/** 異動種類, as orders call them. */
export const KIND_NAMES = {
  transfer: "職務異動",
  resignation: "離職",
  retirement: "退休",
  suspension: "停職",
  "leave-of-absence": "休職",
  "unpaid-leave": "留職停薪",
  secondment: "借調",
  "long-leave": "長假",
} as const satisfies Record<ChangeKind, string>

export interface Post {
  readonly unit: UnitId
  readonly role: Role
}

/** A post that ends; `null` when it gives no right that 5-4 names. */
export interface EndedPost extends Post {
  readonly class: Authority | null
}

/** Who must be told (5-4c, 5-4d); an overlay pack may add the provider. */
export const OFFICES = ["it-office", "ethics-office", "provider"] as const
export type Office = (typeof OFFICES)[number]
export const OFFICE_NAMES = {
  "it-office": "資訊室",
  "ethics-office": "政風室",
  provider: "提供機關",
} as const satisfies Record<Office, string>

/** A letter to a provider, recorded by hand. */
export interface Letter {
  readonly number: string
  readonly on: CivilDate
  readonly recordedAt: Instant
  readonly recordedBy: PersonId
}

/** One office that is to be told by a notice of its own; whether it was stands with the notice itself. */
export interface OwedNotice {
  readonly id: string
  readonly office: Office
  readonly duty: DutyId
  readonly letter: Letter | null
}

/** `refused` by the successor: the head of the unit takes it over, or names another. */
export type ItemState = "open" | "refused" | "accepted"

/** One line of the 移交清冊, as it was when the change took effect. */
export interface Item {
  readonly id: string
  readonly serial: number
  /** As the module that keeps it says, such as `delivery`. */
  readonly kind: string
  readonly holding: string
  readonly label: string
  readonly state: ItemState
  readonly reason: string | null
  readonly decidedBy: PersonId | null
  readonly decidedAt: Instant | null
}

export const ITEM_KINDS: Readonly<Record<string, string>> = {
  delivery: "經手資料檔案",
  custody: "專案專人（代理人）",
  "register-book": "登記簿",
  deputyship: "職務代理",
  "outside-account": "提供機關帳號",
}

/** `ordered` until its moment comes; then `in-force` while it is handed over. */
export type ChangeState = "ordered" | "in-force" | "closed"

/** One person's leaving one unit's posts. */
export interface PersonnelChange {
  readonly id: ChangeId
  readonly number: string
  readonly person: PersonId
  /** Which the person leaves; its head owes the notices. */
  readonly unit: UnitId
  readonly kind: ChangeKind
  /** 生效日, from which the notices' terms run (A-06). */
  readonly effectiveOn: CivilDate
  /** 派令到達日, if later than the 生效日: then the terms run from it. */
  readonly receivedOn: CivilDate | null
  /** When rights end. */
  readonly at: Instant
  /** 補登: recorded after its 生效日, or ordered after it. */
  readonly retroactive: boolean
  /** Whether no post is left anywhere. */
  readonly leaves: boolean
  readonly ended: readonly EndedPost[]
  readonly begun: readonly Post[]
  readonly successor: PersonId | null
  /** When the order's particulars were known: at once, or when the head of the unit stated them. */
  readonly completedAt: Instant | null
  readonly completedBy: PersonId | null
  readonly state: ChangeState
  readonly closedAt: Instant | null
  readonly notices: readonly OwedNotice[]
  /** Empty until the change takes effect. */
  readonly items: readonly Item[]
  readonly recordedAt: Instant
  readonly version: number
}
