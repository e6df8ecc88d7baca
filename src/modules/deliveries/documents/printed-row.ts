import { rocDate, rocDateTime, shortRocDate } from "../../../kernel/roc-date.ts"
import type { Instant } from "../../../kernel/time.ts"
import type { CorrectionView, LateEntryView, RegisterRow, StampView } from "./shapes.ts"

/** Lengths up to which a row surely fits one page; a longer row may break across pages. */
const LONGEST_UNBROKEN = { cell: 260, annex: 1_200 }
/** How much a line break adds to the length of a text. */
const LINE_BREAK_LENGTH = 12

/** The ten columns of 5-5c in the official order, each in the words between which its name may wrap. */
export const COLUMN_WORDS = [
  ["提供機關", "通知時間"],
  ["資料筆數"],
  ["使用目的"],
  ["依據公文", "文號"],
  ["業務單位", "承辦人"],
  ["業務單位承辦人", "取得資料方式"],
  ["資訊室", "承辦人"],
  ["比對狀況"],
  ["業務單位主管"],
  ["銷毀日期"],
] as const

/** The names of the ten columns of 5-5c. */
export const REGISTER_COLUMNS = COLUMN_WORDS.map((words) => words.join(""))

/** A register row as the templates draw it: every value a finished string. */
export function printRow(row: RegisterRow) {
  const cells = [row.purpose, row.documentNumber, row.obtainedBy, row.comparison ?? ""]
  const annex = annexOf(row)
  const notes = [...row.lateEntries.map(printLateEntry), ...row.corrections.map(printCorrection)]
  const voided = row.voided && `${row.voided.reason}（${row.voided.by}，${rocDateTime(row.voided.at)}）`
  const annexText = [...annex, ...notes.map((note) => note.text), voided ?? ""].join("\n")
  return {
    number: row.number,
    noticedAt: moment(row.noticedAt),
    declaredRecords: count(row.declaredRecords),
    purpose: row.purpose,
    documentNumber: row.documentNumber,
    handler: row.handler,
    obtainedBy: row.obtainedBy,
    itHandler: row.itHandler,
    itStamp: printStamp(row.itStamp),
    comparison: row.comparison ?? "",
    releaseStamp: printStamp(row.releaseStamp),
    closingStamp: printStamp(row.closingStamp),
    destroyedOn: row.destroyedOn === null ? "" : shortRocDate(row.destroyedOn),
    annex,
    notes,
    voided,
    mayBreak:
      cells.some((cell) => drawnLength(cell) > LONGEST_UNBROKEN.cell) ||
      drawnLength(annexText) > LONGEST_UNBROKEN.annex,
  }
}

export function printStamp(stamp: StampView | null) {
  return stamp && { ...stamp, on: rocDate(stamp.on), at: rocDateTime(stamp.at) }
}

/** `12,345`, or nothing. */
export function count(records: number | null): string {
  return records === null ? "" : records.toLocaleString("en-US")
}

export function moment(instant: Instant | null): string {
  return instant === null ? "" : rocDateTime(instant)
}

function drawnLength(text: string): number {
  return text.length + text.split("\n").length * LINE_BREAK_LENGTH
}

function annexOf(row: RegisterRow): string[] {
  const file = row.fileName === null ? "檔案：尚未下載" : `檔名：${row.fileName}`
  const counted = row.countedRecords === null ? "未經機器計數" : `機器計數 ${count(row.countedRecords)} 筆`
  return [
    `提供機關：${row.provider}`,
    file,
    ...(row.downloadedAt === null ? [] : [`下載：${rocDateTime(row.downloadedAt)}`, counted]),
    ...(row.sha256 === null ? [] : [`SHA-256：${row.sha256}`]),
    ...stampLine("資訊室承辦人核章", row.itStamp),
    ...stampLine("權責人員核章", row.releaseStamp),
    ...stampLine("結案核章", row.closingStamp),
  ]
}

function stampLine(label: string, stamp: StampView | null): string[] {
  if (stamp === null) return []
  const deputy = stamp.isDeputy ? "（代理）" : ""
  return [`${label}：${stamp.name}${deputy}，註記 ${shortRocDate(stamp.on)}，系統 ${rocDateTime(stamp.at)}`]
}

function printLateEntry(late: LateEntryView) {
  const times = `事實發生 ${rocDateTime(late.happenedAt)}，登錄 ${rocDateTime(late.enteredAt)}`
  return { label: "補登", text: `${late.column}：${times}，遲 ${late.daysLate} 日` }
}

function printCorrection(c: CorrectionView) {
  const change = `${c.column}：「${c.before}」更正為「${c.after}」`
  const confirmed = c.confirmations.map(
    ({ place, name, inPlaceOf, at }) =>
      `${place}${name}${inPlaceOf === null ? "" : `（代已離任之${inPlaceOf}）`}確認 ${rocDateTime(at)}`,
  )
  const waiting = c.madeAt === null ? ["尚待確認，未生效"] : []
  const said = [`事由：${c.reason}`, `${c.by}提出 ${rocDateTime(c.at)}`, ...confirmed, ...waiting]
  return { label: c.madeAt === null ? "更正待確認" : "更正", text: `${change}（${said.join("；")}）` }
}
