import type { LinkageId, ProviderId, UnitId } from "../../kernel/ids.ts"
import type { CivilDate, Instant } from "../../kernel/time.ts"

/** 線上查詢、檔案傳輸、磁性媒體交換: the only three ways (4-2c). */
export const MODES = ["online", "file", "media"] as const
export type Mode = (typeof MODES)[number]

export interface Linkage {
  readonly id: LinkageId
  readonly provider: ProviderId
  readonly unit: UnitId
  readonly purpose: string
  readonly mode: Mode
  /** 核准公文文號 */
  readonly approvalNumber: string
  readonly approvedOn: CivilDate
  /** 連結測試報告編號 */
  readonly testNumber: string
  readonly testedOn: CivilDate
  /** 轉錄: taken on from paper, not applied for here. */
  readonly transcribed: boolean
  readonly state: "active" | "suspended" | "ended"
  readonly version: number
  readonly createdAt: Instant
}
