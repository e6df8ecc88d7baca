import type { Text } from "../../text/language.tsx"
import type { Status } from "../../ui/status.tsx"

interface StateWords {
  readonly name: Text
  readonly status: Status
  /** What it waits for, and from whom. */
  readonly waits: Text
}

/** The states of a delivery in the words of the regulation. */
export const STATES: Readonly<Record<string, StateWords>> = {
  announced: {
    name: { zh: "提供機關已通知", en: "Announced" },
    status: "todo",
    waits: {
      zh: "待業務單位承辦人以書面或電子郵件通知資訊室下載",
      en: "Waits for the handler to notify the IT office",
    },
  },
  "download-requested": {
    name: { zh: "待下載", en: "To be downloaded" },
    status: "todo",
    waits: { zh: "待資訊室下載", en: "Waits for the IT office to download" },
  },
  downloaded: {
    name: { zh: "已下載", en: "Downloaded" },
    status: "running",
    waits: {
      zh: "待資訊室通知承辦人，並由承辦人填具登記表",
      en: "Waits for the notice to the handler, and for the register",
    },
  },
  registered: {
    name: { zh: "待核章提供", en: "Registered" },
    status: "running",
    waits: {
      zh: "待資訊室承辦人及權責人員核章，再由資訊室提供",
      en: "Waits for both stamps, then for release",
    },
  },
  released: {
    name: { zh: "已提供", en: "Released" },
    status: "running",
    waits: { zh: "待承辦人存取並比對筆數", en: "Waits for the handler to access and compare" },
  },
  compared: {
    name: { zh: "已比對", en: "Compared" },
    status: "running",
    waits: { zh: "待業務單位主管確認並核章", en: "Waits for the supervisor" },
  },
  disputed: {
    name: { zh: "疑義查詢中", en: "Disputed" },
    status: "soon",
    waits: { zh: "待提供機關查復", en: "Waits for the provider" },
  },
  "in-use": {
    name: { zh: "使用中", en: "In use" },
    status: "done",
    waits: { zh: "比對無誤，得於核准目的內使用", en: "May be used for its purpose" },
  },
  lapsed: {
    name: { zh: "已撤回", en: "Lapsed" },
    status: "void",
    waits: { zh: "不再辦理", en: "Nothing more" },
  },
  closed: {
    name: { zh: "已結案", en: "Closed" },
    status: "done",
    waits: { zh: "不再辦理", en: "Nothing more" },
  },
}

/** Commands as buttons name them. */
export const COMMANDS: Readonly<Record<string, Text>> = {
  "request-download": { zh: "通知資訊室下載", en: "Notify the IT office" },
  lapse: { zh: "登錄撤回", en: "Record withdrawal" },
  fetch: { zh: "下載資料檔案", en: "Download the file" },
  "count-again": { zh: "重新計數", en: "Count again" },
  "set-aside-file": { zh: "另行取檔", en: "Fetch another file" },
  "notify-ready": { zh: "通知承辦人存取", en: "Notify the handler" },
  "fill-register": { zh: "填具登記表", en: "Fill the register" },
  "revise-register": { zh: "變更登記表", en: "Revise the register" },
  "void-entry": { zh: "作廢登記表", en: "Void the entry" },
  "stamp-it": { zh: "核章（資訊室承辦人）", en: "Stamp (IT handler)" },
  "stamp-responsible": { zh: "核章（權責人員）", en: "Stamp (responsible officer)" },
  release: { zh: "提供資料", en: "Release" },
  "open-file": { zh: "開啟資料檔案", en: "Open the file" },
  compare: { zh: "比對筆數", en: "Compare counts" },
  "confirm-comparison": { zh: "確認比對狀況並核章", en: "Confirm the comparison" },
  dispute: { zh: "向提供機關提出疑義", en: "Dispute with the provider" },
  "propose-correction": { zh: "提出更正", en: "Propose a correction" },
  "confirm-correction": { zh: "確認更正", en: "Confirm the correction" },
  "withdraw-correction": { zh: "撤回更正", en: "Withdraw the correction" },
  "reject-correction": { zh: "退回更正", en: "Reject the correction" },
}

export const MODES: Readonly<Record<string, Text>> = {
  online: { zh: "線上查詢", en: "On-line query" },
  file: { zh: "檔案傳輸", en: "File transfer" },
  media: { zh: "磁性媒體交換", en: "Media exchange" },
}
