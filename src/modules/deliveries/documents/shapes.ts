import type { CivilDate, Instant } from "../../../kernel/time.ts"
import type { Origin } from "../../../platform/documents/origin.ts"

export type { Origin }

export interface Officer {
  /** 單位, such as 資訊室. */
  readonly office: string
  /** 職稱, such as 分析師. */
  readonly title: string
  readonly name: string
}

/** A 職章 as it is drawn; the approval itself is in the ledger. */
export interface StampView extends Officer {
  /** 註記日期, written by the stamper (6-2c). */
  readonly on: CivilDate
  /** System time of the approval. */
  readonly at: Instant
  /** Whether the stamper stood in for another (代理). */
  readonly isDeputy: boolean
}

/** What happened earlier than it was entered (補登). */
export interface LateEntryView {
  readonly column: string
  /** 事實發生時間. */
  readonly happenedAt: Instant
  /** 登錄時間. */
  readonly enteredAt: Instant
  readonly daysLate: number
}

/** One column changed after release (更正); what was stamped stands beside. */
export interface CorrectionView {
  readonly column: string
  readonly before: string
  readonly after: string
  readonly reason: string
  readonly by: string
  readonly at: Instant
  /** Who has confirmed, each for their place. */
  readonly confirmations: readonly {
    readonly place: "資訊室" | "業務單位"
    readonly name: string
    readonly inPlaceOf: string | null
    readonly at: Instant
  }[]
  /** When it came to stand; `null` while it waits. */
  readonly madeAt: Instant | null
}

export interface VoidView {
  readonly reason: string
  readonly by: string
  readonly at: Instant
}

/** One entry: the ten columns of 5-5c in order, then what the annex line says. `null` is not yet known. */
export interface RegisterRow {
  /** 編號, such as 115-疾管-0007. */
  readonly number: string
  /** 1 提供機關通知時間. */
  readonly noticedAt: Instant | null
  /** 2 資料筆數, as the provider declared it. */
  readonly declaredRecords: number | null
  /** 3 使用目的. */
  readonly purpose: string
  /** 4 依據公文文號. */
  readonly documentNumber: string
  /** 5 業務單位承辦人. */
  readonly handler: Officer | null
  /** 6 業務單位承辦人取得資料方式. */
  readonly obtainedBy: string
  /** 7 資訊室承辦人: who is to stamp. */
  readonly itHandler: Officer | null
  /** 7 資訊室承辦人: the 職章 of 6-2b. */
  readonly itStamp: StampView | null
  /** 8 比對狀況 (6-3b). */
  readonly comparison: string | null
  /** 9 業務單位主管: the 職章 of the 權責人員 before release (6-2c). */
  readonly releaseStamp: StampView | null
  /** 9 業務單位主管: the closing 核章 after comparison. */
  readonly closingStamp: StampView | null
  /** 10 銷毀日期, final once every copy is destroyed. */
  readonly destroyedOn: CivilDate | null
  readonly provider: string
  readonly fileName: string | null
  /** Lower-case hexadecimal. */
  readonly sha256: string | null
  readonly downloadedAt: Instant | null
  /** Counted by the machine; `null` prints 未經機器計數 once the file is downloaded. */
  readonly countedRecords: number | null
  readonly lateEntries: readonly LateEntryView[]
  readonly corrections: readonly CorrectionView[]
  readonly voided: VoidView | null
}

/** 登記簿: one unit, one ROC year. */
export interface RegisterBook extends Origin {
  readonly unit: string
  readonly rocYear: number
  /** 封簿, if the book is closed. */
  readonly closedOn: CivilDate | null
  readonly rows: readonly RegisterRow[]
}

/** 登記表: one entry on a page of its own (F-1). */
export interface RegisterForm extends Origin {
  readonly unit: string
  readonly row: RegisterRow
}

/** 通知單: a written notice on paper, to 資訊室 (6-1a) or back (6-1c). */
export interface NoticeForm extends Origin {
  readonly kind: "6-1a" | "6-1c"
  /** Of the delivery; the paper's own number and date are written by hand. */
  readonly number: string
  readonly from: Officer
  readonly to: Officer
  /** The data project or file concerned; never personal data. */
  readonly subject: string
  readonly provider: string
  readonly documentNumber: string
  /** 提供機關通知時間. */
  readonly noticedAt: Instant
  readonly declaredRecords: number | null
  /** 6-1c only. */
  readonly downloadedAt: Instant | null
  readonly countedRecords: number | null
  readonly note: string
}

/** 軌跡簽章點 on paper: a C2SP checkpoint that a holder outside 資訊室 keeps. */
export interface CheckpointPage extends Origin {
  /** First line of the checkpoint. */
  readonly logOrigin: string
  readonly treeSize: number
  /** Root hash, base64. */
  readonly rootHash: string
  readonly signedAt: Instant
  /** The signed note, byte for byte; drawn as a QR code too. */
  readonly signedNote: string
  /** Verifier key (vkey). */
  readonly verifierKey: string
  /** 持有單位, such as 政風室. */
  readonly holder: string
}
