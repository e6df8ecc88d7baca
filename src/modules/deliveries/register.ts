import type { DeliveryId, EntryId, PersonId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"
import type { MachineCount, NamedPerson } from "./model.ts"

/** Columns 1–7 of the register: what is known before release, and what the stamps are bound to (5-5c, A-30). */
export interface Columns {
  /** 1 提供機關通知時間 */
  readonly noticedAt: Instant
  /** 2 資料筆數 */
  readonly records: number
  /** 3 使用目的 */
  readonly purpose: string
  /** 4 依據公文文號 */
  readonly legalDocument: string
  /** 5 業務單位承辦人 */
  readonly handler: NamedPerson
  /** 6 業務單位承辦人取得資料方式 */
  readonly obtainedBy: string
  /** 7 資訊室承辦人 */
  readonly itHandler: NamedPerson
}

/** What both stampers see and sign: columns 1–7 and the file they let go. */
export interface StampedContent {
  readonly number: string
  readonly columns: Columns
  readonly fileSha256: string
  readonly fileBytes: number
  /** Shown as 「未經機器計數」 when the machine could not count. */
  readonly count: MachineCount
}

/** 資訊室承辦人 (6-2b), 權責人員 (6-2c), and 業務單位主管 who closes the row (5-5c). */
export type StampPlace = "it" | "responsible" | "closing"

export interface Stamp extends NamedPerson {
  readonly id: string
  readonly place: StampPlace
  readonly account: string
  /** Whose stamp it stands for, if by 代理. */
  readonly onBehalfOf: string | null
  /** SHA-256 of the canonical StampedContent, or of the whole row for the closing stamp; hex. */
  readonly digest: string
  /** 註記日期, as the person wrote it. */
  readonly notedOn: CivilDate
  readonly stampedAt: Instant
}

/** The places whose stampers confirm a 更正. */
export type ConfirmedPlace = Exclude<StampPlace, "closing">

export interface Confirmation extends NamedPerson {
  readonly place: ConfirmedPlace
  /** The stamper who has left the desk, if another confirms for them. */
  readonly inPlaceOf: string | null
  readonly at: Instant
}

/** A change after release (更正), which stands once both places have confirmed it. */
export interface Correction {
  readonly columns: Columns
  readonly reason: string
  readonly proposedBy: NamedPerson
  readonly proposedAt: Instant
  readonly confirmations: readonly Confirmation[]
}

/** A 更正 that stands, with what the stamps were given on or an earlier 更正 said. */
export interface CorrectionMade extends Correction {
  readonly before: Columns
  readonly madeAt: Instant
}

export interface RegisterEntry {
  readonly id: EntryId
  readonly delivery: DeliveryId
  readonly unit: UnitId
  readonly rocYear: number
  readonly serial: number
  /** 115-○○-0007: ROC year, unit code, serial; gapless within one book. */
  readonly number: string
  readonly columns: Columns
  readonly digest: string
  readonly stamps: { readonly [Place in StampPlace]?: Stamp }
  /** 8 比對狀況; written after release. */
  readonly comparison: string | null
  /** The one that waits for confirmation. */
  readonly correction: Correction | null
  /** Those that stand, oldest first; the stamped content is what the first one changed. */
  readonly corrections: readonly CorrectionMade[]
  readonly voided: { readonly at: Instant; readonly reason: string } | null
  /** Who filled or revised columns 1–7, for the handler or as the handler; left out where it was not kept. */
  readonly writers?: readonly PersonId[]
  readonly version: number
  readonly createdAt: Instant
}
