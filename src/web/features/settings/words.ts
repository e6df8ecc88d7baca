import type { SettingsView } from "../../../contract/settings.ts"
import type { Text } from "../../text/language.tsx"

type Pack = SettingsView["pack"]
type Words<Key extends string> = Readonly<Record<Key, Text>>

/** What the parameters of a policy pack are called, and what their values mean. */
export const PARAMETERS = {
  modes: { zh: "連結方式", en: "Modes of linkage" },
  stampOrder: { zh: "核章順序", en: "Order of the stamps" },
  approverRoles: { zh: "權責人員", en: "Responsible officer" },
  basis: { zh: "比對基準", en: "Counts are compared with" },
  daysBefore: { zh: "期限提醒", en: "Reminders of a deadline" },
  escalateTo: { zh: "逾期另行通知", en: "Also told when late" },
  afterDays: { zh: "列為補登", en: "Listed as a late entry" },
  holders: { zh: "軌跡簽章點保管人", en: "Holders of the checkpoint" },
  maxFileBytes: { zh: "檔案大小上限", en: "Largest file" },
  maxUnpackedBytes: { zh: "解壓縮後大小上限", en: "Largest unpacked" },
  maxArchiveEntries: { zh: "壓縮檔內檔案數上限", en: "Most files in an archive" },
  maxArchiveRatio: { zh: "壓縮比上限", en: "Highest compression ratio" },
} as const satisfies Words<string>

export const STAMP_ORDERS: Words<Pack["release"]["stampOrder"]["value"]> = {
  either: { zh: "不分先後，均須於提供前完成", en: "Either first; both before release" },
  "it-first": { zh: "資訊室承辦人先", en: "IT handler first" },
  "responsible-first": { zh: "權責人員先", en: "Responsible officer first" },
}

export const BASES: Words<Pack["comparison"]["basis"]["value"]> = {
  "applied-for": { zh: "申請筆數", en: "Records applied for" },
  declared: { zh: "通知筆數", en: "Records declared" },
  downloaded: { zh: "下載筆數", en: "Records downloaded" },
}

export const STEPS: Words<Pack["register"]["columns"][number]["requiredBefore"]> = {
  stamp: { zh: "核章前", en: "Before the stamps" },
  "hand-on": { zh: "轉交前", en: "Before handing on" },
  close: { zh: "結案前", en: "Before closing" },
}

export const RECORDS: Words<Pack["retention"][number]["record"]> = {
  register: { zh: "登記簿", en: "Register" },
  delivery: { zh: "資料檔案", en: "Deliveries" },
  notice: { zh: "書面通知", en: "Written notices" },
  linkage: { zh: "連結作業", en: "Linkages" },
  account: { zh: "人員與帳號", en: "People and accounts" },
  vendor: { zh: "委外廠商", en: "Vendors" },
  refusal: { zh: "拒絕之作業", en: "Refused attempts" },
  setting: { zh: "設定", en: "Settings" },
  "query-log": { zh: "線上查詢紀錄", en: "Query log" },
  statistic: { zh: "統計表", en: "Statistics" },
}

export const ANCHORS: Words<Pack["retention"][number]["anchor"]> = {
  "row-closed": { zh: "結案", en: "Closing" },
  "period-end": { zh: "所涵蓋期間終了", en: "End of the period covered" },
  recorded: { zh: "紀錄", en: "Recording" },
}
