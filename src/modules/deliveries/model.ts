import type { DeliveryId, EntryId, FileId, PersonId, ProjectId, UnitId } from "../../kernel/ids.ts"
import type { Instant } from "../../kernel/time.ts"
import type { RefusalCode } from "../../regulation/refusals/index.ts"
import type { FileFormat, FoundCode } from "./counting/format.ts"

/** 專案 with its 專人 (5-5a, 5-5b): nothing is received outside one. */
export interface Project {
  readonly id: ProjectId
  readonly number: string
  readonly unit: UnitId
  readonly linkage: string
  readonly name: string
  readonly purpose: string
  /** 依據公文文號 */
  readonly legalDocument: string
  readonly custodian: PersonId | null
  readonly custodianDeputy: PersonId | null
  readonly custodianSince: Instant | null
  readonly version: number
  readonly createdAt: Instant
}

/** A fact typed by hand: when it happened and when it was entered. */
export interface Dated {
  /** 事實發生時間 */
  readonly happenedAt: Instant
  /** 登錄時間 */
  readonly recordedAt: Instant
  readonly recordedBy: PersonId
}

/** 申請筆數; a whole-population file states that no number was applied for. */
export type AppliedFor =
  { readonly kind: "count"; readonly records: number } | { readonly kind: "whole-population" }

export interface Announcement extends Dated {
  /** 通知筆數 */
  readonly declaredRecords: number
  readonly appliedFor: AppliedFor
  readonly fileName: string
  readonly format: FileFormat
  /** The provider's own mail, kept whole, if it came by mail. */
  readonly mail: { readonly file: FileId; readonly sha256: string; readonly messageId: string | null } | null
}

/** A refusal of the one table, with its details. */
export interface CountProblem {
  readonly code: RefusalCode
  readonly detail?: Readonly<Record<string, string | number>>
}

/** 下載筆數 as the machine counted it, or why it could not. */
export type MachineCount =
  | {
      readonly counted: true
      readonly records: number
      /** Codes that no table decodes, such as 造字; the first of them by position. */
      readonly undecodable: number
      readonly unknownCodes: readonly FoundCode[]
      /** Of an archive, the records of each file in its order. */
      readonly members?: readonly number[]
    }
  | { readonly counted: false; readonly problem: CountProblem }

export interface Fetched {
  readonly file: {
    readonly id: FileId
    readonly name: string
    readonly sha256: string
    readonly bytes: number
  }
  readonly count: MachineCount
  /** What the count went by; left out while it is the announced one. */
  readonly format?: FileFormat
  readonly via: "sftp" | "upload"
  readonly fetchedAt: Instant
  readonly fetchedBy: PersonId
}

/** A file that was not used; it stays in the store, and another was fetched in its place. */
export interface SetAside {
  readonly fetched: Fetched
  readonly reason: string
  readonly setAsideAt: Instant
  readonly setAsideBy: PersonId
}

export interface Handing {
  readonly releasedAt: Instant
  readonly releasedBy: PersonId
  /** The handler named in the entry, or the recorded 職務代理人. */
  readonly releasedTo: PersonId
  /** When the receiver first opened the file; left out until then. */
  readonly openedAt?: Instant
}

export interface Comparison extends Dated {
  /** 取得筆數 */
  readonly accessedRecords: number
  readonly matches: boolean
  /** Why the counts differ; required when they do. */
  readonly explanation: string | null
}

export interface Dispute extends Dated {
  /** 發文文號 of the letter to the provider. */
  readonly letter: string
  readonly reason: string
}

/** 移交: another took over who handles it (5-4). */
export interface HandedOver {
  readonly from: PersonId
  readonly to: PersonId
  readonly at: Instant
}

interface Every {
  readonly id: DeliveryId
  readonly number: string
  readonly project: ProjectId
  readonly unit: UnitId
  readonly handler: PersonId
  readonly announcement: Announcement
  /** Oldest first; left out where no file was set aside. */
  readonly setAside?: readonly SetAside[]
  /** Oldest first; left out where it has always been with the one who began it. */
  readonly handedOver?: readonly HandedOver[]
  readonly version: number
  readonly createdAt: Instant
}
interface WithFile extends Every {
  readonly fetched: Fetched
}
interface WithEntry extends WithFile {
  readonly entry: EntryId
}
interface WithHanding extends WithEntry {
  readonly handing: Handing
}
interface WithComparison extends WithHanding {
  readonly comparison: Comparison
}

/** A delivery that is not downloaded has no file; one that is not compared has no comparison. */
export type Delivery =
  | (Every & { readonly state: "announced" })
  | (Every & { readonly state: "download-requested"; readonly requestedAt: Instant })
  | (WithFile & { readonly state: "downloaded" })
  | (WithEntry & { readonly state: "registered" })
  | (WithHanding & { readonly state: "released" })
  | (WithComparison & { readonly state: "compared" })
  | (WithComparison & { readonly state: "disputed"; readonly dispute: Dispute })
  | (WithComparison & { readonly state: "in-use"; readonly confirmedAt: Instant })
  | (Every & { readonly state: "lapsed"; readonly lapsed: Dated & { readonly reason: string } })
  | (WithComparison & { readonly state: "closed" })

export type DeliveryState = Delivery["state"]

/** What may follow what; the one place about status. */
export const NEXT = {
  announced: ["download-requested", "lapsed"],
  "download-requested": ["downloaded", "lapsed"],
  downloaded: ["registered", "download-requested"],
  registered: ["downloaded", "released"],
  released: ["compared"],
  compared: ["in-use", "disputed"],
  disputed: ["compared", "closed"],
  "in-use": ["closed"],
  lapsed: [],
  closed: [],
} as const satisfies Record<DeliveryState, readonly DeliveryState[]>

/** A person as paper names them: fixed at the time, whatever becomes of the person later. */
export interface NamedPerson {
  readonly person: PersonId
  readonly name: string
  readonly title: string
  readonly unitName: string
}

/** The layout by which a delivery's file is counted and shown: as announced, unless a new count corrected it. */
export function formatOf({ announcement, ...delivery }: Delivery): FileFormat {
  return ("fetched" in delivery ? delivery.fetched.format : undefined) ?? announcement.format
}
