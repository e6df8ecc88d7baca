import { instantOf, type CivilDate, type Instant } from "../../../kernel/time.ts"
import type { Origin, RegisterBook, RegisterRow, StampView } from "./shapes.ts"

const NINE_OCLOCK = Date.UTC(2026, 10, 2, 1)

function at(day: number, minutes = 0): Instant {
  return instantOf(NINE_OCLOCK + day * 86_400_000 + minutes * 60_000)
}

function stamp(office: string, title: string, name: string, day: number, isDeputy = false): StampView {
  const when = at(day, 35)
  return { office, title, name, on: when.slice(0, 10) as CivilDate, at: when, isDeputy }
}

export const ORIGIN: Origin = {
  agency: "臺北市政府衛生局",
  printedAt: at(21),
  printedBy: "王小明",
  pack: "taipei-health 1.0.0",
  ledgerIndex: 48213,
  link: "http://localhost:8080/ledger/48213",
  watermark: null,
}

/** A finished row; `index` varies its numbers and days. */
export function aRow(index: number, changes: Partial<RegisterRow> = {}): RegisterRow {
  const day = index % 20
  return {
    number: `115-疾管-${String(index + 1).padStart(4, "0")}`,
    noticedAt: at(day),
    declaredRecords: 1_200 + index * 1_337,
    purpose: "辦理法定傳染病接觸者追蹤及疫苗接種通知",
    documentNumber: `北市衛疾字第11530${String(index).padStart(5, "0")}號`,
    handler: { office: "疾病管制科", title: "科員", name: "陳怡君" },
    obtainedBy: "檔案傳輸（SFTP），由資訊室下載後提供",
    itHandler: { office: "資訊室", title: "分析師", name: "林志明" },
    itStamp: stamp("資訊室", "分析師", "林志明", day),
    comparison: "申請、通知、下載及取得筆數相符，無誤",
    releaseStamp: stamp("疾病管制科", "科長", "張淑芬", day, index % 5 === 3),
    closingStamp: stamp("疾病管制科", "科長", "張淑芬", day + 1),
    destroyedOn: index % 3 === 0 ? ("2026-12-31" as CivilDate) : null,
    provider: "臺北市政府民政局",
    fileName: `HHR_TPE_115110${String(index)}_接種通知名冊.csv`,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    downloadedAt: at(day, 12),
    countedRecords: 1_200 + index * 1_337,
    lateEntries: [],
    corrections: [],
    voided: null,
    ...changes,
  }
}

export function aBook(rows: readonly RegisterRow[], changes: Partial<RegisterBook> = {}): RegisterBook {
  return { ...ORIGIN, unit: "疾病管制科", rocYear: 115, closedOn: null, rows, ...changes }
}

/** Every kind of row that looks different: void, corrected, late, waiting, long and with rare characters. */
export function variedRows(): RegisterRow[] {
  const correction = {
    by: "陳怡君",
    at: at(9, 60),
    madeAt: at(9, 90),
    confirmations: [
      { place: "資訊室", name: "林志明", inPlaceOf: null, at: at(9, 70) },
      { place: "業務單位", name: "周美玲", inPlaceOf: "張淑芬", at: at(9, 90) },
    ],
  } as const
  return [
    aRow(0),
    aRow(1, { voided: { reason: "重複登記，併入 115-疾管-0001", by: "陳怡君", at: at(3, 5) } }),
    aRow(2, {
      lateEntries: [{ column: "提供機關通知時間", happenedAt: at(2), enteredAt: at(6, 90), daysLate: 4 }],
      corrections: [
        {
          ...correction,
          column: "使用目的",
          before: "接觸者追蹤",
          after: "接觸者追蹤及通知",
          reason: "漏載",
        },
      ],
    }),
    aRow(3, {
      itStamp: null,
      releaseStamp: null,
      closingStamp: null,
      comparison: null,
      fileName: null,
      sha256: null,
      downloadedAt: null,
      countedRecords: null,
      destroyedOn: null,
    }),
    aRow(4, { handler: { office: "疾病管制科", title: "技士", name: "吳𠮷堃" } }),
    aRow(5, { purpose: "辦理長期照顧個案資格查核、補助撥付對象之戶籍異動比對及死亡除籍勾稽，".repeat(5) }),
    aRow(6, { countedRecords: null, comparison: "筆數差 3 筆，業經提供機關說明係重複列，主管確認無誤" }),
  ]
}
